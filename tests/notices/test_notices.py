"""What a person is told stands on one page, until they read it or the thing is done."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taawun.foundation import notices, outbox
from taawun.foundation.models import Notice, OutboxMessage, Task
from taawun.foundation.models.accounts import ToldBy
from taawun.foundation.steps import perform
from tests.factories import a_person, a_request, who


def page_of(user, path="/notices/", **data):
    client = Client()
    client.force_login(user)
    return client.post(path, data) if data else client.get(path)


def retained():
    case = a_request("submitted")
    perform(case, "retain", actor=who("mm-coordinator"))
    return case


def notices_of(slug):
    return list(Notice.objects.filter(user=who(slug)).order_by("pk"))


def test_each_holder_of_the_seat_gets_one_notice_and_the_mail_hangs_on_it(world):
    a_person("coordination", "mm-coordination")
    case = retained()

    held = list(Notice.objects.values_list("topic", "kind", "subject_id", "act", "mail", "read_at"))

    assert held == [("task", "request", case.pk, "forward", "written", None)] * 2
    assert sorted(OutboxMessage.objects.values_list("notice_id", flat=True)) == sorted(
        Notice.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("told_by", "mail", "mails"),
    [("at-once", "written", 1), ("daily", "waits", 0), ("weekly", "waits", 0), ("in-app", "none", 0)],
)
def test_a_mail_leaves_at_once_only_for_who_chose_it(world, told_by, mail, mails):
    notices.choose(who("mm-coordinator"), told_by)
    retained()

    assert [each.mail for each in notices_of("mm-coordinator")] == [mail]
    assert OutboxMessage.objects.count() == mails


def test_what_concerns_the_account_is_mailed_whatever_was_chosen(world):
    notices.choose(who("desk"), "in-app")

    outbox.write(who("desk"), "Subject", "Body", dedupe="a", at_once=True)
    outbox.write(who("desk"), "Subject", "Body", dedupe="b")
    outbox.write(who("desk"), "Subject", "Body", dedupe="a", at_once=True)

    assert [(each.dedupe, each.mail) for each in notices_of("desk")] == [("a", "written"), ("b", "none")]
    assert [mail.dedupe for mail in OutboxMessage.objects.all()] == ["a"]


def test_a_subject_is_one_line(world):
    outbox.write(who("desk"), "One\r\nBcc: all@example.org", "Body", dedupe="a")

    assert OutboxMessage.objects.get().subject == "One  Bcc: all@example.org"


def test_what_was_done_need_not_be_read(world):
    case = retained()
    Task.objects.filter(kind="request", subject_id=case.pk).delete()
    assert [each.read_at for each in notices_of("mm-coordinator")] == [None]

    notices.done([each.task_id for each in notices_of("mm-coordinator")])

    assert [each.read_at is None for each in notices_of("mm-coordinator")] == [False]


def test_taking_the_step_marks_it_as_read(world):
    case = a_request("draft")
    perform(case, "submit", actor=who("post-officer"))
    assert [each.read_at is None for each in notices_of("mm-coordinator")] == [True]

    perform(case, "retain", actor=who("mm-coordinator"))

    assert [(each.act, each.read_at is None) for each in notices_of("mm-coordinator")] == [
        ("retain", False),
        ("forward", True),
    ]


def test_the_page_lists_unread_first_and_the_frame_counts_them(world):
    first, second = retained(), retained()
    [older, newer] = notices_of("mm-coordinator")
    notices.mark_read(who("mm-coordinator"), newer.pk)

    answer = page_of(who("mm-coordinator"))
    text = answer.content.decode()

    assert text.index(first.code) < text.index(second.code)
    assert answer.context["unread_notices"] == 1
    assert f'value="{older.pk}"' in text
    assert f'name="one" value="{newer.pk}"' not in text


def test_marked_read_one_by_one_and_all(world):
    for _ in range(3):
        retained()
    user = who("mm-coordinator")
    held = [each.pk for each in notices_of("mm-coordinator")]

    assert page_of(user, one=held[0]).status_code == 302
    assert user.__class__.objects.filter(pk=user.pk).exists()
    assert [each.read_at is None for each in notices_of("mm-coordinator")] == [False, True, True]
    page_of(user, all=held[1])  # the third came while the page was open

    assert [each.read_at is None for each in notices_of("mm-coordinator")] == [False, False, True]


@pytest.mark.parametrize("sent", [{"one": "x"}, {"one": "0"}, {"one": "99999999999999999999"}, {"one": ""}])
def test_what_is_no_notice_is_not_there(world, sent):
    assert page_of(who("desk"), **sent).status_code == 404


def test_anothers_notice_is_not_there(world):
    retained()
    [theirs] = notices_of("mm-coordinator")

    assert page_of(who("la-coordinator"), one=theirs.pk).status_code == 404
    page_of(who("la-coordinator"), all=theirs.pk)

    assert notices_of("mm-coordinator")[0].read_at is None
    assert theirs.code not in page_of(who("la-coordinator")).content.decode()


def test_a_case_one_no_longer_sees_is_told_of_no_more(world):
    case = retained()
    gone = who("la-coordinator")
    Notice.objects.update(user=gone)

    text = page_of(gone).content.decode()

    assert case.code not in text
    assert case.title not in text
    assert "One more tells of a case that you no longer see." in text


def test_the_page_costs_the_same_however_many_there_are(world):
    for _ in range(2):
        retained()
    with CaptureQueriesContext(
        connection,
    ) as few:
        page_of(who("mm-coordinator"))
    for _ in range(4):
        retained()
    with CaptureQueriesContext(connection) as many:
        page_of(who("mm-coordinator"))

    assert len(few) == len(many)


def test_the_frames_number_costs_no_statement_of_its_own(world):
    retained()
    client = Client()
    client.force_login(who("mm-coordinator"))
    with CaptureQueriesContext(connection) as asked:
        client.get("/requests/")

    assert len([each for each in asked if "foundation_notice" in each["sql"]]) == 1
    assert [
        each for each in asked if "foundation_notice" in each["sql"] and "foundation_user" not in each["sql"]
    ] == []


def test_a_choice_is_kept_and_nonsense_is_refused(world):
    answer = page_of(who("desk"), "/desk/notices/", told_by="weekly")
    refused = page_of(who("desk"), "/desk/notices/", told_by="by-pigeon")

    assert (answer.status_code, refused.status_code) == (302, 422)
    assert who("desk").told_by == ToldBy.WEEKLY


def test_who_wants_no_digest_any_more_gets_none_of_what_waited(world):
    notices.choose(who("mm-coordinator"), "daily")
    retained()
    notices.choose(who("mm-coordinator"), "in-app")

    assert [each.mail for each in notices_of("mm-coordinator")] == ["none"]


def test_telling_many_costs_a_job_a_mail_and_no_more(world):
    """Ten readers more: one statement each for their job, and none else."""
    case = a_request("submitted")
    task = Task.objects.get(kind="request", subject_id=case.pk)
    with CaptureQueriesContext(connection) as one:
        outbox.announce(case, [task])
    Notice.objects.all().delete()
    OutboxMessage.objects.all().delete()
    for _ in range(10):
        a_person("coordination", "mm-coordination")
    with CaptureQueriesContext(connection) as eleven:
        outbox.announce(case, [task])

    assert OutboxMessage.objects.count() == 11
    assert len(eleven) - len(one) == 10
