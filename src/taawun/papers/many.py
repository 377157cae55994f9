"""Papers for many cases as one job: each is made by its own page, with its gate, and rendered by the worker at once."""

import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test.client import RequestFactory
from django.urls import resolve, reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from taawun.foundation.models import Job, JobItem, User
from taawun.foundation.work import Outcome, Result, begin, done, failed, job_kind, skipped
from taawun.papers.documents import REASONS, document_for
from taawun.papers.kinds import named
from taawun.papers.making import ask, asked_here, produce
from taawun.papers.models import Document, Rendering
from taawun.papers.rendering import Printer

KIND = "papers"
MOST = 1000  # papers in one job: what is more is chosen in parts
IDLE = 20.0  # seconds after which a printer that nobody asks ends
NAMESPACE = uuid.UUID("2f6d3d4b-7f0b-4b0e-9a3c-7d2f5b1e8c55")


@dataclass(frozen=True)
class Planned:
    """What is made for a case: the address of its paper and what to call it; or why nothing is."""

    case: Any
    address: str = ""
    label: str = ""
    why: str = ""


Plan = Callable[[Sequence[Any], Any], Iterable[Planned]]


@dataclass(frozen=True)
class Offer:
    """A kind of paper that is made for many cases of a kind (`request`, `operation`)."""

    kind: str
    of: str
    plan: Plan

    @property
    def label(self) -> str:
        return named(self.kind)


OFFERS: dict[str, Offer] = {}


def offered_for_many(kind: str, of: str) -> Callable[[Plan], Plan]:
    """Supply the papers of a kind for many cases: `plan(cases, user)`, in a room's `ports`.

    It asks the database the same however many cases there are. It need not ask every gate: the page of each paper
    does, when it is made.
    """

    def register(plan: Plan) -> Plan:
        if kind in OFFERS:
            raise ValueError(f"“{kind}” has a provider already.")
        OFFERS[kind] = Offer(kind, of, plan)
        return plan

    return register


@dataclass(frozen=True)
class Wanted:
    """How they are made: format, language ("" is each case's own), the one beside it; where this installation is."""

    format: str
    language: str = ""
    beside: str = ""
    origin: str = ""


def begin_many(kind: str, planned: Iterable[Planned], wanted: Wanted, *, actor: User, key: str = "") -> Job:
    """Begin making the papers that can be made, in the caller's transaction; begun twice with a key, done once.

    What is left out stands among the items with its reason.
    """
    planned = list(planned)
    items = [(one.address, one.label) for one in planned if one.address][:MOST]
    left = {f"left:{one.case.pk}": one for one in planned if not one.address}
    told = ngettext("%(kind)s: %(count)s paper", "%(kind)s: %(count)s papers", len(items))
    return begin(
        KIND,
        actor=actor,
        title=told % {"kind": named(kind), "count": len(items)},
        items=[*items, *((name, one.case.case_title()) for name, one in left.items())],
        arguments={
            "paper": kind,
            "left_out": {name: str(one.why) for name, one in left.items()},
            **wanted.__dict__,
        },
        key=key,
    )


def _result(job: Job) -> Result | None:
    if not job.items.filter(state="done").exists():
        return None
    return Result(reverse("papers:many-archive", args=[job.pk]), _("Fetch all papers (ZIP)"))


@job_kind(KIND, label=gettext_lazy("Papers for many cases"), finish=_result)
def one_paper(job: Job, item: JobItem) -> Outcome:
    """Make one paper as its page would for the person who began the job, and render it."""
    if why := job.arguments["left_out"].get(item.key):
        return skipped(why)
    asked: list[int] = []
    with asked_here(asked):
        address = _made(job, item)
    if address is None:
        return skipped(_("You may not read this paper, or it is not there."))
    document = document_for(job.actor, int(resolve(address).kwargs["pk"]))
    if document is None:
        return skipped(_("You may not read this paper, or it is not there."))
    if not asked:  # made before, and not rendered then
        with asked_here(asked):
            ask(document, job.arguments["format"])
    for pk in asked:
        produce(pk, PRINTER)
    row = Rendering.objects.get(document=document, format=job.arguments["format"])
    if row.status != Rendering.State.MADE:
        return failed(REASONS.get(row.reason, REASONS["page"]))
    return done(document.get_absolute_url())


def _made(job: Job, item: JobItem) -> str | None:
    """What the paper's own page answers: the address of the document; None where its gate is shut to this person."""
    wanted = job.arguments
    parts = urlsplit(wanted["origin"])
    query = f"?{urlencode({'language': wanted['language']})}" if wanted["language"] else ""
    once = str(uuid.uuid5(NAMESPACE, f"{job.pk}:{item.key}"))
    sent = {"make": wanted["format"], "beside": wanted["beside"], "once": once}
    request = RequestFactory(headers={"host": parts.netloc}).post(
        item.key + query, sent, secure=parts.scheme == "https"
    )
    request.user = job.actor
    match = resolve(item.key)
    request.resolver_match = match
    try:
        answer = match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied):
        return None
    return str(answer["Location"]) if answer.status_code == 302 else None


class _Shared:
    """One printer for the papers of a worker, ended when nobody asked it for a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._printer: Printer | None = None
        self._ends: threading.Timer | None = None

    def render(self, order: dict[str, Any]) -> Any:
        with self._lock:
            if self._ends:
                self._ends.cancel()
            self._printer = self._printer or Printer()
            try:
                return self._printer.render(order)
            finally:
                self._ends = threading.Timer(IDLE, self.end)
                self._ends.daemon = True
                self._ends.start()

    def end(self) -> None:
        with self._lock:
            if self._printer:
                self._printer.__exit__(None, None, None)
            self._printer = None


PRINTER: Any = _Shared()


def documents_of(job: Job) -> dict[str, Document]:
    """The documents a job made, by the address of each: two SQL statements."""
    ids = {}
    for address in job.items.filter(state="done").values_list("address", flat=True):
        ids[int(resolve(address).kwargs["pk"])] = address
    rows = Document.objects.defer("page", "fields").filter(pk__in=ids).prefetch_related("renderings__file")
    return {ids[row.pk]: row for row in rows}
