"""Mail leaves once at most, in the language of its reader, and never without the act it tells of."""

import threading
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from tests.factories import a_person, a_request, who

from taawun.foundation import clock, jobs, outbox, sending
from taawun.foundation.models import OutboxMessage
from taawun.foundation.steps import Refused, perform


class Broken(BaseEmailBackend):
    """The server breaks off after it was given the mail: nobody knows whether it arrived."""

    tried: list[str] = []

    def send_messages(self, email_messages):
        self.tried.extend(to for message in email_messages for to in message.to)
        raise SMTPServerDisconnected("Connection unexpectedly closed")


@pytest.fixture
def broken(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    Broken.tried = []
    return Broken.tried


def a_message(**more):
    values = {"user": who("desk"), "subject": "Something waits", "body": "Open your desk.", "dedupe": "x"}
    return OutboxMessage.objects.create(**(values | more))


def state_of(message):
    return OutboxMessage.objects.values_list("status", flat=True).get(pk=message.pk)


def queued_jobs():
    jobs_held = apps.get_model("procrastinate", "ProcrastinateJob").objects
    return list(
        jobs_held.filter(task_name="foundation.send_message").order_by("id").values_list("args", flat=True)
    )


def after_a_step(*, rolled_back=False):
    case = a_request("submitted")
    with transaction.atomic():
        perform(case, "retain", actor=who("mm-coordinator"))
        held = list(OutboxMessage.objects.order_by("id"))
        transaction.set_rollback(rolled_back)
    return held


def test_a_message_is_sent_once_however_often_its_job_runs(world):
    message = a_message()

    for _ in range(3):
        jobs.send_message(message.pk)

    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [
        (["desk@example.org"], "Something waits", "Open your desk.")
    ]
    assert state_of(message) == "sent"
    assert OutboxMessage.objects.get().sent_at is not None


def test_it_is_claimed_before_it_leaves(world, monkeypatch):
    message, seen = a_message(), []
    monkeypatch.setattr(sending.EmailMessage, "send", lambda self: seen.append(state_of(message)))

    sending.send(message.pk)

    assert seen == ["claimed"]


@pytest.mark.parametrize("status", ["claimed", "sent", "failed", "uncertain"])
def test_only_a_queued_message_is_sent(world, status):
    message = a_message(status=status, claimed_at=clock.now())

    sending.send(message.pk)

    assert (mail.outbox, state_of(message)) == ([], status)


def test_what_breaks_off_is_uncertain_and_never_tried_again(world, broken):
    message = a_message()

    sending.send(message.pk)
    sending.send(message.pk)

    assert broken == ["desk@example.org"]
    assert state_of(message) == "uncertain"
    assert OutboxMessage.objects.get().error == "Connection unexpectedly closed"


def test_what_a_killed_worker_was_sending_becomes_uncertain_and_is_not_sent_again(world):
    message = a_message(status="claimed", claimed_at=clock.now() - timedelta(minutes=11))

    found = sending.mark_abandoned()
    jobs.send_message(message.pk)

    assert (found, state_of(message), mail.outbox) == (1, "uncertain", [])


def test_what_is_being_sent_now_is_left_in_peace(world):
    message = a_message(status="claimed", claimed_at=clock.now() - timedelta(minutes=9))

    assert (sending.mark_abandoned(), state_of(message)) == (0, "claimed")


def test_the_job_is_queued_with_the_message(world):
    [message] = after_a_step()

    assert queued_jobs() == [{"message_id": message.pk}]


def test_a_step_that_is_undone_leaves_neither_message_nor_job(world):
    [_message] = after_a_step(rolled_back=True)

    assert (list(OutboxMessage.objects.all()), queued_jobs()) == ([], [])


def test_nothing_is_queued_before_the_commit(committed_world):
    """Asked over another connection, while the step's transaction is still open."""
    case = a_request("submitted")
    other = connection.copy()
    with transaction.atomic():
        perform(case, "retain", actor=who("mm-coordinator"))
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs")
            during = cursor.fetchone()
        transaction.set_rollback(True)
    with other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        after = cursor.fetchone()
    other.close()

    assert (during, after) == ((0,), (0,))


def test_a_refused_step_tells_nobody(world):
    case = a_request("submitted")

    with pytest.raises(Refused):
        perform(case, "return", actor=who("mm-coordinator"))

    assert (OutboxMessage.objects.count(), queued_jobs()) == (0, [])


def test_each_reader_is_told_in_their_language_and_the_subject_tells_no_title(world):
    for language in ("fr", "ar"):
        officer = a_person("coordination", "mm-coordination")
        officer.keep_language(language)
    case = a_request("submitted")
    perform(case, "retain", actor=who("mm-coordinator"))

    told = {m.user.language: m for m in OutboxMessage.objects.select_related("user")}

    assert sorted(told) == ["ar", "en", "fr"]
    assert told["en"].subject == f"Taawun: something waits on you ({case.code})"
    assert told["en"].body.startswith(f"Rank and forward\n\n{case.title}\n")
    assert len({m.subject for m in told.values()}) == 3
    assert len({m.body.partition("\n")[0] for m in told.values()}) == 3
    assert [m.user.language for m in told.values() if case.code not in m.subject] == []
    assert [m.user.language for m in told.values() if case.title in m.subject] == []


def test_a_case_without_a_number_is_told_by_another_number_not_by_its_title(world):
    case = a_request("idea")
    perform(case, "prepare", actor=who("post-officer"))

    assert [m.subject for m in OutboxMessage.objects.all()] == [f"Taawun: something waits on you ({case.pk})"]


def test_an_account_that_was_closed_is_not_written_to(world):
    officer = a_person("coordination", "mm-coordination")
    officer.is_active = False
    officer.save()

    told = [m.user.email for m in after_a_step()]

    assert told == ["mm-coordinator@example.org"]


def test_quietly_made_cases_tell_nobody(world):
    case = a_request("submitted")
    with outbox.quiet():
        perform(case, "retain", actor=who("mm-coordinator"))

    assert OutboxMessage.objects.count() == 0


def test_rescuing_runs_stalled_jobs_again_and_marks_what_was_abandoned(world, monkeypatch):
    again, marked = [], []

    class Manager:
        async def get_stalled_jobs(self, seconds_since_heartbeat):
            return [Job(seconds_since_heartbeat)]

        async def retry_job(self, job):
            again.append(job.id)

    class Job:
        def __init__(self, number):
            self.id = number

    class Context:
        class app:
            job_manager = Manager()

    monkeypatch.setattr(sending, "mark_abandoned", lambda: marked.append(threading.current_thread()))

    async_to_sync(jobs.rescue_stalled.func)(Context, 0)

    assert again == [30]
    assert marked == [threading.current_thread()]  # where the database connections are looked after
