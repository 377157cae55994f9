"""A lesson is drafted from where it was learnt: a sheet, a meeting, the completion report, the evaluation."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.lessons import made

from taawun.cycle.models import TeamMember
from taawun.evaluation.models import Evaluation
from taawun.foundation import clock
from taawun.foundation.models import Draft
from taawun.lessons import actions
from taawun.lessons.models import Lesson
from taawun.lessons.sources import source_for, source_of
from taawun.meetings.models import Meeting
from taawun.monitoring.models import LessonSource, Sheet


@pytest.fixture
def as_(client, world):
    """The browser of a player of the cast."""

    def sign_in(slug: str):
        client.force_login(made.who(slug))
        return client

    return sign_in


@pytest.fixture
def operation(world):
    """Under way, with a monitoring sheet and a meeting."""
    held = made.an_operation("in_implementation")
    Sheet.objects.create(
        operation=held,
        number=1,
        period_from=date(2019, 1, 1),
        period_to=date(2019, 6, 30),
        progress="Courses held.",
        opened_by=made.who("mm-office"),
    )
    Meeting.objects.create(
        operation=held,
        number=1,
        held_on=date(2019, 7, 4),
        place="Yangon",
        recorded_by=made.who("mm-office"),
    )
    return held


def new_address(operation, token=""):
    return f"/lessons/new/?operation={operation.pk}" + (f"&from={token}" if token else "")


def the_meeting(operation):
    return Meeting.objects.get(operation=operation)


def send(browser, address, **changes):
    page = browser.get(address)
    typed = made.SHEET | {name: page.context[name] for name in ("base_version", "once")}
    opened = {name: page.context["form"][name].value() for name in ("stage", "noticed_on")}
    return browser.post(address, typed | opened | changes)


def test_the_page_of_a_sheet_leads_to_a_draft_that_keeps_the_sheet_its_stage_and_its_day(as_, operation):
    browser = as_("post-officer")
    page = browser.get(reverse("monitoring:sheet", args=[operation.pk, 1]))
    address = new_address(operation, "sheet-1")

    sent = send(browser, address)

    lesson = Lesson.objects.get()
    assert address.replace("&", "&amp;") in page.content.decode()
    assert sent["Location"] == lesson.get_absolute_url()
    assert (lesson.stage, lesson.noticed_on) == ("implementation", date(2019, 6, 30))
    assert LessonSource.objects.get().sheet == Sheet.objects.get()
    shown = {fact["label"]: fact for fact in browser.get(lesson.get_absolute_url()).context["facts"]}
    assert (shown["Drafted from"]["value"], shown["Drafted from"]["link"]) == (
        "Monitoring sheet 1",
        f"/operations/{operation.pk}/monitoring/1/",
    )
    assert browser.get(reverse("monitoring:sheet", args=[operation.pk, 1])).context["lessons"] == [lesson]


def test_the_page_of_meetings_leads_to_a_draft_that_keeps_the_meeting(as_, operation):
    browser = as_("mm-office")
    meeting = the_meeting(operation)
    address = new_address(operation, f"meeting-{meeting.pk}")
    page = browser.get(reverse("meetings:meetings", args=[operation.pk]))

    send(browser, address)

    lesson = Lesson.objects.get()
    assert address.replace("&", "&amp;") in page.content.decode()
    assert (lesson.stage, lesson.noticed_on) == ("implementation", date(2019, 7, 4))
    assert source_of(lesson).url == meeting.get_absolute_url()


@pytest.mark.parametrize(
    ("state", "name", "stage"),
    [
        ("completion_review", "monitoring:completion", "completion"),
        ("evaluated", "evaluation:evaluation", "evaluation"),
    ],
)
def test_completion_and_evaluation_lead_to_a_draft_of_their_stage(as_, state, name, stage):
    operation = made.an_operation(state)
    if name.startswith("evaluation"):
        _evaluation(operation)
    browser = as_("desk")
    address = new_address(operation, stage)

    page = browser.get(reverse(name, args=[operation.pk]))
    send(browser, address)

    assert address.replace("&", "&amp;") in page.content.decode()
    assert (Lesson.objects.get().stage, source_of(Lesson.objects.get())) == (stage, None)


def _evaluation(operation):
    made.evaluated_by(operation, "evaluator")
    Evaluation.objects.create(
        operation=operation, evaluator=TeamMember.objects.get(operation=operation), named_by=made.who("desk")
    )


@pytest.mark.parametrize("slug", ["jica-approver", "mofa-approver"])
def test_who_may_draft_no_lesson_is_led_to_none(as_, operation, slug):
    browser = as_(slug)
    pages = [
        reverse("monitoring:sheet", args=[operation.pk, 1]),
        reverse("meetings:meetings", args=[operation.pk]),
    ]

    assert ["/lessons/new/" in browser.get(page).content.decode() for page in pages] == [False, False]
    assert browser.get(new_address(operation, "sheet-1")).status_code == 403


def test_a_sheet_or_a_meeting_that_is_not_of_the_operation_is_404(as_, operation):
    other = made.an_operation("in_implementation")
    meeting = the_meeting(operation)
    tokens = [
        "sheet-2",
        f"sheet-{10**7}",
        "sheet-x",
        f"meeting-{meeting.pk}",
        "meeting-0",
        "request",
        "sheet-1",
    ]
    browser = as_("desk")

    assert [browser.get(new_address(other, token)).status_code for token in tokens] == [404] * 7
    assert browser.get(new_address(operation, "sheet-1")).status_code == 200


def test_a_day_to_come_is_told_and_kept(as_, operation):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()

    sent = send(as_("desk"), new_address(operation, "sheet-1"), noticed_on=tomorrow)

    assert sent.status_code == 422
    assert "This day lies in the future." in sent.content.decode()
    assert sent.context["form"]["noticed_on"].value() == tomorrow
    assert not Lesson.objects.exists()


def test_a_draft_kept_from_a_sheet_leads_back_to_that_sheet_and_is_not_the_meetings(as_, operation):
    browser = as_("desk")
    address = new_address(operation, "sheet-1")

    kept = browser.post(address, {"title": "Half typed", "keep": "1", "base_version": "1"})

    assert kept["Location"] == address
    assert browser.get(address).context["form"]["title"].value() == "Half typed"
    assert browser.get(new_address(operation)).context["form"]["title"].value() is None
    assert Draft.objects.get().part == "new-lesson-sheet-1"


def test_who_does_not_see_the_operation_is_not_told_the_sheet(as_, operation):
    lesson = actions.draft_lesson(
        operation=operation,
        values=dict(made.SHEET),
        actor=made.who("desk"),
        source=source_for(operation, "sheet-1"),
    )
    Lesson.objects.filter(pk=lesson.pk).update(state="certified", certified_on=clock.today())

    labels = [fact["label"] for fact in as_("la-officer").get(lesson.get_absolute_url()).context["facts"]]

    assert "Drafted from" not in labels
    assert "Noticed on" in labels


def test_the_list_narrows_to_a_stage(as_):
    made.a_lesson("draft", stage="completion", title="At the end")
    made.a_lesson("draft", stage="evaluation", title="Later")

    rows = as_("desk").get("/lessons/?stage=completion").context["list"].rows

    assert len(rows) == 1
    assert "At the end" in str(rows[0][1].html)
