"""What is counted of operations."""

from typing import Any

from django.db.models import Case, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.lists import OPERATION_COLUMNS, REQUEST_COLUMNS, shown
from taawun.cycle.models import CooperationRequest, Form, Operation, TeamFunction, TeamMember, still_serving
from taawun.cycle.queries import operation_keys, operations_visible_to, requests_visible_to
from taawun.cycle.workflow import OperationState, RequestState
from taawun.directory.models import Organisation, in_readers_language
from taawun.figures.definitions import (
    Definition,
    Dimension,
    Question,
    Reason,
    by_name,
    code_dimension,
    define,
)
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
    return {state: label for state, label in STATES.items() if state in values}


def operation_asked(question: Question) -> list[tuple[int, str]]:
    """The one operation an address names, if the reader may see it: thousands are not offered in a list."""
    if not (question.value.isascii() and question.value.isdigit() and len(question.value) < 10):
        return []
    held = operations_visible_to(question.user).filter(pk=int(question.value))
    return [(pk, title) for pk, title in held.values_list("pk", "title")]


def operation_titles(values: Any) -> dict[Any, Any]:
    """The titles of operations whose rows were counted."""
    return by_name(dict(Operation.objects.filter(pk__in=values).values_list("pk", "title")))


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


def requests_decided(user: Any) -> QuerySet[CooperationRequest]:
    """The requests this person may see, each with the day of its last decision."""
    return requests_visible_to(user).annotate(decided_on=Coalesce("adopted_on", "decision__decided_on"))


def functions_seen(user: Any) -> QuerySet[TeamMember]:
    """The people of every operation this person may see, each with whether the function is over."""
    over = Case(When(still_serving(), then=Value(False)), default=Value(True))
    return TeamMember.objects.filter(operation_id__in=operation_keys(user)).annotate(is_over=over)


def _people_of(row: TeamMember) -> str:
    return reverse("cycle:people", args=[row.operation_id])


def body_names(values: Any) -> dict[Any, Any]:
    """The names of organisations, in the reader's language."""
    found = Organisation.objects.filter(pk__in=values).values_list("pk", "names")
    return by_name({pk: in_readers_language(names) for pk, names in found})


def _organisations(question: Question) -> list[tuple[int, str]]:
    return list(body_names(question.rows.order_by().values("organisation_id")).items())


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
        narrows={"country": "country_id"},
    )
)

REQUEST_DIMENSIONS = [
    code_dimension("country", _("Country"), "country", "country_id"),
    code_dimension("sector", _("Sector"), "sector", "sector_id"),
    code_dimension("modality", _("Form of cooperation"), "modality", "modality_id"),
]
REQUEST_SHOWN = [one for one in REQUEST_COLUMNS if one.name not in ("rank", "since")]
ORIGIN_OF_REQUESTS = _("The requests kept in this installation")

define(
    Definition(
        "requests-received",
        _("Requests received"),
        says=_(
            "Cooperation requests that reached the provider, each counted once, in the year it was forwarded by the "
            "partner's coordination body."
        ),
        unit=pgettext_lazy("unit", "requests"),
        rows=requests_visible_to,
        columns=[*REQUEST_SHOWN, Column("forwarded_on", _("Forwarded on"), sort="forwarded_on")],
        origin=ORIGIN_OF_REQUESTS,
        dimensions=[
            *REQUEST_DIMENSIONS,
            Dimension("year", _("Year"), years_of("forwarded_on"), ExtractYear("forwarded_on")),
            Dimension(
                "state",
                _("State"),
                lambda question: RequestState.choices,
                "state",
                lambda values: dict(RequestState.choices),
            ),
        ],
        reasons=[
            Reason("not-forwarded", _("It has not reached the provider."), Q(forwarded_on__isnull=True))
        ],
        dressed=lambda rows: rows.select_related("requesting"),
        order="-id",
        narrows={"country": "country_id"},
    )
)

OUTCOMES = [
    ("adopted", RequestState.ADOPTED.label),
    ("deferred", RequestState.DEFERRED.label),
    ("declined", RequestState.DECLINED.label),
]

define(
    Definition(
        "requests-decided",
        _("Requests decided"),
        says=_(
            "Cooperation requests on which the provider decided, each counted once, by its last decision: adopted, "
            "deferred or declined. The year is that of the decision."
        ),
        unit=pgettext_lazy("unit", "requests"),
        rows=requests_decided,
        columns=[
            *REQUEST_SHOWN,
            Column("decided_on", _("Decided on"), sort="decided_on"),
        ],
        origin=ORIGIN_OF_REQUESTS,
        dimensions=[
            *REQUEST_DIMENSIONS,
            Dimension("year", _("Year"), years_of("decided_on"), ExtractYear("decided_on")),
            Dimension(
                "outcome",
                pgettext_lazy("noun", "Decision"),
                lambda question: OUTCOMES,
                Case(When(adopted_on__isnull=False, then=Value("adopted")), default=F("decision__outcome")),
                lambda values: dict(OUTCOMES),
            ),
        ],
        reasons=[Reason("not-decided", _("Nothing is decided yet."), Q(decided_on__isnull=True))],
        dressed=lambda rows: rows.select_related("requesting"),
        order="-id",
    )
)

define(
    Definition(
        "people",
        _("People on operations"),
        says=_(
            "The functions people hold on operations today, or will hold: each counts one, so that a person with two "
            "functions counts twice. Those that are over are left out."
        ),
        unit=pgettext_lazy("unit", "functions"),
        rows=functions_seen,
        columns=[
            Column("person", _("Person"), value="person.name", head=True, link=_people_of),
            Column("function", _("Function"), value="get_function_display", sort="function"),
            Column("organisation", _("Organisation"), value="organisation.name"),
            Column("operation", _("Operation"), value="operation.title", lang="operation.language"),
            Column("held_from", _("From"), sort="held_from"),
            Column("held_to", _("To"), sort="held_to"),
        ],
        origin=_("The people named on the operations kept in this installation"),
        dimensions=[
            *of_operations("operation__"),
            Dimension(
                "function",
                _("Function"),
                lambda question: TeamFunction.choices,
                "function",
                lambda values: dict(TeamFunction.choices),
            ),
            Dimension("organisation", _("Organisation"), _organisations, "organisation_id", body_names),
        ],
        reasons=[
            Reason("cancelled", _("The operation was cancelled."), Q(operation__state="cancelled")),
            Reason("over", _("The function is over."), Q(is_over=True)),
        ],
        dressed=lambda rows: rows.select_related("person", "organisation", "operation"),
        order="-id",
    )
)
