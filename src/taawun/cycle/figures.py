"""What is counted of operations."""

from typing import Any

from django.db.models import Max, Min
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.lists import OPERATION_COLUMNS, shown
from taawun.cycle.models import Form, Operation
from taawun.cycle.queries import operations_visible_to
from taawun.cycle.workflow import OperationState
from taawun.figures.definitions import Definition, Dimension, Question, code_dimension, define
from taawun.ui.lists import Column

STATES = dict(OperationState.choices)


def years_of(column: str) -> Any:
    """The choices of a year: from the first to the last that the rows know of, the newest first; one statement."""

    def choices(question: Question) -> list[tuple[int, str]]:
        ends = question.rows.order_by().aggregate(first=Min(column), last=Max(column))
        if not ends["first"]:
            return []
        return [(year, str(year)) for year in range(ends["last"].year, ends["first"].year - 1, -1)]

    return choices


def state_names(values: Any) -> dict[Any, Any]:
    """The words of the states of an operation."""
    return {value: STATES.get(value, value) for value in values}


def operation_asked(question: Question) -> list[tuple[int, str]]:
    """The one operation an address names, if the reader may see it: thousands are not offered in a list."""
    if not (question.value.isascii() and question.value.isdigit() and len(question.value) < 10):
        return []
    held = operations_visible_to(question.user).filter(pk=int(question.value))
    return [(pk, title) for pk, title in held.values_list("pk", "title")]


def operation_titles(values: Any) -> dict[Any, Any]:
    """The titles of operations whose rows were counted."""
    return dict(Operation.objects.filter(pk__in=values).values_list("pk", "title"))


def of_operations(path: str = "") -> list[Dimension]:
    """What rows that hang on an operation (by this path) can be grouped by."""
    return [
        code_dimension("country", _("Country"), "country", f"{path}country_id"),
        code_dimension("sector", _("Sector"), "sector", f"{path}sector_id"),
        Dimension("state", _("State"), lambda question: STATES.items(), f"{path}state", state_names),
        *(
            [Dimension("operation", _("Operation"), operation_asked, f"{path}id", operation_titles)]
            if path
            else []
        ),
    ]


OPERATIONS = define(
    Definition(
        "operations",
        _("Operations"),
        says=_(
            "Projects and stand-alone activities, each counted once, in the state it is in now. The year is the one in "
            "which the operation was opened."
        ),
        unit=pgettext_lazy("unit", "operations"),
        rows=operations_visible_to,
        columns=[
            *[one for one in OPERATION_COLUMNS if one.name not in ("framework", "since", "ends_on")],
            Column("opened_on", _("Opened on"), sort="opened_on"),
        ],
        origin=_("The operations kept in this installation"),
        dimensions=[
            *of_operations(),
            code_dimension("modality", _("Form of cooperation"), "modality", "modality_id"),
            Dimension(
                "form", _("Form"), lambda question: Form.choices, "form", lambda values: dict(Form.choices)
            ),
            Dimension("year", _("Year"), years_of("opened_on"), ExtractYear("opened_on")),
        ],
        dressed=shown,
        order="-id",
    )
)
