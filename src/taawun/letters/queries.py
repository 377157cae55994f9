"""The gate to letters, and what pages ask of the registers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.queries import (
    operations_among,
    operations_visible_to,
    requests_among,
    requests_visible_to,
)
from taawun.directory.models import Organisation
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation.readable import Cases, either
from taawun.foundation.standing import Standing, standing
from taawun.letters.models import Letter

GATE = "letter"
WRITERS = (Role.LINE_OFFICER, Role.COORDINATION, Role.COUNTRY_OFFICE, Role.DESK)


def letters_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Letter]:
    """Letters this person may know of.

    The people of an organisation read its register. Those directly above it read what is about no case. On a case
    they may see, they also read what their side registered, and what another register says was sent to their side
    or received from it, unless it was struck out or their side holds the same letter itself. What an organisation
    exchanged with others than the reader's side stays its own.
    """
    who = standing(user)
    rows = Letter.objects.all()
    if not who.posts:
        return rows.none()
    ids = rows.order_by().values("pk")
    own = ids.filter(organisation_id__in=who.organisations)
    below = ids.filter(
        organisation_id__in=who.governs, coop_request__isnull=True, operation__isnull=True, lot__isnull=True
    )
    named = ids.filter(
        Q(organisation_id__in=who.sides)
        | Q(correspondent_id__in=who.sides, struck_on__isnull=True, shared=False)
    )
    requests = requests_among(user, cases)
    lots = CooperationRequest.objects.order_by().filter(pk__in=requests, lot__isnull=False).values("lot_id")
    on_request = named.filter(coop_request_id__in=requests)
    in_lot = named.filter(lot_id__in=lots)
    on_operation = named.filter(operation_id__in=operations_among(user, cases))
    return either([own, below, on_request, in_lot, on_operation], cases, all=True)


def with_heads(rows: QuerySet[Letter], user: Any) -> QuerySet[Letter]:
    """Letters with what a line of the register shows; `case_seen` says whether the reader may know of the case."""
    requests, operations = requests_visible_to(user).order_by(), operations_visible_to(user).order_by()
    return rows.select_related(
        "organisation", "correspondent", "coop_request", "operation", "lot", "scan"
    ).annotate(
        request_seen=Exists(requests.filter(pk=OuterRef("coop_request_id"))),
        operation_seen=Exists(operations.filter(pk=OuterRef("operation_id"))),
    )


def letter_for(user: Any, pk: int) -> Letter | None:
    """One letter through the gate, with its head."""
    return with_heads(letters_visible_to(user), user).filter(pk=pk).first()


def case_shown(letter: Letter) -> CooperationRequest | Operation | None:
    """The case of a letter read by `with_heads`, where the reader may know of it."""
    if letter.operation and letter.operation_seen:  # type: ignore[attr-defined]  # annotated
        return letter.operation
    if letter.coop_request and letter.request_seen:  # type: ignore[attr-defined]  # annotated
        return letter.coop_request
    return None


def letters_of(case: CooperationRequest | Operation, user: Any) -> QuerySet[Letter]:
    """The letters about a case that this person may read, newest first; an operation's with those of its request."""
    about = Q(coop_request_id=case.pk)
    lot_id = getattr(case, "lot_id", None)
    if isinstance(case, Operation):
        about = Q(operation_id=case.pk)
        request = case.coop_request
        about |= Q(coop_request_id=request.pk) if request else Q()
        lot_id = request.lot_id if request else None
    about |= Q(lot_id=lot_id) if lot_id else Q()
    return with_heads(letters_visible_to(user).filter(about), user).order_by("-passed_on", "-pk")


def may_open_scan(user: Any, letter_id: int) -> bool:
    """Whoever sees a letter sees its scan, and so does who sees the same letter in another register."""
    same = Q(pk=letter_id) | Q(scan__gate=GATE, scan__subject_id=letter_id)
    return letters_visible_to(user).filter(same).exists()


def on_scans_seen(user: Any, cases: Cases | None = None) -> Q:
    """On a letter whose scan the person may open: `may_open_scan` of all at once."""
    letters = letters_visible_to(user, cases).order_by()
    same = letters.filter(scan__gate=GATE, scan__subject_id=OuterRef("subject_id"))
    return Exists(letters.filter(pk=OuterRef("subject_id"))) | Exists(same)


def page_of_scan(user: Any, file: Any) -> str:
    """The letter of a scan as the person has it: the one it was sent with, or the same in another register."""
    same = Q(pk=file.subject_id) | Q(scan__gate=GATE, scan__subject_id=file.subject_id)
    letter = letters_visible_to(user).filter(same).order_by("pk").first()
    return letter.get_absolute_url() if letter else ""


def registers_of(who: Standing) -> list[Organisation]:
    """The organisations in whose register this person writes."""
    return list(offered().filter(pk__in=who.holding(*WRITERS)))


def registers_visible_to(user: Any) -> QuerySet[Organisation]:
    """The same, as a gate: a draft of an entry is found again by whoever still keeps the register."""
    return offered().filter(pk__in=standing(user).holding(*WRITERS))


def letter_named(user: Any, number: str) -> Letter | None:
    """The letter an address names by its key, through the gate; nothing for whatever is no number."""
    known = number.isascii() and number.isdigit() and len(number) < 16
    return letter_for(user, int(number)) if known else None


def may_write(letter: Letter, who: Standing) -> bool:
    """Whether this person keeps the register a letter stands in."""
    return letter.organisation_id in who.holding(*WRITERS)


def register_of_correspondent(letter: Letter) -> int | None:
    """The organisation in whose register the other side enters the letter: of one merged away, the one that stays."""
    body = letter.correspondent
    if body is None:
        return None
    return body.merged_into.pk if body.merged_into else body.pk


def takers_of(letter: Letter, who: Standing) -> bool:
    """Whether the letter went to, or came from, an organisation whose register this person keeps, and is not in it."""
    named = register_of_correspondent(letter)
    return (
        named is not None
        and named in who.holding(*WRITERS)
        and not letter.shared
        and letter.struck_on is None
    )


def organisations_on(case: CooperationRequest | Operation) -> list[Organisation]:
    """The organisations of a case with whom one exchanges letters about it: two SQL statements at most."""
    if isinstance(case, Operation):
        held: Iterable[Organisation] = (
            body for party in case.party_rows for body in (party.organisation, party.acts_through)
        )
        held = [*held, case.country_office]
    else:
        held = [case.requesting, case.coordination, case.country_office, case.provider]
    return list(dict.fromkeys(held))


def case_numbered(user: Any, code: str) -> CooperationRequest | Operation | None:
    """The case people quote by this number, through its gate."""
    found = operations_visible_to(user).filter(code=code).select_related("country_office").first()
    if found:
        return found
    rows = requests_visible_to(user).select_related(
        "requesting", "coordination", "country_office", "provider"
    )
    return rows.filter(code=code).first()


def to_answer(
    user: Any, organisation: Organisation, case: CooperationRequest | Operation | None, most: int = 100
) -> list[Letter]:
    """The letters one may be answering: those about the case, else the last of the register."""
    rows = letters_of(case, user) if case else letters_visible_to(user).filter(organisation=organisation)
    return list(rows.filter(struck_on__isnull=True).order_by("-pk")[:most])


def answers_to(letter: Letter, user: Any) -> list[Letter]:
    """The letters that answer this one, as far as the reader may see them."""
    return list(with_heads(letters_visible_to(user).filter(answers_id=letter.pk), user).order_by("pk"))


def answered_letter(letter: Letter, user: Any) -> Letter | None:
    """The letter this one answers, where the reader may see it."""
    return letter_for(user, letter.answers_id) if letter.answers_id else None


# ── What the filters of the register offer ──


def years_of(letters: QuerySet[Letter]) -> list[tuple[str, str]]:
    """The years with letters, the last first."""
    years = letters.order_by("-year").values_list("year", flat=True).distinct()
    return [(str(year), str(year)) for year in years]


def registers_in(letters: QuerySet[Letter]) -> list[tuple[str, str]]:
    """The organisations in whose registers they stand."""
    ids = letters.order_by().values("organisation_id")
    return [(str(body.pk), body.name) for body in Organisation.objects.filter(pk__in=ids)]


def cases_in(letters: QuerySet[Letter], user: Any, most: int = 200) -> list[tuple[str, str]]:
    """The cases they are about, by their numbers, as far as the reader may know of them."""
    requests = requests_visible_to(user).filter(
        Q(pk__in=letters.order_by().filter(coop_request__isnull=False).values("coop_request_id"))
        | Q(lot_id__in=letters.order_by().filter(lot__isnull=False).values("lot_id")),
        code__isnull=False,
    )
    operations = operations_visible_to(user).filter(
        pk__in=letters.order_by().filter(operation__isnull=False).values("operation_id")
    )
    codes = [
        code
        for rows in (operations, requests)
        for code in rows.order_by("-code").values_list("code", flat=True)[:most]
        if code
    ]
    return [(code, code) for code in codes]


def about_code(letters: QuerySet[Letter], code: str) -> QuerySet[Letter]:
    """Those about the case of this number; an operation's with those of its request."""
    requests = CooperationRequest.objects.filter(Q(code=code) | Q(operation__code=code)).order_by()
    return letters.filter(
        Q(operation__code=code)
        | Q(coop_request_id__in=requests.values("pk"))
        | Q(lot_id__in=requests.filter(lot__isnull=False).values("lot_id"))
    )
