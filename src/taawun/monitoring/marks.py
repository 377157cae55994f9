"""The mark of a disputed figure: one way for every page and every paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from taawun.directory.models import in_readers_language
from taawun.monitoring.models import CompletionReport, Dispute, DisputeKind, IndicatorValue, InputActual
from taawun.ui import words

KIND_OF: dict[type[Model], str] = {
    IndicatorValue: DisputeKind.VALUE,
    InputActual: DisputeKind.INPUT,
    CompletionReport: DisputeKind.SECTION,
}


@dataclass(frozen=True)
class Mark:
    """That a figure is disputed, as every place that shows the figure says it."""

    party: str
    since: date
    reason: str
    url: str

    @property
    def text(self) -> str:
        """In words."""
        told = {"party": self.party, "day": words.written(self.since, "d MMM y")}
        return _("Disputed by %(party)s since %(day)s") % told


def marked(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Figures with the open disputes on each: costs no statement more. `marks_of` reads them."""
    return rows.annotate(open_disputes=disputes_on(KIND_OF[rows.model], OuterRef("pk")))


def disputes_on(kind: str, key: Any) -> ArraySubquery:
    """The open disputes on a figure of this kind and key, as a row that shows the figure brings them along."""
    held = Dispute.objects.filter(kind=kind, target_id=key, settled_on__isnull=True).order_by("pk")
    return ArraySubquery(
        held.values(
            row=JSONObject(
                pk="pk",
                operation="operation_id",
                field="field",
                names="party__organisation__names",
                since="opened_on",
                reason="reason",
            )
        )
    )


def marks_of(thing: Any, field: str = "") -> list[Mark]:
    """The open disputes on a figure; what did not come by `marked` is asked anew, so that no place forgets."""
    if thing is None or thing.pk is None:
        return []
    rows = getattr(thing, "open_disputes", None)
    if rows is None:
        rows = marked(type(thing)._default_manager.filter(pk=thing.pk)).get().open_disputes
    return [_mark(row) for row in rows if row["field"] == field]


def _mark(row: dict[str, Any]) -> Mark:
    url = reverse("monitoring:dispute", args=[row["operation"], row["pk"]])
    return Mark(in_readers_language(row["names"]), date.fromisoformat(row["since"]), row["reason"], url)


# ── The operation's own page ──


def counted() -> Any:
    """How many figures of an operation are disputed, as a number its own query brings along."""
    held = Dispute.objects.filter(operation_id=OuterRef("pk"), settled_on__isnull=True).order_by()
    number = held.values("operation_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def told(operation: Any) -> tuple[str, str] | None:
    """What every page of an operation says of its disputes, and where they are listed; None where there are none."""
    number = operation.figures_disputed
    if not number:
        return None
    text = ngettext("%(number)s figure is disputed", "%(number)s figures are disputed", number)
    return reverse("monitoring:disputes", args=[operation.pk]), text % {"number": number}
