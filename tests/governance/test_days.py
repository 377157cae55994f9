"""The working days of a country as an agency counts them: its own entries beside the public list, on a page."""

from datetime import date

import pytest
from django.urls import reverse

from taawun.cycle.deadlines import working_days
from taawun.cycle.models import AgencyDay
from taawun.foundation.models import AuditEvent
from taawun.reference.holidays import calendar_of, holidays_in, is_known, weekend_of
from tests.cycle.made import body, everything, signed_in

LAO, MOROCCO = "country:LA", "country:MA"
DAY = date(2027, 3, 3)  # a Wednesday


def page(agency="jica"):
    return reverse("governance:days", args=[body(agency).pk])


def given(**changes):
    values = {
        "country": LAO,
        "day": str(DAY),
        "works": "no",
        "reason": "Day of mourning",
        "source": "Decree 12",
    }
    return values | changes


def enter(by="jica-admin", **changes):
    return signed_in(by).post(page(), given(**changes))


def test_holidays_and_weekends_are_each_countrys():
    assert date(2026, 11, 18) in holidays_in(MOROCCO, 2026)
    assert holidays_in(MOROCCO, 2026, "ar")[date(2026, 11, 18)] == "عيد الاستقلال"
    assert weekend_of("country:EG") == {4, 5}
    assert not calendar_of(MOROCCO).works_on(date(2026, 11, 18))


def test_of_a_country_the_list_does_not_know_the_weekend_alone_counts():
    assert not is_known("country:ZZ")
    assert holidays_in("country:ZZ", 2026) == {}
    assert calendar_of("country:ZZ").add(date(2026, 12, 24), 2) == date(2026, 12, 28)


def test_a_day_off_an_administrator_enters_counts_for_that_agency_and_country_alone(world):
    assert enter().status_code == 302

    mine = working_days(LAO, body("jica").pk)
    assert (mine.works_on(DAY), mine.add(date(2027, 3, 2), 1)) == (False, date(2027, 3, 4))
    assert working_days(LAO, body("amci").pk).works_on(DAY)
    assert working_days("country:MM", body("jica").pk).works_on(DAY)
    assert list(AuditEvent.objects.filter(kind="agency-day").values_list("step", flat=True)) == [
        "day-entered"
    ]


def test_a_saturday_on_which_work_is_done_counts(world):
    saturday = date(2027, 3, 6)

    enter(day=str(saturday), works="yes")

    assert working_days(LAO, body("jica").pk).add(date(2027, 3, 5), 1) == saturday


def test_an_entry_is_removed_and_the_record_keeps_it(world):
    enter()
    held = AgencyDay.objects.get()

    address = reverse("governance:day-remove", args=[body("jica").pk, held.pk])
    assert signed_in("jica-admin").post(address).status_code == 302

    assert working_days(LAO, body("jica").pk).works_on(DAY)
    last = AuditEvent.objects.filter(kind="agency-day").order_by("-id").first()
    assert (last.step, last.detail.data["reason"]) == ("day-removed", "Day of mourning")


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"day": "2027-02-30"}, 422, "day"),
        ({"day": "1999-01-01"}, 422, "day"),
        ({"day": ""}, 422, "day"),
        ({"country": "country:QQQ"}, 422, "country"),
        ({"country": "sector:110"}, 422, "country"),
        ({"works": "maybe"}, 422, "works"),
        ({"reason": " "}, 422, "reason"),
        ({"source": ""}, 422, "source"),
        ({"reason": "x" * 201}, 422, "reason"),
        ({"day": "2027-03-06"}, 409, "day"),
        ({"works": "yes"}, 409, "day"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(world, changes, status, field):
    answer = enter(**changes)

    assert (answer.status_code, list(answer.context["form"].errors)) == (status, [field])
    assert answer.context["form"]["reason"].value() == given(**changes)["reason"]
    assert not AgencyDay.objects.exists()


def test_a_day_is_entered_once(world):
    enter()

    assert enter(reason="Again").status_code == 409
    assert AgencyDay.objects.get().reason == "Day of mourning"


def test_others_find_nothing_or_may_not(world):
    enter()
    held = AgencyDay.objects.get()
    remove = reverse("governance:day-remove", args=[body("jica").pk, held.pk])
    before = everything()

    for slug in ("post-officer", "mm-office", "amci-admin", "amci-desk", "comms-opinion"):
        assert signed_in(slug).get(page()).status_code == 404
        assert signed_in(slug).post(page(), given(day="2027-03-04")).status_code == 404
        assert signed_in(slug).post(remove).status_code == 404
    for slug in ("desk", "jica-approver"):
        assert signed_in(slug).get(page()).status_code == 200
        assert signed_in(slug).post(page(), given(day="2027-03-04")).status_code == 403
        assert signed_in(slug).post(remove).status_code == 403
    assert everything() == before


def test_the_page_says_what_is_known_and_costs_few_statements(world, django_assert_max_num_queries):
    enter()
    browser = signed_in("jica-admin")
    browser.get(page())

    with django_assert_max_num_queries(8):
        answer = browser.get(page(), {"country": LAO, "year": "2027"})

    assert [line.day for line in answer.context["lines"] if line.changed] == [DAY]
    assert "Decree 12" in answer.content.decode()
    for year in ("x", "0", "99999", "٢٠٢٧"):
        assert browser.get(page(), {"year": year, "country": "x"}).status_code == 200
