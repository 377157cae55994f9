"""What is counted of monitoring: the indicators that reached their target."""

from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.figures import of_operations
from taawun.cycle.queries import operation_keys
from taawun.figures.definitions import Definition, Dimension, Quantity, Reason, define
from taawun.kernel import measures
from taawun.monitoring.marks import disputes_on
from taawun.monitoring.models import DisputeKind, IndicatorValue
from taawun.planning.figures import NOT_AGREED, in_force
from taawun.planning.models import ObjectiveLevel, Target
from taawun.ui import words
from taawun.ui.lists import Column

DOWN = Q(baseline__isnull=False, target__lt=F("baseline"))  # a target to come down to


def _last(column: str) -> Case:
    """A column of the value the pages tell the standing from: of the newest day, there the less favourable."""
    values = IndicatorValue.objects.filter(definition_id=OuterRef("definition_id"))
    down, up = values.order_by("-as_of", "-value", "-pk"), values.order_by("-as_of", "value", "-pk")
    return Case(When(DOWN, then=Subquery(down.values(column)[:1])), default=Subquery(up.values(column)[:1]))


def targets_seen(user: Any) -> QuerySet[Target]:
    """The targets of the designs in force of every operation this person may see, each with its last value."""
    rows = in_force(Target.objects.filter(design__operation_id__in=operation_keys(user)))
    rows = rows.annotate(last_value=_last("value"))
    good = (DOWN & Q(last_value__lte=F("target"))) | (~DOWN & Q(last_value__gte=F("target")))
    return rows.annotate(
        reached=Case(When(good, then=Value(1)), default=Value(0), output_field=IntegerField())
    )


def _dressed(rows: QuerySet[Target]) -> QuerySet[Target]:
    rows = rows.select_related("definition", "design__operation").annotate(
        last_on=_last("as_of"), last_key=_last("pk")
    )
    return rows.annotate(open_disputes=disputes_on(DisputeKind.VALUE, OuterRef("last_key")))


def _sheets(row: Target) -> str:
    return reverse("monitoring:sheets", args=[row.design.operation_id])


def _last_text(row: Any) -> str:
    if row.last_value is None:
        return words.NOTHING
    value = f"{words.figure(row.last_value)} {row.definition.unit}".strip()
    return f"{value} ({words.written(row.last_on, 'd MMM y')})"


def _achieved(row: Any) -> str:
    """So many percent of the way planned; a dash where none makes sense."""
    if row.last_value is None or row.target is None:
        return words.NOTHING
    value = row.definition.measure(row.last_value)
    percent = measures.achievement(row.baseline_measure, row.target_measure, value)
    return words.NOTHING if percent is None else f"{words.figure(round(percent, 1))} %"


define(
    Definition(
        "indicators-reached",
        _("Indicators that reached their target"),
        says=_(
            "Of the indicators of the designs in force that have a target and a value: how many reached the target, or "
            "better. The last value counts; where two sides measured on one day, the less favourable. A disputed value "
            "counts and is marked."
        ),
        unit=pgettext_lazy("unit", "indicators reached"),
        rows=targets_seen,
        columns=[
            Column("name", _("Indicator"), head=True, link=_sheets, lang="design.operation.language"),
            Column(
                "operation", _("Operation"), value="design.operation.title", lang="design.operation.language"
            ),
            Column("baseline", _("Baseline"), value="baseline_text", css="n"),
            Column("target", _("Target"), value="target_text", css="n"),
            Column(
                "last", _("Last value"), value=_last_text, template="monitoring/_last_value.html", css="n"
            ),
            Column("achieved", _("Achieved"), value=_achieved, css="n"),
        ],
        origin=_("What the parties reported, in sheets and outside of any"),
        dimensions=[
            *of_operations("design__operation__"),
            Dimension(
                "level",
                _("Level"),
                lambda question: ObjectiveLevel.choices,
                "objective__level",
                lambda values: dict(ObjectiveLevel.choices),
            ),
        ],
        counts=Quantity("reached"),
        reasons=[
            *NOT_AGREED,
            Reason("no-target", _("It has no target."), Q(target__isnull=True)),
            Reason("no-value", _("No value was reported yet."), Q(last_value__isnull=True)),
        ],
        dressed=_dressed,
        order="-id",
    )
)
