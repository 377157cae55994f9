"""What another country holds, so that there is something to keep from Myanmar and to offer it."""

from datetime import date

from taawun.cycle.models import CooperationRequest, Operation, OperationPart, Party
from taawun.foundation import clock
from taawun.foundation.tasks import sync_tasks
from taawun.lessons.models import Lesson
from taawun.workspace.demo.cast import organisation, user

SECTOR = "sector:22012"
TITLES = {
    "request": "Parcels reach Vientiane in two days",
    "operation": "Sorting by hand in Savannakhet",
    "lesson": "Measure post delivery before changing the sorting of letters",
}
STATES_OF_NONE = {
    "request": "notified",
    "operation": "appraised",
    "lesson": "analysed",
}  # nothing stands there
COMMON = {
    "modality_id": "modality:technical-cooperation-project",
    "country_id": "country:LA",
    "sector_id": SECTOR,
    "is_example": True,
}


def laotian_case() -> CooperationRequest:
    """A request of Laos under review, an operation of Laos, and the certified lesson it taught."""
    made = CooperationRequest.objects.create(
        **COMMON,
        state="under_review",
        state_since=clock.now(),
        forwarded_on=date(2026, 1, 5),
        code="LA-2026-REQ-0777",
        title=TITLES["request"],
        need="Parcels wait a week at the border post office.",
        requesting=organisation("la-post"),
        coordination=organisation("la-coordination"),
        provider=organisation("jica"),
        country_office=organisation("jica-la"),
    )
    operation = Operation.objects.create(
        **COMMON,
        state="closed",
        state_since=clock.now(),
        code="LA-2012-PRJ-0777",
        title=TITLES["operation"],
        provider=organisation("jica"),
        country_office=organisation("jica-la"),
    )
    Party.objects.create(
        operation=operation,
        organisation=organisation("la-post"),
        part=OperationPart.IMPLEMENTING,
        signs=True,
        acts_through=organisation("la-post"),
    )
    Lesson.objects.create(
        **COMMON,
        state="certified",
        state_since=clock.now(),
        certified_on=date(2020, 1, 1),
        code="LES-2012-0777",
        title=TITLES["lesson"],
        situation="Sorting was changed first; letters and parcels still arrived late.",
        operation=operation,
        provider=organisation("jica"),
        drafted_by=organisation("jica-la"),
        stage="evaluation",
        created_by=user("la-office"),
    )
    sync_tasks(made)
    return made
