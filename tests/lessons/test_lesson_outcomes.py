"""A lesson that was applied: whether it helped, who says so, who reads it when."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.evaluation import made as evaluations
from tests.lessons import made

from taawun.cycle.models import Operation
from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused
from taawun.lessons import actions, queries
from taawun.lessons.models import Citation


@pytest.fixture
def as_(client, world):
    """The browser of a player of the cast."""

    def sign_in(slug: str):
        client.force_login(made.who(slug))
        return client

    return sign_in


def cited(lesson, state="ex_post_due", answer="applied", **changes):
    """An operation that answered the lesson, led to a state, with its evaluator."""
    operation = made.an_operation(**changes)
    citation = next(one for one in made.offered(operation) if one.lesson_id == lesson.pk)
    actions.answer_lesson(
        citation=citation, answer=answer, how="Weekly.", actor=made.who("desk"), base_version=citation.version
    )
    Operation.objects.filter(pk=operation.pk).update(state=state)
    made.evaluated_by(operation, "evaluator")
    return Citation.objects.get(pk=citation.pk)


def judged(citation, result="helped", outcome="Times halved.", slug="evaluator"):
    return actions.tell_outcome(
        citation=citation, result=result, outcome=outcome, actor=made.who(slug), base_version=citation.version
    )


def in_state(citation, state):
    Operation.objects.filter(pk=citation.operation_id).update(state=state)


def at(citation):
    return reverse("lessons:outcome", args=[citation.operation_id, citation.pk])


def test_the_evaluator_says_on_its_page_whether_a_lesson_helped(as_):
    citation = cited(made.a_lesson())
    browser = as_("evaluator")

    shown = browser.get(at(citation))
    empty = browser.post(at(citation), {"result": "helped", "outcome": " ", "base_version": "2"})
    saved = browser.post(
        at(citation), {"result": "helped-partly", "outcome": "In towns.", "base_version": "2"}
    )
    stale = browser.post(at(citation), {"result": "helped", "outcome": "Everywhere.", "base_version": "2"})

    held = Citation.objects.get(pk=citation.pk)
    assert "Weekly." in shown.content.decode()
    assert (empty.status_code, saved.status_code, stale.status_code) == (422, 302, 409)
    assert (held.result, held.outcome) == ("helped-partly", "In towns.")
    event = AuditEvent.objects.get(step="lesson-outcomes")
    assert (event.organisation_id, event.detail.data) == (made.body("ex-evaluators").pk, {})


@pytest.mark.parametrize("slug", ["desk", "mm-office", "post-officer", "la-officer"])
def test_nobody_else_says_so(world, slug):
    citation = cited(made.a_lesson())

    with pytest.raises(PermissionDenied):
        judged(citation, slug=slug)


@pytest.mark.parametrize("state", ["evaluated", "closed"])
def test_it_is_said_while_the_evaluation_is_due(as_, state):
    citation = cited(made.a_lesson())
    in_state(citation, state)

    with pytest.raises(Frozen):
        judged(citation)

    assert as_("evaluator").get(at(citation)).status_code == 409


def test_of_a_lesson_nobody_answered_nothing_is_said(as_):
    made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)
    in_state(citation, "ex_post_due")
    made.evaluated_by(operation, "evaluator")

    with pytest.raises(Refused):
        judged(citation)

    assert as_("evaluator").get(at(citation)).status_code == 404


def test_the_second_of_two_saves_gets_both(world):
    citation = cited(made.a_lesson())
    judged(citation)

    with pytest.raises(Conflict) as conflict:
        judged(citation, "did-not-help", "It did not.")

    assert conflict.value.theirs == {"result": "helped", "outcome": "Times halved."}


def test_the_database_refuses_a_result_without_words(world):
    citation = cited(made.a_lesson())

    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(result="helped")


# ── What the evaluation asks and shows ──


def obstacles(operation):
    check = registry.requirements["evaluation-complete"].check
    return [str(one) for one in check(operation) if "lesson" in str(one)]


def test_the_evaluation_is_not_complete_before_each_lesson_applied_is_judged(world):
    lesson, other = made.a_lesson(), made.a_lesson(title="Give carriers bags first")
    operation = made.an_operation()
    citations = {one.lesson_id: one for one in made.offered(operation)}
    for one, answer in ((lesson, "applied"), (other, "not-applicable")):
        actions.answer_lesson(
            citation=citations[one.pk], answer=answer, how="So.", actor=made.who("desk"), base_version=1
        )
    in_state(citations[lesson.pk], "ex_post_due")
    evaluations.on_the_day()
    evaluator = evaluations.an_evaluator()
    evaluations.name(Operation.objects.get(pk=operation.pk), evaluator)

    before = obstacles(Operation.objects.get(pk=operation.pk))
    actions.tell_outcome(
        citation=citations[lesson.pk],
        result="cannot-be-told",
        outcome="No data.",
        actor=evaluator,
        base_version=2,
    )

    assert before == [f"It is not said whether the lesson “{lesson.title}”, which was applied, helped."]
    assert obstacles(Operation.objects.get(pk=operation.pk)) == []


def test_page_and_paper_of_the_evaluation_show_the_lessons_cited(as_, world):
    lesson = made.a_lesson()
    citation = cited(lesson, "planning")
    operation = Operation.objects.get(pk=citation.operation_id)
    in_state(citation, "ex_post_due")
    evaluations.on_the_day()
    evaluator = evaluations.an_evaluator()
    evaluations.name(Operation.objects.get(pk=operation.pk), evaluator)
    actions.tell_outcome(
        citation=citation, result="helped", outcome="Times halved.", actor=evaluator, base_version=2
    )
    in_state(citation, "evaluated")
    browser = as_("post-officer")

    page = browser.get(reverse("evaluation:evaluation", args=[operation.pk]))
    paper = browser.get(reverse("evaluation:paper", args=[operation.pk]))

    assert page.context["cited"] == [citation]
    assert ["Times halved." in answer.content.decode() for answer in (page, paper)] == [True, True]
    assert at(citation) not in page.content.decode()


# ── Who reads it when ──


def test_what_an_evaluator_finds_is_theirs_until_the_evaluation_is_recorded(as_):
    lesson = made.a_lesson()
    citation = cited(lesson)
    judged(citation)
    tab = f"/operations/{citation.operation_id}/lessons/"

    def reads(slug):
        browser = as_(slug)
        return [
            "Times halved." in browser.get(address).content.decode()
            for address in (tab, lesson.get_absolute_url())
        ]

    before = {slug: reads(slug) for slug in ("evaluator", "desk", "post-officer")}
    in_state(citation, "evaluated")
    after = {slug: reads(slug) for slug in ("evaluator", "desk", "post-officer")}

    assert before == {"evaluator": [True, False], "desk": [False, False], "post-officer": [False, False]}
    assert after == {"evaluator": [True, True], "desk": [True, True], "post-officer": [True, True]}


def test_of_operations_a_reader_may_not_see_the_lessons_page_tells_numbers_alone(as_):
    lesson = made.a_lesson()
    for state, result in (("evaluated", "helped"), ("closed", "helped"), ("ex_post_due", "did-not-help")):
        citation = cited(lesson, title="Secret postal plan")
        judged(citation, result)
        in_state(citation, state)
    cited(lesson, "in_implementation", "not-applicable")
    cited(lesson, "planning")

    outside = queries.uses_of(lesson, made.who("la-officer"))
    inside = queries.uses_of(lesson, made.who("desk"))
    page = as_("la-officer").get(lesson.get_absolute_url()).content.decode()

    assert outside.seen == []
    assert [(one.answer, one.result, one.number) for one in outside.others] == [
        ("applied", "", 1),
        ("applied", "helped", 2),
        ("not-applicable", "", 1),
    ]
    assert (len(inside.seen), inside.others) == (5, [])
    assert (outside.applied, inside.applied) == (3, 3)
    assert "In operations that you may not see" in page
    assert ["Secret postal plan" in page, "Times halved." in page] == [False, False]


@pytest.mark.parametrize(("slug", "status"), [("la-officer", 404), ("amci-desk", 404), ("desk", 403)])
def test_the_page_is_the_evaluators(as_, slug, status):
    citation = cited(made.a_lesson())

    assert as_(slug).get(at(citation)).status_code == status
