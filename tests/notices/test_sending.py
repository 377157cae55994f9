"""A mail server down for a day loses nothing, and no failure sends a mail twice."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from hypothesis import given, strategies as st

from taawun.foundation import clock, sending
from taawun.foundation.models import OutboxMessage
from tests.cycle.test_races import at_once
from tests.factories import who
from tests.notices.smtp import Server


@pytest.fixture
def server(settings):
    with Server() as held:
        settings.EMAIL_BACKEND = "taawun.foundation.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", held.port, 5
        yield held


@pytest.fixture
def nobody_there(settings):
    settings.EMAIL_BACKEND = "taawun.foundation.smtp.EmailBackend"
    with Server() as held:
        port = held.port
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # nobody listens there any more


@pytest.fixture
def time(monkeypatch):
    class Time:
        now = clock.now()

        def pass_by(self, **span):
            self.now += timedelta(**span)

    held = Time()
    monkeypatch.setattr(clock, "now", lambda: held.now)
    return held


def a_message(dedupe="x", **more):
    values = {"user": who("desk"), "subject": "Something waits", "body": "Open your desk.", "dedupe": dedupe}
    return OutboxMessage.objects.create(**(values | more))


def sent(message):
    sending.send(message.pk)
    message.refresh_from_db()
    return message


def test_what_the_server_takes_is_sent(world, server):
    message = sent(a_message())

    assert (message.status, len(server.arrived), message.tries) == ("sent", 1, 0)


def test_a_server_that_is_not_there_keeps_the_mail_queued(world, nobody_there, time):
    message = sent(a_message())

    assert (message.status, message.tries, message.unreached) == ("queued", 1, True)
    assert message.next_try == time.now + timedelta(minutes=1)
    assert "refused" in message.error


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"GREETING": "421 busy, come back"}, "421 busy, come back"),
        ({"GREETING": "554 not today"}, "554 not today"),
        ({"GREETING": ""}, "Connection unexpectedly closed"),
        ({"EHLO": "", "HELO": ""}, "Connection unexpectedly closed"),
        ({"MAIL": ""}, "Connection unexpectedly closed"),
        ({"MAIL": "451 later"}, "451 later"),
        ({"RCPT": "450 4.2.1 mailbox busy"}, "450 4.2.1 mailbox busy"),
        ({"RCPT": ""}, "Connection unexpectedly closed"),
    ],
)
def test_what_fails_before_the_mail_was_begun_is_tried_again(world, server, time, told, words):
    server.told.update(told)
    message = sent(a_message())
    assert (message.status, message.tries, server.arrived) == ("queued", 1, [])
    assert words in message.error

    server.told.clear()
    time.pass_by(minutes=1)
    sending.send_due()

    message.refresh_from_db()
    assert (message.status, len(server.arrived), message.error) == ("sent", 1, "")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"RCPT": "550 5.1.1 no such mailbox"}, "550 5.1.1 no such mailbox"),
        ({"MAIL": "553 sender not allowed"}, "553 sender not allowed"),
    ],
)
def test_a_refusal_for_good_has_failed_in_the_servers_words(world, server, told, words):
    server.told.update(told)

    message = sent(a_message())

    assert (message.status, message.error, server.arrived) == ("failed", words, [])


@pytest.mark.parametrize(
    "told", [{"DATA": ""}, {"DATA": "451 later"}, {"END": ""}, {"END": "451 later"}, {"END": "554 spam"}]
)
def test_what_fails_once_the_mail_was_begun_is_uncertain_and_never_sent_by_itself(world, server, time, told):
    server.told.update(told)
    message = sent(a_message())
    begun = len(server.heard)

    server.told.clear()
    time.pass_by(days=5)
    sending.send_due()
    sent(message)

    assert (message.status, len(server.heard)) == ("uncertain", begun)


def test_a_day_without_a_server_loses_nothing(world, server, time):
    """Ten mails through a day of refusals: one knock a minute at most, then each arrives once."""
    server.told["GREETING"] = "421 down"
    messages = [a_message(f"m{n}") for n in range(10)]
    for message in messages:
        sending.send(message.pk)
    assert server.heard.count("GREETING") == 1

    for _ in range(24):
        time.pass_by(hours=1)
        sending.send_due()
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {"queued"}
    server.told.clear()
    for _ in range(2):
        time.pass_by(hours=1)
        sending.send_due()

    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {"sent"}
    assert len(server.arrived) == 10


def test_the_ladder_is_that_of_the_settings(world, nobody_there, time):
    message = a_message()
    waits = []
    for _ in range(7):
        sent(message)
        waits.append(int((message.next_try - time.now).total_seconds() / 60))
        time.now = message.next_try

    assert waits == [1, 5, 15, 60, 60, 60, 60]


def test_after_three_days_it_has_failed_and_says_why(world, nobody_there, time):
    message = sent(a_message())
    time.pass_by(hours=71)
    assert sent(message).status == "queued"
    time.pass_by(hours=2)

    assert sent(message).status == "failed"
    assert "refused" in message.error


def test_it_is_not_tried_before_its_time(world, server, time):
    message = sent(a_message(next_try=time.now + timedelta(minutes=1)))

    assert (message.status, server.heard) == ("queued", [])


def test_what_lost_its_job_is_found(world, server, time):
    message = a_message(made_at=time.now - timedelta(minutes=6))

    assert sending.send_due() == 1

    message.refresh_from_db()
    assert message.status == "sent"


def test_of_many_workers_one_sends(committed_world, settings, monkeypatch):
    """Due, and found by twenty workers at once."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    left = []
    monkeypatch.setattr(EmailMessage, "send", lambda self: left.append(self.to))
    message = a_message(next_try=clock.now() - timedelta(minutes=1), tries=1)

    at_once([lambda: sending.send(message.pk)] * 20)

    assert left == [["desk@example.org"]]
    assert OutboxMessage.objects.get(pk=message.pk).status == "sent"


@given(tries=st.integers(1, 10_000))
def test_the_wait_never_shrinks(tries):
    assert timedelta(minutes=1) <= sending.delay_after(tries) <= sending.delay_after(tries + 1)
