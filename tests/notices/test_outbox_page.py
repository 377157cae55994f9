"""An administrator looks after their agency's mail: nobody else does, and every decision is recorded."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taawun.foundation import sending
from taawun.foundation.models import AuditEvent, OutboxMessage
from taawun.notices import actions
from tests.cycle.test_races import at_once
from tests.factories import Organisation, who


def jica():
    return Organisation.objects.get(posts__person__user=who("jica-admin"))


def a_message(dedupe="x", **more):
    values = {
        **{"user": who("desk"), "subject": "Something waits", "body": "Open your desk.", "dedupe": dedupe},
        "house_id": jica().pk,
    }
    return OutboxMessage.objects.create(**(values | more))


def ask(slug, path, **data):
    client = Client()
    client.force_login(who(slug))
    return client.post(path, data) if data else client.get(path)


def acts_of(message):
    rows = AuditEvent.objects.filter(kind="mail", subject_id=message.pk).order_by("pk")
    return [(row.step, row.actor.email, row.detail.data.get("reason", "")) for row in rows]


def fresh(message):
    return OutboxMessage.objects.get(pk=message.pk)


ADMIN = "jica-admin@example.org"


@pytest.mark.parametrize("slug", ["amci-admin", "desk", "la-officer", "knowledge"])
def test_anothers_mail_is_not_there(world, slug):
    message = a_message(status="held")

    answers = [ask(slug, message.get_absolute_url()), ask(slug, message.get_absolute_url(), act="release")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert fresh(message).status == "held"
    assert "Something waits" not in ask(slug, "/settings/outbox/").content.decode()


def test_the_list_tells_states_and_narrows_by_them(world):
    a_message("a", status="uncertain", error="cut", subject="First")
    a_message("b", status="sent", subject="Second")
    a_message("c", house_id=None, acting_id=jica().pk, subject="Third")
    a_message("d", house_id=None, subject="Fourth")

    every = ask("jica-admin", "/settings/outbox/").content.decode()
    uncertain = ask("jica-admin", "/settings/outbox/?status=uncertain").content.decode()

    assert [name in every for name in ("First", "Second", "Third", "Fourth")] == [True, True, True, False]
    assert [name in uncertain for name in ("First", "Second", "Third")] == [True, False, False]


def test_the_list_costs_the_same_however_long(world):
    a_message("a")
    a_message("b")
    with CaptureQueriesContext(connection) as few:
        ask("jica-admin", "/settings/outbox/")
    for n in range(8):
        a_message(f"m{n}")
    with CaptureQueriesContext(connection) as many:
        ask("jica-admin", "/settings/outbox/")

    assert len(few) == len(many)


def test_held_mail_waits_until_it_is_released(world):
    actions.hold(jica(), on=True, actor=who("jica-admin"))
    message = a_message()
    sending.send(message.pk)
    assert (fresh(message).status, mail.outbox) == ("held", [])

    ask("jica-admin", message.get_absolute_url(), act="release")
    sending.send(message.pk)

    assert (fresh(message).status, len(mail.outbox)) == ("sent", 1)
    assert acts_of(message) == [("mail-released", ADMIN, "")]


def test_holding_takes_back_what_is_queued_and_release_all_lets_it_go(world):
    message, other = a_message("a"), a_message("b", house_id=None)
    path = f"/settings/outbox/agencies/{jica().pk}/"

    ask("jica-admin", path, act="hold")
    assert (fresh(message).status, fresh(other).status) == ("held", "queued")
    ask("jica-admin", path, act="free")
    assert fresh(message).status == "held"
    ask("jica-admin", path, act="release")

    assert fresh(message).status == "queued"
    steps = AuditEvent.objects.filter(kind="outbox").order_by("pk").values_list("step", flat=True)
    assert list(steps) == ["outbox-held", "outbox-freed", "outbox-released"]


def test_words_are_changed_and_what_they_were_is_kept(world):
    message = a_message(status="held")

    ask("jica-admin", message.get_absolute_url(), act="edit", subject="New", body="Text", base_version=1)

    held = fresh(message)
    assert (held.subject, held.body.strip(), held.version) == ("New", "Text", 2)
    data = AuditEvent.objects.get(kind="mail").detail.data
    assert data["before"] == {"subject": "Something waits", "body": "Open your desk."}


def test_two_who_change_the_words_see_each_others(world):
    message = a_message(status="held")
    actions.edit(message.pk, subject="Theirs", body="Their text", base_version=1, actor=who("jica-admin"))

    answer = ask(
        "jica-admin", message.get_absolute_url(), act="edit", subject="Mine", body="My text", base_version=1
    )

    text = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in text for words in ("Theirs", "Their text", "Mine", "My text"))
    assert fresh(message).subject == "Theirs"


@pytest.mark.parametrize(
    ("subject", "status"),
    [("", 422), ("x" * 201, 422), ("For desk@example.org", 409), ("Dear Desk officer, South-East Asia", 409)],
)
def test_a_bad_subject_is_refused_and_nothing_is_lost(world, subject, status):
    message = a_message(status="held")

    answer = ask(
        "jica-admin",
        message.get_absolute_url(),
        act="edit",
        subject=subject,
        body="Kept text",
        base_version=1,
    )

    assert (answer.status_code, "Kept text" in answer.content.decode()) == (status, True)
    assert fresh(message).subject == "Something waits"


@pytest.mark.parametrize(
    ("act", "before", "after", "step"),
    [
        ("arrived", "uncertain", "sent", "mail-arrived"),
        ("again", "uncertain", "queued", "mail-sent-again"),
        ("again", "failed", "queued", "mail-sent-again"),
        ("drop", "uncertain", "dropped", "mail-dropped"),
        ("drop", "held", "dropped", "mail-dropped"),
        ("drop", "queued", "dropped", "mail-dropped"),
    ],
)
def test_a_person_decides_says_why_and_it_is_recorded(world, act, before, after, step):
    message = a_message(status=before, error="cut")
    assert ask("jica-admin", message.get_absolute_url(), act=act, reason="").status_code == 422

    ask("jica-admin", message.get_absolute_url(), act=act, reason="She told me.")

    assert fresh(message).status == after
    assert acts_of(message) == [(step, ADMIN, "She told me.")]


@pytest.mark.parametrize("act", ["again", "drop", "arrived", "release", "edit"])
def test_what_was_sent_is_done_with(world, act):
    message = a_message(status="sent")

    answer = ask(
        "jica-admin",
        message.get_absolute_url(),
        **{"act": act, "reason": "Why", "subject": "S", "body": "B", "base_version": 1},
    )

    assert (answer.status_code, fresh(message).status, acts_of(message)) == (409, "sent", [])


def test_of_two_who_send_again_one_is_told(committed_world):
    message = a_message(status="uncertain")

    results = at_once([lambda: actions.send_again(message.pk, reason="Why", actor=who("jica-admin"))] * 2)

    assert sorted(type(each).__name__ for each in results) == ["NoneType", "Refused"]
