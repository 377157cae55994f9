"""The life of a lesson: who may see, write, certify it."""

import pytest
from django.core.exceptions import PermissionDenied
from tests.lessons import made

from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import AuditEvent, Task, User
from taawun.foundation.steps import Refused, perform
from taawun.lessons import actions, queries

INSIDE = {"knowledge", "desk", "jica-approver", "mofa-approver", "mm-office", "post-officer"}
OUTSIDE = {
    "la-officer",
    "la-office",
    "la-coordinator",
    "mm-coordinator",
    "amci-desk",
    "amci-knowledge",
    "sn-officer",
    "evaluator",
    "comms-opinion",
}


@pytest.mark.parametrize("state", ["draft", "analysed"])
def test_a_lesson_that_grows_is_seen_by_its_side_alone(world, state):
    lesson = made.a_lesson(state)

    seers = {slug for slug in INSIDE | OUTSIDE if lesson in queries.lessons_visible_to(made.who(slug))}

    assert seers == INSIDE
    assert {slug for slug in INSIDE | OUTSIDE if queries.is_inside(lesson, made.who(slug))} == INSIDE


@pytest.mark.parametrize("state", ["certified", "retired"])
def test_a_certified_lesson_is_seen_by_everyone_signed_in(world, state):
    lesson = made.a_lesson(state)
    nobody = User.objects.create_user("nobody@example.org", display_name="Without a post")

    assert lesson in queries.lessons_visible_to(nobody)
    assert all(lesson in queries.lessons_visible_to(made.who(slug)) for slug in INSIDE | OUTSIDE)


def test_an_evaluator_named_by_the_desk_drafts_and_still_sees_the_lesson(world):
    operation = made.an_operation("evaluated")
    made.evaluated_by(operation, "evaluator")

    lesson = made.a_lesson("draft", operation, by="evaluator")

    assert lesson.drafted_by == made.body("ex-evaluators")
    assert lesson in queries.lessons_visible_to(made.who("evaluator"))


def test_a_drafted_lesson_is_numbered_carries_the_operations_codes_and_waits_on_the_knowledge_officer(world):
    operation = made.an_operation("evaluated")

    first, second = made.a_lesson("draft", operation), made.a_lesson("draft", operation)

    year = first.created_at.year
    assert [first.code, second.code] == [f"LES-{year}-0001", f"LES-{year}-0002"]
    assert (first.country_id, first.sector_id, first.modality_id) == (
        operation.country_id,
        operation.sector_id,
        operation.modality_id,
    )
    task = Task.objects.get(kind="lesson", subject_id=first.pk)
    assert (task.act, task.organisation_id, task.role) == ("analyse", operation.provider_id, "knowledge")


@pytest.mark.parametrize("slug", ["la-officer", "la-office", "amci-desk", "evaluator", "mofa-approver"])
def test_who_has_no_part_in_the_operation_drafts_nothing(world, slug):
    with pytest.raises(PermissionDenied):
        made.a_lesson("draft", by=slug)


def test_certifying_asks_for_the_four_texts_each_named(world):
    lesson = made.a_lesson("analysed", cause="", conditions=" ")

    with pytest.raises(Refused) as refusal:
        perform(lesson, "certify", actor=made.who("knowledge"))

    assert [str(o) for o in refusal.value.obstacles] == [
        "Give the cause",
        "Say under which conditions it holds",
    ]


def test_a_certified_lesson_carries_the_day(world):
    lesson = made.a_lesson("certified")

    event = AuditEvent.objects.get(kind="lesson", step="certify")
    assert lesson.certified_on == event.acted_on


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer", "amci-knowledge", "la-officer"])
def test_only_the_providers_knowledge_officer_certifies(world, slug):
    lesson = made.a_lesson("analysed")

    with pytest.raises(Refused):
        perform(lesson, "certify", actor=made.who(slug))

    lesson.refresh_from_db()
    assert lesson.state == "analysed"


@pytest.mark.parametrize(
    ("state", "writers"),
    [
        ("draft", {"post-officer", "knowledge"}),
        ("analysed", {"knowledge"}),
    ],
)
def test_its_author_writes_the_draft_and_the_knowledge_officer_until_it_is_certified(world, state, writers):
    lesson = made.a_lesson(state)

    able = set()
    for slug in INSIDE:
        lesson.refresh_from_db()
        try:
            actions.edit_lesson(
                lesson=lesson,
                values={"cause": f"Seen by {slug}"},
                actor=made.who(slug),
                base_version=lesson.version,
            )
            able.add(slug)
        except PermissionDenied:
            continue

    assert able == writers


def test_a_returned_lesson_is_its_authors_again(world):
    lesson = perform(
        made.a_lesson("analysed"), "return", actor=made.who("knowledge"), reason="Which offices?"
    )

    actions.edit_lesson(
        lesson=lesson,
        values={"cause": "All offices."},
        actor=made.who("post-officer"),
        base_version=lesson.version,
    )

    lesson.refresh_from_db()
    assert lesson.cause == "All offices."


def test_a_stale_edit_is_told_both_versions_and_a_certified_lesson_stands(world):
    lesson = made.a_lesson("analysed")
    stale = lesson.version
    actions.edit_lesson(
        lesson=lesson, values={"cause": "One"}, actor=made.who("knowledge"), base_version=stale
    )

    with pytest.raises(Conflict):
        actions.edit_lesson(
            lesson=lesson, values={"cause": "Two"}, actor=made.who("knowledge"), base_version=stale
        )
    certified = perform(lesson, "certify", actor=made.who("knowledge"))
    with pytest.raises(Frozen):
        actions.edit_lesson(
            lesson=certified,
            values={"cause": "Two"},
            actor=made.who("knowledge"),
            base_version=certified.version,
        )


def test_retiring_asks_for_a_reason(world):
    with pytest.raises(Refused) as refusal:
        perform(made.a_lesson("certified"), "retire", actor=made.who("knowledge"))

    assert [str(o) for o in refusal.value.obstacles] == ["Give the reason."]
