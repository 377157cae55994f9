"""What is offered to a request and to an operation, and what is kept of it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from tests.lessons import made

from taawun.cycle.models import CooperationRequest, ProviderSettings
from taawun.foundation import clock
from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.ports import registry
from taawun.foundation.steps import Context, Refused, checklist
from taawun.lessons import actions, queries
from taawun.lessons.models import Citation, SimilarSeen
from taawun.reference import names


def codes(offers) -> list[str]:
    return [offer.code for offer in offers]


def test_the_postal_lesson_of_myanmar_is_offered_to_the_postal_request_of_laos_with_the_reasons(world):
    lesson = made.a_lesson()

    offers = registry.services["lessons-for-request"](made.a_request("draft"))

    assert codes(offers) == [lesson.code]
    assert offers[0].reasons == [
        "Same sector: Postal services",
        "Same region: South-eastern Asia",
        "Same form of cooperation: Technical cooperation project",
        "Words in common: delivery, post, measure, office, sorting, mail",
    ]


@pytest.mark.parametrize(("language", "sector"), [("fr", "Services postaux"), ("ar", "Postal services")])
def test_the_reasons_are_told_in_the_readers_language(world, language, sector):
    made.a_lesson()

    with translation.override(language):
        told = registry.services["lessons-for-request"](made.a_request())[0].reasons

    assert len(told) == 4
    assert all(told)
    assert told[0].endswith(sector)
    assert {"fr": "Asie du Sud-Est", "ar": "جنوب شرق آسيا"}[language] in told[1]


@pytest.mark.parametrize("state", ["draft", "analysed", "retired"])
def test_only_certified_lessons_are_offered(world, state):
    made.a_lesson(state)

    assert queries.offers_for_request(made.a_request()) == []


def test_a_lesson_of_another_world_is_not_offered(world):
    far = made.an_operation("evaluated", country_id="country:SN", sector_id="sector:11120", title="Schools")
    made.a_lesson(
        operation=far, title="Train teachers", situation="Pupils", countermeasure="Books", keywords=""
    )

    assert queries.offers_for_request(made.a_request()) == []


def test_a_request_is_not_offered_what_its_own_operation_taught(world):
    coop_request = made.a_request("confirmed")
    own = made.an_operation("closed", coop_request=coop_request)
    made.a_lesson(operation=own)
    other = made.a_lesson()

    assert codes(queries.offers_for_request(coop_request)) == [other.code]
    assert len(queries.offers_for_request(made.a_request())) == 2


def test_what_is_not_saved_yet_is_offered_lessons_too(world):
    lesson = made.a_lesson()

    offers = registry.services["lessons-for-facts"](
        sector_id=made.POSTAL, country_id="country:LA", title="Post"
    )

    assert codes(offers) == [lesson.code]


def test_never_more_than_the_provider_set(world):
    source = made.an_operation("evaluated")
    for _number in range(6):
        made.a_lesson(operation=source)
    coop_request = made.a_request()

    five = queries.offers_for_request(coop_request)
    ProviderSettings.objects.update(lessons_offered=2)
    read_anew = CooperationRequest.objects.get(pk=coop_request.pk)

    assert len(five) == 5
    assert codes(queries.offers_for_request(read_anew)) == codes(five)[:2]


@pytest.mark.parametrize("number", [1, 3])
def test_four_statements_find_the_lessons_however_many(world, django_assert_num_queries, number):
    source = made.an_operation("evaluated")
    for _n in range(number):
        made.a_lesson(operation=source)
    coop_request = made.a_request()
    names.known()

    with django_assert_num_queries(4):
        found = len(queries.offers_for_request(coop_request))

    assert found == number


# ── Seen at review ──


def test_a_review_waits_until_the_desk_has_seen_what_resembles_the_request(world):
    coop_request = made.a_request()
    step = coop_request.workflow.named("open-review")

    before = [line.ok for line in checklist(coop_request, step)]
    actions.mark_similar_seen(coop_request=coop_request, actor=made.who("desk"))

    assert before == [False]
    assert [line.ok for line in checklist(coop_request, step)] == [True]


def test_what_was_seen_is_kept_as_it_was_and_entered_for_the_provider_alone(world):
    lesson = made.a_lesson()
    coop_request = made.a_request()

    seen = actions.mark_similar_seen(coop_request=coop_request, actor=made.who("desk"))

    citation = Citation.objects.get(coop_request=coop_request)
    event = AuditEvent.objects.get(kind="request", step="similar-seen")
    assert (seen.lessons, seen.cases) == (1, 1)
    assert (citation.lesson_id, citation.rank, citation.seen_by) == (lesson.pk, 1, made.who("desk"))
    assert citation.reasons[0] == {"slug": "same-sector", "value": "sector:22012"}
    assert event.audience_id == coop_request.provider_id


def test_nothing_found_is_recorded_too_and_a_second_look_changes_nothing(world):
    coop_request = made.a_request()

    first = actions.mark_similar_seen(coop_request=coop_request, actor=made.who("desk"))
    second = actions.mark_similar_seen(coop_request=coop_request, actor=made.who("desk"))

    assert first == second
    assert SimilarSeen.objects.get().found == 0
    assert AuditEvent.objects.filter(step="similar-seen").count() == 1


def test_similar_cases_pass_through_the_readers_gates(world):
    postal = made.an_operation("in_implementation")
    made.an_operation("planning", sector_id="sector:11120", country_id="country:SN")
    coop_request = made.a_request()

    desk = queries.similar_cases(coop_request, made.who("desk"))
    partner = queries.similar_cases(coop_request, made.who("la-officer"))

    assert [(found.case, found.why) for found in desk] == [(postal, ["Same sector: Postal services"])]
    assert partner == []


def test_what_was_not_seen_before_the_review_is_not_recorded_after_it(world):
    with pytest.raises(Refused):
        actions.mark_similar_seen(coop_request=made.a_request("under_review"), actor=made.who("desk"))

    assert not SimilarSeen.objects.exists()


# ── Answered before appraisal ──


def test_an_operation_that_opens_is_offered_lessons_and_they_wait_on_the_desk(world):
    lesson = made.a_lesson()
    operation = made.an_operation()
    ctx = Context(None, None, None, None, {"operation": operation}, "", None, None)

    registry.effects["offer-lessons"](made.a_request("confirmed"), ctx)

    assert [c.lesson for c in queries.citations_of(operation)] == [lesson]
    task = Task.objects.get(kind="operation", act="answer-lessons")
    assert (task.organisation_id, task.role) == (operation.provider_id, "desk")


def test_a_lesson_certified_later_is_not_slipped_in(world):
    made.a_lesson()
    operation = made.an_operation()
    held = made.offered(operation)

    made.a_lesson(title="A newer lesson on postal delivery")

    assert made.offered(operation) == held


def test_an_operation_is_not_offered_what_it_taught_itself(world):
    operation = made.an_operation()
    made.a_lesson(operation=operation)

    assert made.offered(operation) == []


def test_each_lesson_must_be_answered_and_the_obstacle_names_it(world):
    lesson = made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)
    check = registry.requirements["lessons-answered"].check

    missing = list(check(operation))
    actions.answer_lesson(
        citation=citation, answer="applied", how="Weekly sheets.", actor=made.who("desk"), base_version=1
    )

    assert [(str(o), o.link) for o in missing] == [
        (
            f"The lesson “{lesson.title}” is not answered: applied how, or not applicable why",
            f"/operations/{operation.pk}/lessons/{citation.pk}/",
        )
    ]
    assert list(check(operation)) == []
    assert not Task.objects.filter(act="answer-lessons").exists()
    assert [(a.answer, a.how) for a in queries.answers_of(operation)] == [("applied", "Weekly sheets.")]
    assert AuditEvent.objects.get(step="lesson-answered").organisation_id == operation.provider_id


def test_where_none_was_offered_nothing_is_required(world):
    assert list(registry.requirements["lessons-answered"].check(made.an_operation())) == []


def test_of_two_answers_given_at_once_the_second_is_shown_both(world):
    made.a_lesson()
    [citation] = made.offered(made.an_operation())
    common = {"citation": citation, "base_version": 1}

    actions.answer_lesson(answer="applied", how="Weekly sheets.", actor=made.who("desk"), **common)
    with pytest.raises(Conflict) as conflict:
        actions.answer_lesson(
            answer="not-applicable", how="No offices.", actor=made.who("mm-office"), **common
        )

    assert conflict.value.theirs == {"answer": "applied", "how": "Weekly sheets."}
    assert conflict.value.mine == {"answer": "not-applicable", "how": "No offices."}
    assert Citation.objects.get(pk=citation.pk).answer == "applied"


def test_an_answer_stands_once_the_operation_is_appraised(world):
    made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)
    type(operation).objects.filter(pk=operation.pk).update(state="appraised")

    with pytest.raises(Frozen):
        actions.answer_lesson(
            citation=citation, answer="applied", how="Late.", actor=made.who("desk"), base_version=1
        )


def test_the_database_refuses_an_answer_without_a_reason(world):
    made.a_lesson()
    [citation] = made.offered(made.an_operation())

    with pytest.raises(IntegrityError), transaction.atomic():
        Citation.objects.filter(pk=citation.pk).update(answer="applied", answered_on="2026-01-01")


def test_the_evaluator_says_whether_it_helped(world):
    made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)
    actions.answer_lesson(
        citation=citation, answer="applied", how="Weekly.", actor=made.who("desk"), base_version=1
    )
    type(operation).objects.filter(pk=operation.pk).update(state="ex_post_due")
    made.evaluated_by(operation, "evaluator")

    actions.tell_outcome(
        citation=citation,
        result="helped",
        outcome="Delivery times halved.",
        actor=made.who("evaluator"),
        base_version=2,
    )

    [held] = queries.answers_of(operation)
    assert (held.result, held.outcome) == ("helped", "Delivery times halved.")
    assert (held.told_by, held.told_on) == (made.who("evaluator"), clock.today())


def test_an_applied_lesson_counts_once_the_operation_is_agreed(world):
    lesson = made.a_lesson()
    operation = made.an_operation()
    [citation] = made.offered(operation)
    actions.answer_lesson(
        citation=citation, answer="applied", how="Weekly.", actor=made.who("desk"), base_version=1
    )

    planned = queries.applied_counts([lesson.pk])
    type(operation).objects.filter(pk=operation.pk).update(state="agreed")

    assert planned == {}
    assert queries.offers_for_request(made.a_request())[0].cited_count == 1
