"""Which figures are disputed, by whom, what each says now, and on whose desk that lies."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation, OperationPart, Party
from taawun.monitoring.figures import in_words
from taawun.monitoring.models import (
    SECTIONS,
    CompletionReport,
    Dispute,
    DisputeKind,
    IndicatorValue,
    InputActual,
)
from taawun.ui import words

Place = tuple[str, int, str]

MONITORED = ("in_implementation", "completion_review")
# While the parties still confirm it, a figure may be disputed, corrected and explained.
DISPUTABLE = {
    DisputeKind.VALUE: MONITORED,
    DisputeKind.INPUT: ("completion_review",),
    DisputeKind.SECTION: ("completion_review",),
}
# Here nobody waits for a figure any more; whoever disputed it may settle it all the same.
AT_REST = ("suspended", "cancelled", "closed")


# ── The figure ──


def read(operation: Operation, places: Iterable[Place]) -> dict[Place, Any]:
    """The rows of this operation that hold these figures: one statement for each kind, however many there are.

    A figure that is not there, or is another operation's, has no entry.
    """
    wanted: dict[str, list[Place]] = {}
    for place in places:
        wanted.setdefault(place[0], []).append(place)
    found: dict[Place, Any] = {}
    for kind, asked in wanted.items():
        rows = _rows(operation, kind, {place[1] for place in asked})
        found |= {place: rows[place[1]] for place in asked if place[1] in rows and _has(kind, place[2])}
    return found


def _rows(operation: Operation, kind: str, ids: set[int]) -> dict[int, Any]:
    if kind == DisputeKind.VALUE:
        values = IndicatorValue.objects.filter(operation=operation).select_related("definition", "sheet")
        return values.in_bulk(ids)
    if kind == DisputeKind.INPUT:
        inputs = InputActual.objects.filter(report__operation=operation)
        return inputs.select_related("planned__party__organisation").in_bulk(ids)
    if kind == DisputeKind.SECTION:
        return CompletionReport.objects.filter(operation=operation).in_bulk(ids)
    return {}


def _has(kind: str, field: str) -> bool:
    return field in SECTIONS if kind == DisputeKind.SECTION else not field


def said(thing: Any, field: str = "") -> str:
    """What a figure says, the same in every language: to know later whether it was corrected. "" = it is gone."""
    if isinstance(thing, IndicatorValue):
        ratio = f" = {thing.numerator:f}/{thing.denominator:f}" if thing.denominator else ""
        return f"{thing.value.normalize():f}{ratio} ({thing.as_of.isoformat()})"
    if isinstance(thing, InputActual):
        return f"{thing.text} ({thing.amount:f})" if thing.amount is not None else thing.text
    return getattr(thing, field, "") if thing else ""


def fingerprint(text: str) -> str:
    """A short proof of what a reader saw a figure say."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def name_of(place: Place, thing: Any) -> str:
    """A figure's name in the reader's language."""
    kind, _target, field = place
    if kind == DisputeKind.SECTION:
        return str(CompletionReport._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    if isinstance(thing, IndicatorValue):
        sheet = str(thing.sheet) if thing.sheet else _("outside the sheets")
        return words.listed([words.apart(f"{thing.definition.code} {thing.definition.name}"), sheet])
    if isinstance(thing, InputActual):
        return words.listed([words.apart(thing.planned.text), thing.planned.party.organisation.name])
    return str(DisputeKind(kind).label)


# ── The disputes of an operation ──


@dataclass(frozen=True)
class Disputed:
    """A dispute with the row that holds its figure now; `thing` None where it was taken back."""

    dispute: Dispute
    thing: Any

    @property
    def says(self) -> str:
        """What the figure says today."""
        return said(self.thing, self.dispute.field)

    @property
    def was_in_words(self) -> str:
        """What the figure said when it was disputed, for a reader."""
        return in_words(self.dispute.figure)

    @property
    def now_in_words(self) -> str:
        """What the figure says today, for a reader; nothing where it was taken back."""
        return in_words(self.says)

    @property
    def corrected(self) -> bool:
        """Whether it says something else than when it was disputed."""
        return self.says != self.dispute.figure

    @property
    def name(self) -> str:
        """The figure's name."""
        return name_of(self.dispute.place, self.thing)


def _with_figures(operation: Operation, rows: Iterable[Dispute]) -> list[Disputed]:
    held = list(rows)
    for one in held:
        one.operation = operation
    things = read(operation, [one.place for one in held])
    return [Disputed(one, things.get(one.place)) for one in held]


def disputes_of(operation: Operation) -> list[Disputed]:
    """Every dispute of an operation, the open ones first."""
    rows = Dispute.objects.filter(operation=operation)
    rows = rows.select_related("party__organisation", "author__organisation")
    return _with_figures(operation, sorted(rows, key=lambda one: (not one.is_open, -one.pk)))


def open_disputes(operation: Operation) -> list[Disputed]:
    """Those not settled yet."""
    rows = Dispute.objects.filter(operation=operation, settled_on__isnull=True)
    return _with_figures(operation, rows.select_related("party__organisation", "author__organisation"))


def dispute_of(operation: Operation, pk: int) -> Disputed:
    """A dispute of this operation; another's is not there."""
    rows = Dispute.objects.filter(operation=operation, pk=pk).select_related(
        *("party__organisation", "author__organisation", "meeting"),
        *("opened_by__person", "answered_by__person", "settled_by__person"),
    )
    found = _with_figures(operation, rows)
    if not found:
        raise Http404
    return found[0]


def blocking(operation: Operation) -> list[Disputed]:
    """The open disputes on what the parties confirm as results: last values, inputs, sections of the report."""
    held = open_disputes(operation)
    if not held:
        return []
    last = _last_values(operation)
    return [one for one in held if one.dispute.kind != DisputeKind.VALUE or one.dispute.target_id in last]


def _last_values(operation: Operation) -> set[int]:
    rows = IndicatorValue.objects.filter(operation=operation).order_by("as_of", "pk")
    keyed = {
        (definition, body): pk
        for pk, definition, body in rows.values_list("pk", "definition_id", "organisation_id")
    }
    return set(keyed.values())


def in_sheet(operation: Operation, sheet: Any) -> list[Disputed]:
    """The open disputes on values of one sheet."""
    held = open_disputes(operation)
    return [one for one in held if isinstance(one.thing, IndicatorValue) and one.thing.sheet_id == sheet.pk]


# ── Who ──


def own_party(operation: Operation, user: Any) -> Party | None:
    """The signing party for which this person settles its disputes, in any state."""
    seat = rights.seat_for(operation, user, "dispute")
    return party_acting(operation, seat[1], seat[0].role) if seat else None


def party_acting(operation: Operation, organisation_id: int | None, role: str) -> Party | None:
    """The signing party that acts in a seat."""
    seat = (organisation_id, role)
    rows = operation.party_rows
    return next((p for p in rows if p.signs and (p.acts_through_id, p.acts_as) == seat), None)


def author_of(operation: Operation, thing: Any) -> Party | None:
    """The party that reported a value; what stands in the common report has no author of its own."""
    if not isinstance(thing, IndicatorValue):
        return None
    own = [p for p in operation.party_rows if p.organisation_id == thing.organisation_id]
    return next(iter(sorted(own, key=lambda p: not p.signs)), None)


def answering(operation: Operation, dispute: Dispute) -> list[Party]:
    """Those who answer for a figure: its author, else those who write the common report."""
    if dispute.author_id:
        return [p for p in operation.party_rows if p.pk == dispute.author_id]
    writers = (OperationPart.PROVIDER, OperationPart.IMPLEMENTING)
    return [p for p in operation.party_rows if p.part in writers and p.pk != dispute.party_id]


def waits_on(operation: Operation, one: Disputed) -> tuple[str, list[Party]]:
    """What an open dispute awaits, and of whom: an answer; once there is one, or none can come, its settlement."""
    if operation.state in AT_REST:
        return "", []
    dispute = one.dispute
    still = operation.state in DISPUTABLE[DisputeKind(dispute.kind)]
    if still and not (one.corrected or dispute.answer):
        return "answer-dispute", answering(operation, dispute)
    return "settle-dispute", [p for p in operation.party_rows if p.pk == dispute.party_id]


def can_settle(dispute: Dispute) -> str:
    """Who can settle a dispute, and how, in one sentence."""
    answers = words.listed(p.organisation.name for p in answering(dispute.operation, dispute))
    text = _(
        "%(party)s accepts the figure or withdraws the dispute; or %(author)s corrects it and all confirm; or the "
        "joint coordinating committee decides"
    )
    return text % {"party": dispute.party.organisation.name, "author": answers}
