"""The pages of taking over a published activity: what it will be, what is not said, the operation it became."""

from datetime import date

import pytest
from django.test import Client

from taawun.cycle.models import Operation
from taawun.interchange.actions import take_in
from taawun.interchange.models import PublishedActivity, Taking
from taawun.interchange.sources import file_source
from taawun.workspace.demo.cast import organisation, user
from tests.interchange.made import xml_activity, xml_file

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def held(tmp_path):
    path = tmp_path / "made.xml"
    xml_file(path, xml_activity(1))
    take_in(file_source(path, path.name), actor=user("jica-admin"))
    return PublishedActivity.objects.get()


def browser(slug="desk"):
    client = Client()
    client.force_login(user(slug))
    return client


def posted(**more):
    return {
        "provider": organisation("jica").pk,
        "partner": organisation("mm-post").pk,
        "title": "Safe water 1",
        "language": "en",
        "modality_id": "modality:technical-cooperation-project",
        "starts_on": "2024-01-01",
        "ends_on": "2030-12-31",
        "state": "in_implementation",
        "state_on": "2024-01-08",
    } | more


def taken(held, **more):
    page = browser().post(f"/published/{held.pk}/take-over/", posted(**more))
    return page, Operation.objects.filter(taken_over_on__isnull=False).last()


def test_what_it_will_be_is_shown_before_with_what_the_file_does_not_say(held):
    page = browser().get(f"/published/{held.pk}/take-over/")

    [objective] = page.context["objectives"]
    initial = page.context["form"].initial
    assert objective["aims"] == [
        {
            "name": "Wells",
            "baseline": "0",
            "target": "10",
            "target_on": "31 Dec 2024",
            "values": [{"number": "7", "day": "1 May 2024"}],
            "achieved": "70 %",
        }
    ]
    assert (initial["title"], initial["language"], initial["state"]) == (
        "Safe water 1",
        "en",
        "in_implementation",
    )
    assert page.context["parties"][0]["held"] is None
    assert [str(text) for text in page.context["not_said"]][:2] == ["Overall goal", "Project purpose"]


def test_it_becomes_an_operation_linked_both_ways_and_its_achievement_is_monitored(held):
    page, made = taken(held)

    desk = browser()
    operation, monitoring = desk.get(page.url), desk.get(f"/operations/{made.pk}/monitoring/")
    publication, activity = (
        desk.get(f"/operations/{made.pk}/publication/"),
        desk.get(f"/published/{held.pk}/"),
    )
    assert page.url == made.get_absolute_url()
    assert f"/operations/{made.pk}/publication/" in operation.content.decode()
    [row] = monitoring.context["rows"]
    assert (row.target.target, row.counted.value, row.counted.as_of) == (10, 7, date(2024, 5, 1))
    assert row.achieved_text == "Achieved: 70\u00a0%"
    assert publication.context["held"] == held
    assert Taking.objects.get().digest in publication.content.decode()
    assert [one.operation for one in activity.context["takings"]] == [made]


def test_twice_is_refused_with_the_way_to_the_first(held):
    _first, made = taken(held)

    again, _none = taken(held)

    assert again.status_code == 409
    assert [one.link for one in again.context["obstacles"]] == [made.get_absolute_url()]


def test_who_sits_at_no_desk_finds_no_such_page_and_nobody_else_undoes_it(held):
    _page, made = taken(held)

    assert browser("jica-admin").get(f"/published/{held.pk}/take-over/").status_code == 404
    assert browser("post-officer").get(f"/operations/{made.pk}/publication/").status_code == 200
    assert browser("post-officer").get(f"/operations/{made.pk}/publication/undo/").status_code == 404


def test_it_is_undone_by_the_page_and_the_text_is_there_until_then(held):
    _page, made = taken(held)
    address = f"/operations/{made.pk}/publication/"

    text = browser().get(f"{address}text.xml")
    done = browser().post(f"{address}undo/", {"reason": "Wrong partner."})

    assert text.content.startswith(b"<?xml")
    assert b"Safe water 1" in text.content
    assert done.url == held.get_absolute_url()
    assert not Operation.objects.filter(pk=made.pk).exists()


@pytest.mark.parametrize("field", ["partner", "modality_id", "state_on"])
def test_what_nobody_said_is_asked_for_and_never_guessed(held, field):
    page, made = taken(held, **{field: ""})

    assert (page.status_code, made) == (422, None)
    assert list(page.context["form"].errors) == [field]


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_of_the_publication_costs_the_same_however_many_indicators(
    tmp_path, django_assert_num_queries, number
):
    text = xml_activity(1)
    begin, end = text.index("<indicator"), text.index("</indicator>") + len("</indicator>")
    path = tmp_path / "many.xml"
    xml_file(path, text[:begin] + text[begin:end] * number + text[end:])
    take_in(file_source(path, path.name), actor=user("jica-admin"))
    _page, made = taken(PublishedActivity.objects.get())
    desk = browser()
    desk.get("/operations/")

    with django_assert_num_queries(8):
        page = desk.get(f"/operations/{made.pk}/publication/")

    assert len(page.context["objectives"][0]["aims"]) == number
