"""The settable clock: for demonstrations and tests, within bounds, never elsewhere."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cycle.made import signed_in

from taawun.foundation import clock
from taawun.foundation.models import Clock


def moved(day, **more):
    return signed_in("desk").post("/demo/clock/", {"today": day, **more})


def test_without_a_setting_it_is_the_machines(world):
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


def test_a_day_set_is_today_for_everyone(world):
    answer = moved("2031-05-06")
    clock.forget()

    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert clock.today() == date(2031, 5, 6)


@pytest.mark.parametrize(
    "day",
    [
        "",
        "tomorrow",
        "06.05.2031",
        "2031-02-30",
        "\x00",
        "0001-01-01",
        "1899-12-31",
        "9999-12-31",
        "2200-01-01",
    ],
)
def test_what_is_no_day_of_a_demonstration_is_told_and_moves_nothing(world, day):
    client = signed_in("desk")

    answer = client.post("/demo/clock/", {"today": day}, follow=True)

    assert answer.redirect_chain == [("/desk/", 302)]
    assert answer.status_code == 200
    assert [str(m) for m in answer.context["messages"]] == [
        "Give a day between 2000-01-01 and 2100-12-31, written as 2031-05-06."
    ]
    assert Clock.objects.count() == 0


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_at_its_bounds_the_desk_still_opens(world, day):
    client = signed_in("desk")

    answer = client.post("/demo/clock/", {"today": day}, follow=True)

    assert answer.status_code == 200
    assert clock.today() == date.fromisoformat(day)


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/desk/", "/account/logout/"])
def test_the_way_back_stays_on_the_desk(world, where):
    assert moved("2031-05-06", next=where).url == "/desk/"


def test_in_production_nobody_moves_it(world, settings):
    settings.TESTING = settings.DEMO = False
    client = signed_in("desk")

    assert client.post("/demo/clock/", {"today": "2031-05-06"}).status_code == 404
    with pytest.raises(PermissionError):
        clock.set_today(date(2031, 5, 6))
    Clock.objects.create(pk=1, offset=timedelta(days=5000))
    clock.forget()
    assert clock.today() == timezone.now().date()


def test_reading_it_does_not_move_it(world):
    assert signed_in("desk").get("/demo/clock/").status_code == 405
