"""A digest lists what is still open, in its reader's language, each thing once."""

from datetime import timedelta

import pytest

from taawun.foundation import clock, digests, notices, outbox
from taawun.foundation.models import Notice, OutboxMessage, Task
from taawun.foundation.steps import perform
from tests.cycle.test_races import at_once
from tests.factories import a_request, who


@pytest.fixture
def day(monkeypatch):
    """A Tuesday at ten; it may be moved."""

    class Day:
        now = clock.now() - timedelta(days=(clock.now().weekday() - 1) % 7)
        now = now.replace(hour=10, minute=0)

        def later(self, days):
            self.now += timedelta(days=days)

    held = Day()
    monkeypatch.setattr(clock, "now", lambda: held.now)
    monkeypatch.setattr(clock, "today", lambda: held.now.date())
    return held


def told(slug="mm-coordinator", told_by="daily", number=1):
    notices.choose(who(slug), told_by)
    made = []
    for _ in range(number):
        case = a_request("submitted")
        perform(case, "retain", actor=who("mm-coordinator"))
        made.append(case)
    return made


def mails():
    return list(OutboxMessage.objects.order_by("pk"))


def test_once_a_day_what_is_open_is_listed_once(world, day):
    first, second = told(number=2)

    assert (digests.send_digests(), digests.send_digests()) == (1, 0)

    [mail] = mails()
    assert mail.subject == "Taawun: your notices (2)"
    assert [line for line in mail.body.splitlines() if line.startswith("- ")] == [
        f"- Rank and forward; {case.code}; {case.title}" for case in (first, second)
    ]
    day.later(1)
    assert (digests.send_digests(), len(mails())) == (0, 1)


def test_what_was_done_meanwhile_is_not_listed(world, day):
    told()
    outbox.write(who("mm-coordinator"), "You act for a colleague", "Body", dedupe="own")
    Task.objects.all().delete()

    digests.send_digests()

    assert [line for line in mails()[0].body.splitlines() if line.startswith("- ")] == [
        "- You act for a colleague"
    ]


def test_nothing_open_no_mail(world, day):
    told()
    Notice.objects.update(user=who("la-coordinator"))  # of a case they do not see
    notices.choose(who("la-coordinator"), "daily")

    assert (digests.send_digests(), mails()) == (0, [])
    assert set(Notice.objects.values_list("mail", flat=True)) == {"listed"}


def test_it_is_written_in_its_readers_language(world, day):
    who("mm-coordinator").keep_language("fr")
    told()

    digests.send_digests()

    assert mails()[0].subject == "Taawun\xa0: vos avis (1)"
    assert "Rank and forward" not in mails()[0].body


def test_who_is_told_on_mondays_is_told_on_monday(world, day):
    told(told_by="weekly")
    assert digests.send_digests() == 0
    day.later(6)

    assert (digests.send_digests(), digests.send_digests()) == (1, 0)


def test_a_monday_that_was_missed_is_made_up_for(world, day):
    told(told_by="weekly")
    day.later(8)

    assert digests.send_digests() == 1


def test_not_before_its_hour(world, day):
    told()
    day.now = day.now.replace(hour=4)

    assert digests.send_digests() == 0


def test_a_long_digest_counts_its_rest(world, day):
    told()
    [one] = Notice.objects.all()
    lines = digests.lines_of([one] * 52).splitlines()

    assert (len(lines), lines[-1]) == (51, "and 2 more")


def test_two_workers_write_one(committed_world, day):
    told()

    at_once([digests.send_digests] * 4)

    assert [mail.subject for mail in mails()] == ["Taawun: your notices (1)"]
