"""What is counted of designs: the inputs planned, in money."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.figures import body_names, of_operations
from taawun.cycle.models import InputKind
from taawun.cycle.queries import operation_keys
from taawun.figures.definitions import Amount, Definition, Dimension, Question, Reason, code_dimension, define
from taawun.planning.models import DesignVersion, Input
from taawun.ui.lists import Column


def in_force(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of designs, of the version that counts today alone: the newest frozen one; before any, the first."""
    frozen = DesignVersion.objects.filter(
        operation_id=OuterRef("design__operation_id"), frozen_on__isnull=False
    )
    newest = frozen.order_by("-number").values("pk")[:1]
    return rows.filter(Q(design_id=Subquery(newest)) | Q(design__frozen_on__isnull=True, design__number=0))


def inputs_in_force(user: Any) -> QuerySet[Input]:
    """The inputs of every operation this person may see, of the version of its design that counts today."""
    return in_force(Input.objects.filter(design__operation_id__in=operation_keys(user)))


def _parties(question: Question) -> list[tuple[int, str]]:
    return list(body_names(question.rows.order_by().values("party__organisation_id")).items())


def _case(row: Input) -> str:
    return reverse("planning:design", args=[row.design.operation_id])


NOT_AGREED = (
    Reason("cancelled", _("The operation was cancelled."), Q(design__operation__state="cancelled")),
    Reason("not-agreed", _("The design is still being written."), Q(design__frozen_on__isnull=True)),
)
PLANNED_INPUTS = define(
    Definition(
        "planned-inputs",
        _("Inputs planned"),
        says=_(
            "What the parties agreed to bring, as the design in force prices it: each input counts its amount. An "
            "amount in another currency is converted at the rate of the day asked for."
        ),
        unit=pgettext_lazy("unit", "inputs"),
        rows=inputs_in_force,
        columns=[
            Column("operation", _("Operation"), value="design.operation.title", head=True, link=_case),
            Column("party", _("Party"), value="party.organisation.name"),
            Column("kind", _("Kind"), value="get_kind_display", sort="kind"),
            Column("text", _("Description")),
        ],
        origin=_("The designs (PDM) kept in this installation"),
        dimensions=[
            *of_operations("design__operation__"),
            Dimension("party", _("Party"), _parties, "party__organisation_id", body_names),
            Dimension(
                "kind",
                _("Kind"),
                lambda question: InputKind.choices,
                "kind",
                lambda values: dict(InputKind.choices),
            ),
            code_dimension("in-currency", _("Planned in"), "currency", "currency_id"),
        ],
        counts=Amount("amount", "currency_id"),
        reasons=[
            *NOT_AGREED,
            Reason("no-amount", _("No amount is given."), Q(amount__isnull=True)),
        ],
        dressed=lambda rows: rows.select_related("design__operation", "party__organisation"),
        order="-id",
    )
)
