"""Asking and answering: who may, what waits on whom, what is refused, and that nothing moves."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from taawun.cycle.models import CooperationRequest, Operation
from taawun.directory.models import Organisation
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, OutboxMessage, Task
from taawun.foundation.steps import Refused, perform
from taawun.foundation.tasks import sync_tasks
from taawun.letters import actions, asked
from taawun.letters.asking import history
from taawun.letters.models import Question
from taawun.letters.seats import PartySeat, seats_of
from taawun.workspace.demo.cast import BY_SLUG, organisation, user
from tests.cycle.made import derived_tasks, held_tasks, in_words, signed_in
from tests.factories import a_request
from tests.letters.made import a_question, seat_of
from tests.meetings.made import an_operation

pytestmark = pytest.mark.usefixtures("world")


def waiting(case) -> set[tuple[str, str, str, object]]:
    """What questions have put on desks: act, office, role, by when."""
    names = {
        body.pk: body.slug for body in map(organisation, ("mm-post", "mm-coordination", "jica-mm", "jica"))
    }
    return {
        (spec.act, names[spec.organisation_id], spec.role, spec.due)
        for spec in held_tasks(case)
        if (spec.ref and "question" in spec.act) or "time" in spec.act or ("answer" in spec.act and spec.ref)
    }


def test_a_question_waits_on_the_seat_that_is_asked_until_it_is_answered_and_read():
    operation = an_operation()
    question = a_question(operation)
    assert waiting(operation) == {("answer-question", "mm-post", "line-officer", question.due_on)}

    actions.answer_question(question, "Four.", actor=user("post-officer"))
    assert waiting(operation) == {("read-answer", "jica-mm", "country-office", None)}

    actions.mark_read(question, actor=user("mm-office"))
    assert waiting(operation) == set()


def test_the_desk_shows_the_question_with_its_deadline_and_leads_to_the_answer():
    operation = an_operation()
    question = a_question(operation, due_on=clock.today() + timedelta(days=1))

    lines = [
        line for group in signed_in("post-officer").get("/desk/").context["groups"] for line in group.lines
    ]

    assert [(str(line.act), line.due, line.url) for line in lines if line.url.startswith("/questions/")] == [
        ("Answer a question", question.due_on, f"/questions/{question.pk}/answer/")
    ]


def test_the_seat_that_is_asked_is_told_by_mail():
    a_question(an_operation())

    mails = [mail for mail in OutboxMessage.objects.all() if "Answer a question" in mail.body]
    assert [mail.user for mail in mails] == [user("post-officer")]
    assert "counters" not in mails[0].body


def test_a_question_moves_no_state_and_no_version():
    operation = an_operation()
    before = Operation.objects.values("state", "state_since", "version").get(pk=operation.pk)

    question = a_question(operation)
    actions.ask_more_time(
        question, question.due_on + timedelta(days=3), "Count first.", actor=user("post-officer")
    )
    actions.settle_more_time(question, True, actor=user("mm-office"))
    actions.answer_question(question, "Four.", actor=user("post-officer"))

    assert Operation.objects.values("state", "state_since", "version").get(pk=operation.pk) == before


def test_the_record_tells_each_act_with_its_seat():
    operation = an_operation()
    question = a_question(operation)
    actions.answer_question(question, "Four.", actor=user("post-officer"))
    actions.withdraw_question(a_question(operation), "Settled by telephone.", actor=user("mm-office"))

    events = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk).order_by("id")
    assert [(e.step, e.actor, e.role) for e in events] == [
        ("question-asked", user("mm-office"), "country-office"),
        ("question-answered", user("post-officer"), "line-officer"),
        ("question-asked", user("mm-office"), "country-office"),
        ("question-withdrawn", user("mm-office"), "country-office"),
    ]


def test_questions_of_a_case_are_numbered_without_gap():
    operation, other = an_operation(), an_operation()

    assert [a_question(operation).number, a_question(other).number, a_question(operation).number] == [1, 1, 2]


PAIRS = [
    ("post-officer", "mm-coordinator"),
    ("post-officer", "mm-office"),
    ("mm-coordinator", "desk"),
    ("mm-office", "post-officer"),
    ("mm-office", "desk"),
    ("desk", "mm-office"),
]


@pytest.mark.parametrize(("asker", "to"), PAIRS)
def test_each_party_asks_each_other_on_an_operation(asker, to):
    question = a_question(an_operation(), asker, to)

    assert actions.answer_question(question, "So.", actor=user(to)).answered_by == user(to)


@pytest.mark.parametrize("actor", ["desk", "knowledge", "la-officer", "mm-coordinator"])
def test_nobody_asks_from_a_seat_they_do_not_hold(actor):
    operation = an_operation()

    with pytest.raises(PermissionDenied):
        actions.ask_question(
            operation,
            asker=seat_of(operation, "mm-office"),
            asked=seat_of(operation, "post-officer"),
            part="",
            subject="x",
            text="x",
            due_on=clock.today(),
            actor=user(actor),
        )

    assert not Question.objects.exists()


def test_everything_wrong_with_a_question_is_told_at_once():
    operation = an_operation()
    stranger = PartySeat(organisation("la-post"), organisation("la-post"), "line-officer")

    with pytest.raises(Refused) as refused:
        actions.ask_question(
            operation,
            asker=seat_of(operation, "mm-office"),
            asked=stranger,
            part="nothing",
            subject=" ",
            text=" ",
            due_on=clock.today() - timedelta(days=1),
            actor=user("mm-office"),
        )

    assert in_words(refused) == [
        "Choose another party of this case.",
        "Choose a part of this case.",
        "Write the question.",
        "The answer cannot be expected before today.",
    ]


def test_nothing_is_asked_of_a_closed_operation():
    with pytest.raises(Refused) as refused:
        a_question(an_operation("closed"))

    assert in_words(refused) == ["Nothing is asked any more: the case is now “Closed”."]


# ── Answering ──


@pytest.mark.parametrize("slug", sorted(set(BY_SLUG) - {"post-officer"}))
def test_only_the_seat_that_is_asked_answers(slug):
    question = a_question(an_operation())

    with pytest.raises(PermissionDenied):
        actions.answer_question(question, "Four.", actor=user(slug))

    question.refresh_from_db()
    assert question.answered_on is None


def test_a_question_is_answered_once():
    question = a_question(an_operation())
    actions.answer_question(question, "Four.", actor=user("post-officer"))

    with pytest.raises(editing.Frozen):
        actions.answer_question(question, "Five.", actor=user("post-officer"))

    question.refresh_from_db()
    assert question.answer == "Four."


def test_an_empty_answer_is_refused():
    with pytest.raises(Refused) as refused:
        actions.answer_question(a_question(an_operation()), " \n", actor=user("post-officer"))

    assert in_words(refused) == ["Write the answer."]


def test_a_question_past_its_day_is_late_and_may_still_be_answered():
    operation = an_operation()
    question = a_question(operation, due_on=clock.today())
    assert question.is_late() is False

    clock.set_today(clock.today() + timedelta(days=1))

    assert question.is_late() is True
    assert actions.answer_question(question, "Four.", actor=user("post-officer")).is_late() is False


# ── Withdrawing ──


def test_the_asker_withdraws_and_nothing_waits_any_more():
    operation = an_operation()
    question = a_question(operation)

    actions.withdraw_question(question, " Settled by telephone. ", actor=user("mm-office"))

    question.refresh_from_db()
    assert (question.withdrawn_reason, str(question.state), waiting(operation)) == (
        "Settled by telephone.",
        "withdrawn",
        set(),
    )


def test_a_question_is_withdrawn_by_its_asker_alone_with_a_reason_and_while_it_is_open():
    question = a_question(an_operation())

    with pytest.raises(PermissionDenied):
        actions.withdraw_question(question, "Mine.", actor=user("post-officer"))
    with pytest.raises(Refused):
        actions.withdraw_question(question, " ", actor=user("mm-office"))
    actions.answer_question(question, "Four.", actor=user("post-officer"))
    with pytest.raises(Refused):
        actions.withdraw_question(question, "Too late.", actor=user("mm-office"))


# ── More time ──


def test_a_later_deadline_holds_once_the_asker_agrees():
    operation = an_operation()
    question = a_question(operation)
    later = question.due_on + timedelta(days=7)

    actions.ask_more_time(question, later, "Count first.", actor=user("post-officer"))
    assert waiting(operation) == {
        ("answer-question", "mm-post", "line-officer", question.due_on),
        ("settle-more-time", "jica-mm", "country-office", None),
    }
    actions.settle_more_time(question, True, actor=user("mm-office"))

    assert waiting(operation) == {("answer-question", "mm-post", "line-officer", later)}


def test_a_deadline_the_asker_keeps_stays():
    operation = an_operation()
    question = a_question(operation)
    actions.ask_more_time(question, question.due_on + timedelta(days=7), "Count.", actor=user("post-officer"))

    actions.settle_more_time(question, False, actor=user("mm-office"))

    assert waiting(operation) == {("answer-question", "mm-post", "line-officer", question.due_on)}
    with pytest.raises(Refused):
        actions.settle_more_time(question, True, actor=user("mm-office"))


def test_more_time_is_asked_by_the_asked_and_agreed_to_by_the_asker():
    question = a_question(an_operation())
    later = question.due_on + timedelta(days=7)

    with pytest.raises(PermissionDenied):
        actions.ask_more_time(question, later, "x", actor=user("mm-office"))
    with pytest.raises(Refused):
        actions.ask_more_time(question, question.due_on, " ", actor=user("post-officer"))
    actions.ask_more_time(question, later, "Count.", actor=user("post-officer"))
    with pytest.raises(PermissionDenied):
        actions.settle_more_time(question, True, actor=user("post-officer"))


# ── On a request ──


def readers(question) -> set[str]:
    return {
        slug for slug in BY_SLUG if asked.questions_visible_to(user(slug)).filter(pk=question.pk).exists()
    }


def test_all_parties_of_an_operation_read_what_one_asks_another():
    operation = an_operation()

    assert readers(a_question(operation)) == {
        *("post-officer", "mm-coordinator", "mm-office"),
        *("desk", "knowledge", "jica-admin", "jica-approver", "mofa-approver"),
    }


def test_a_question_on_a_request_is_read_by_the_side_that_asks_and_the_side_that_is_asked():
    made = a_request("under_review")

    across = readers(a_question(made, "mm-office", "mm-coordinator"))

    assert across == {"mm-coordinator", "mm-office", "desk", "knowledge", "jica-approver", "mofa-approver"}


def test_what_the_provider_asks_within_its_own_side_is_not_told_to_the_partner():
    made = a_request("under_review")
    question = a_question(made, "desk", "mm-office", part="background", subject="")

    assert question.internal is True
    assert readers(question) == {"mm-office", "desk", "knowledge", "jica-approver", "mofa-approver"}
    event = AuditEvent.objects.get(kind="request", subject_id=made.pk, step="question-asked")
    assert event.audience_id == organisation("jica").pk
    for slug in ("post-officer", "mm-coordinator", "comms-opinion"):
        page = signed_in(slug).get(made.get_absolute_url()).content.decode()
        assert (
            "Saturdays" in page,
            "Answer a question" in page,
            "Question" in page.replace("Questions", ""),
        ) == (
            False,
            False,
            False,
        )
        assert signed_in(slug).get(question.get_absolute_url()).status_code == 404


def test_the_partners_own_question_before_the_list_leaves_is_not_read_by_the_provider_later():
    made = a_request("submitted")
    question = a_question(made, "mm-coordinator", "post-officer")
    CooperationRequest.objects.filter(pk=made.pk).update(forwarded_on=clock.today())

    assert readers(question) == {"mm-coordinator", "post-officer"}


def test_a_draft_asks_nobody_who_does_not_know_of_it():
    made = a_request("draft")

    assert asked.questions_visible_to(user("post-officer")).count() == 0
    assert [seat.through.slug for seat in seats_of(made)] == ["mm-post"]
    assert [seat.through.slug for seat in seats_of(a_request("submitted"))] == ["mm-post", "mm-coordination"]


def test_a_question_to_who_no_longer_knows_of_the_case_waits_until_they_do_again():
    made = a_request("submitted")
    a_question(made, "post-officer", "mm-coordinator")

    back = perform(made, "return", actor=user("mm-coordinator"), reason="Complete the site.")
    assert waiting(back) == set()
    again = perform(back, "submit", actor=user("post-officer"))

    assert {act for act, *_rest in waiting(again)} == {"answer-question"}


def test_a_request_that_came_to_nothing_asks_nobody_any_more():
    made = a_request("submitted")
    a_question(made, "mm-coordinator", "post-officer")

    done = perform(made, "not-retain", actor=user("mm-coordinator"), reason="Another year.")

    assert waiting(done) == set()


def test_the_desks_table_is_what_the_questions_say():
    operation = an_operation()
    question = a_question(operation)
    a_question(operation, "post-officer", "desk")
    actions.ask_more_time(question, question.due_on + timedelta(days=1), "x", actor=user("post-officer"))

    assert held_tasks(operation) == derived_tasks(operation)
    sync_tasks(Operation.objects.get(pk=operation.pk))
    assert Task.objects.filter(kind="operation", subject_id=operation.pk).count() == len(
        derived_tasks(operation)
    )


def test_for_a_party_on_paper_the_office_records_the_answer_on_its_behalf():
    Organisation.objects.filter(slug="mm-post").update(on_paper=True)
    operation = an_operation()
    question = a_question(operation, "desk", "post-officer")
    task = next(task for task in held_tasks(operation) if task.act == "answer-question")
    post, office = organisation("mm-post").pk, organisation("jica-mm").pk
    assert (task.organisation_id, task.role, task.on_behalf_of_id) == (office, "country-office", post)

    page = signed_in("mm-office").get(f"/questions/{question.pk}/answer/")
    assert "Myanmar Post</bdi> answers on paper" in page.content.decode()
    actions.answer_question(question, "Four.", actor=user("mm-office"))

    event = AuditEvent.objects.get(kind="operation", subject_id=operation.pk, step="question-answered")
    assert (event.organisation_id, event.on_behalf_of_id) == (office, post)
    told = history(Question.objects.get(), user("desk"))[0]["who"]
    assert told == "Programme officer, Myanmar office, JICA Myanmar Office, on behalf of Myanmar Post"


def test_where_the_party_signs_in_the_office_answers_nothing_for_it():
    question = a_question(an_operation(), "desk", "post-officer")

    with pytest.raises(PermissionDenied):
        actions.answer_question(question, "Four.", actor=user("mm-office"))


@pytest.mark.parametrize(
    "broken",
    [
        {"number": 0},
        {"number": 1},
        {"text": ""},
        {"subject": ""},
        {"answered_on": "2026-01-01"},
        {"due_on": "2000-01-01"},
        {"asked_through": "mm-office"},
    ],
    ids=str,
)
def test_the_database_itself_refuses_an_impossible_question(broken):
    question = a_question(an_operation())
    names = [field.attname for field in Question._meta.concrete_fields if field.name != "id"]
    values = {name: getattr(question, name) for name in names} | {"number": 2}
    if "asked_through" in broken:
        values |= {"asked_through_id": question.asker_through_id, "asked_role": question.asker_role}
        broken = {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(**values | broken)
