"""What is due in requests and operations, as far as this room knows (domain.md §11)."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.cycle.deadlines import UNDER_WAY, counted_from, due, office_of
from taawun.cycle.models import CooperationRequest, Operation
from taawun.directory.roles import Role
from taawun.foundation.deadline_rules import DeadlineSpec, deadline_rule, deadline_source

deadline_rule(
    "round-closes",
    label=_("The request round closes"),
    from_what=_("the last day of the round"),
    ladder=(30, 7, 1, 0),
)
deadline_rule(
    "opinion",
    label=_("Opinion of a ministry"),
    from_what=_("after it is asked"),
    ladder=(7, 1, 0, -7),
    units=("days", "working-days"),
    column="opinion_days",
)
deadline_rule(
    "completion-review",
    label=_("Completion review"),
    from_what=_("before the end of the operation"),
    ladder=(30, 7, 0),
    units=("months",),
    column="completion_months",
    back=True,
)
deadline_rule(
    "operation-end",
    label=_("End of the operation"),
    from_what=_("the last day agreed"),
    ladder=(180, 90, 30, 7),
)
deadline_rule(
    "activity-report",
    label=_("Report of the activity"),
    from_what=_("after the last day of the activity"),
    ladder=(7, 0, -7, -30),
    amount=0,
    units=("days", "working-days", "months"),
    url=lambda pk, ref: reverse("cycle:operation", args=[pk]),
)
deadline_rule(
    "ex-post",
    label=_("Ex-post evaluation"),
    from_what=_("after completion"),
    ladder=(365, 180, 90, 30, 0, -30),
    units=("years",),
    column="ex_post_years",
)


@deadline_source("request")
def of_requests(case: CooperationRequest) -> Iterable[DeadlineSpec]:
    """The end of the round for those who still prepare it; each opinion asked, for the provider's side alone."""
    preparing = {
        **dict.fromkeys(("idea", "draft"), (case.requesting_id, Role.LINE_OFFICER)),
        **dict.fromkeys(("submitted", "retained"), (case.coordination_id, Role.COORDINATION)),
    }
    if case.round and case.state in preparing and not case.forwarded_on:
        yield due(case, "round-closes", case.round.closes_on, [preparing[case.state]])
    if case.state == "under_review":
        for one in case.opinions.all():
            if not one.given_on:
                seat = (one.organisation_id, Role.OPINION)
                yield due(case, "opinion", one.due_on, [seat], sides=[case.provider_id], ref=one.pk)


@deadline_source("operation")
def of_operations(case: Operation) -> Iterable[DeadlineSpec]:
    """The end of what is under way."""
    if case.state in UNDER_WAY and case.ends_on:
        yield due(case, "operation-end", case.ends_on, [office_of(case), (case.provider_id, Role.DESK)])


@deadline_source("operation", workflow="operation")
def of_projects(case: Operation) -> Iterable[DeadlineSpec]:
    """The completion review, and the evaluation some years after."""
    if case.state == "in_implementation" and case.review_opens_on:
        yield due(
            case, "completion-review", case.review_opens_on, [office_of(case), (case.provider_id, Role.DESK)]
        )
    if case.state in ("completed", "ex_post_due") and case.ex_post_on:
        named = sorted(case.evaluator_ids)
        yield due(case, "ex-post", case.ex_post_on, [(case.provider_id, Role.DESK)], people=named)


@deadline_source("operation", workflow="activity")
def of_activities(case: Operation) -> Iterable[DeadlineSpec]:
    """The report, from the office and from those who carried it out."""
    if case.state == "in_implementation" and case.ends_on and not hasattr(case, "activity_report"):
        day = counted_from(case, "activity-report", case.ends_on, case.country_id)
        serving = sorted(case.seat_people()["serving"])
        yield due(case, "activity-report", day, [office_of(case)], people=serving)
