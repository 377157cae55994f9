"""Cases for the tests of lessons: the postal operation of Myanmar, its lesson, a request of another country."""

from datetime import date
from typing import Any

from taawun.cycle.models import CooperationRequest, Operation, OperationPart, Party, TeamMember
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.steps import perform
from taawun.foundation.tasks import sync_tasks
from taawun.lessons import actions
from taawun.lessons.models import Lesson
from taawun.workspace.demo.cast import email_of

SHEET = {
    "title": "Measure delivery in every post office before changing the sorting",
    "language": "en",
    "stage": "evaluation",
    "situation": "Mail was late because nobody knew at which post office it waited; sorting was changed first.",
    "cause": "The delivery times were not measured before the project began.",
    "countermeasure": "Let each post office measure delivery times weekly from the start; change sorting afterwards.",
    "conditions": "A postal service with its own offices and carriers.",
    "keywords": "post, delivery, sorting",
}
POSTAL = "sector:22012"


def who(slug: str) -> User:
    """A player of the cast, read anew: nothing is remembered of their standing."""
    return User.objects.get(email=email_of(slug))


def body(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def an_operation(state: str = "planning", **changes: Any) -> Operation:
    """The postal operation of Myanmar, directly in a state."""
    values = {
        "state": state,
        "state_since": clock.now(),
        "code": f"MM-2015-PRJ-{Operation.objects.count() + 1:04d}",
        "title": "Postal Services Capacity Improvement Project",
        "modality_id": "modality:technical-cooperation-project",
        "country_id": "country:MM",
        "sector_id": POSTAL,
        "provider": body("jica"),
        "country_office": body("jica-mm"),
    }
    operation = Operation.objects.create(**(values | changes))
    Party.objects.create(
        operation=operation,
        organisation=body("mm-post"),
        part=OperationPart.IMPLEMENTING,
        signs=True,
        acts_through=body("mm-post"),
    )
    return operation


def evaluated_by(operation: Operation, slug: str) -> None:
    TeamMember.objects.create(
        operation=operation,
        person=who(slug).person,
        organisation=body("ex-evaluators"),
        function="evaluator",
        held_from=date(2020, 1, 1),
    )


def a_lesson(
    state: str = "certified", operation: Operation | None = None, by: str = "post-officer", **changes: str
) -> Lesson:
    """A lesson walked to a state by the people whose steps they are."""
    source = operation or an_operation("evaluated")
    lesson = actions.draft_lesson(operation=source, values=SHEET | changes, actor=who(by))
    way = {"draft": (), "analysed": ("analyse",), "certified": ("analyse", "certify")}
    for step in way.get(state, ("analyse", "certify", "retire")):
        lesson = perform(
            lesson, step, actor=who("knowledge"), reason="No longer true." if step == "retire" else ""
        )
    return lesson


def a_request(state: str = "received", **changes: Any) -> CooperationRequest:
    """A request of the postal enterprise of Laos, directly in a state."""
    values = {
        "state": state,
        "state_since": clock.now(),
        "forwarded_on": clock.today(),
        "title": "Faster postal delivery in Vientiane",
        "modality_id": "modality:technical-cooperation-project",
        "country_id": "country:LA",
        "sector_id": POSTAL,
        "requesting": body("la-post"),
        "coordination": body("la-coordination"),
        "provider": body("jica"),
        "country_office": body("jica-la"),
        "background": "Mail is sorted twice and reaches the post office late; letters are lost before delivery.",
        "purpose": "The post office delivers mail on time.",
    }
    coop_request = CooperationRequest.objects.create(**(values | changes))
    coop_request.outputs.create(number=1, text="Sorting and delivery are measured")
    return coop_request


def offered(operation: Operation):
    """The lessons of the moment are offered to an operation, as when it opens."""
    citations = actions.offer_lessons(operation)
    sync_tasks(operation)
    return citations
