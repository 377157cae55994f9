"""What waits on whom besides the steps."""

from collections.abc import Iterable

from taawun.cycle import merging
from taawun.cycle.models import CooperationRequest, Operation
from taawun.directory.roles import Role
from taawun.foundation import ports
from taawun.foundation.ports import TaskSpec


@ports.task_source("request")
def review_tasks(case: CooperationRequest) -> Iterable[TaskSpec]:
    """While under review: the opinions asked, and the desk's note."""
    if case.state != "under_review":
        return
    for opinion in case.opinions.all():
        if not opinion.given_on:
            yield TaskSpec(
                "opinion",
                organisation_id=opinion.organisation_id,
                role=Role.OPINION,
                due=opinion.due_on,
                ref=opinion.pk,
            )
    if not hasattr(case, "appraisal_note") and "appraisal-note" not in case.waived:
        yield TaskSpec("appraisal-note", organisation_id=case.provider_id, role=Role.DESK)


@ports.task_source("operation", workflow="activity")
def activity_tasks(case: Operation) -> Iterable[TaskSpec]:
    """While it is carried out its report waits on the office, and on the people who carry it out."""
    if case.state != "in_implementation" or hasattr(case, "activity_report"):
        return
    yield TaskSpec(
        "activity-report-written",
        organisation_id=case.country_office_id,
        role=Role.COUNTRY_OFFICE if case.country_office_id != case.provider_id else Role.DESK,
        due=case.ends_on,
    )
    for person_id in sorted(case.seat_people()["serving"]):
        yield TaskSpec("activity-report-written", person_id=person_id, due=case.ends_on)


merging.declare()
