"""What is counted of designs: the inputs planned, in money."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.figures import of_operations
from taawun.cycle.models import InputKind
from taawun.cycle.queries import operation_keys
from taawun.directory.models import Organisation, in_readers_language
from taawun.figures.definitions import Amount, Definition, Dimension, Question, Reason, code_dimension, define
from taawun.planning.models import DesignVersion, Input
from taawun.ui.lists import Column


def inputs_in_force(user: Any) -> QuerySet[Input]:
    """The inputs of every operation this person may see, of the version of its design that counts today."""
    versions = DesignVersion.objects.filter(operation_id=OuterRef("design__operation_id"))
    frozen = versions.filter(frozen_on__isnull=False).order_by("-number").values("pk")[:1]
    seen = Input.objects.filter(design__operation_id__in=operation_keys(user))
    return seen.filter(Q(design_id=Subquery(frozen)) | Q(design__frozen_on__isnull=True, design__number=0))


def _parties(question: Question) -> list[tuple[int, str]]:
    return list(_names(question.rows.order_by().values("party__organisation_id")).items())


def _names(values: Any) -> dict[Any, Any]:
    found = Organisation.objects.filter(pk__in=values).values_list("pk", "names")
    return {pk: in_readers_language(names) for pk, names in found}


def _case(row: Input) -> str:
    return reverse("planning:design", args=[row.design.operation_id])


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
            Dimension("party", _("Party"), _parties, "party__organisation_id", _names),
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
            Reason("cancelled", _("The operation was cancelled."), Q(design__operation__state="cancelled")),
            Reason("not-agreed", _("The design is still being written."), Q(design__frozen_on__isnull=True)),
            Reason("no-amount", _("No amount is given."), Q(amount__isnull=True)),
        ],
        dressed=lambda rows: rows.select_related("design__operation", "party__organisation"),
        order="-id",
    )
)
