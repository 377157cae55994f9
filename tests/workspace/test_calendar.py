"""The calendar: whose dates it shows, month by month, and the addresses at which calendar programs read them."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests.cycle.made import signed_in
from tests.factories import a_request, an_operation, who

from taawun.agreements import expiring
from taawun.cycle.models import Operation
from taawun.foundation import clock, feeds
from taawun.foundation.deadlines import sync_deadlines
from taawun.foundation.models import Deadline, FeedAddress, User


@pytest.fixture
def ending(world, monkeypatch):
    """An operation that ends on a day of next year; its agreement, which expires on the same, is told elsewhere."""
    monkeypatch.setattr(expiring, "has_agreement", lambda case: False)
    case = an_operation("agreed")
    end = date(clock.today().year + 1, 6, 15)
    Operation.objects.filter(pk=case.pk).update(ends_on=end)
    sync_deadlines(Operation.objects.get(pk=case.pk))
    return case, end


def month(slug, day, **more):
    query = {"month": f"{day:%Y-%m}"} | more
    return signed_in(slug).get(reverse("calendar"), query)


def shown(page):
    return [(day, [line.code for line in lines]) for day, lines in page.context["days"]]


def test_the_month_shows_what_is_due_on_its_day_and_in_the_list(ending):
    case, end = ending

    page = month("desk", end)

    assert shown(page) == [(end, [case.code])]
    squares = [square for week in page.context["weeks"] for square in week if square.lines]
    assert [(square.day, square.inside) for square in squares] == [(end, True)]
    assert f'id="d{end}"' in page.content.decode()


def test_to_the_desk_it_is_theirs_and_to_the_partner_something_to_know(ending):
    case, end = ending

    assert shown(month("post-officer", end)) == []
    assert shown(month("post-officer", end, of="all")) == [(end, [case.code])]
    assert [line.mine for line in month("desk", end).context["days"][0][1]] == [True]


@pytest.mark.parametrize("slug", ["la-officer", "sn-officer", "amci-desk"])
def test_another_countrys_people_see_nothing_of_it(ending, slug):
    case, end = ending

    page = month(slug, end, of="all", operation=case.pk)

    assert shown(page) == []
    assert case.code not in page.content.decode()
    assert case.title not in page.content.decode()


def test_it_is_narrowed_by_operation_and_country(ending):
    case, end = ending

    assert shown(month("desk", end, country="country:MM")) == [(end, [case.code])]
    assert shown(month("desk", end, country="country:LA")) == []
    assert shown(month("desk", end, operation=case.pk)) == [(end, [case.code])]
    assert shown(month("desk", end, operation=case.pk + 1000)) == []


def test_the_neighbours_keep_the_filters_and_today_is_marked(world):
    page = signed_in("desk").get(
        reverse("calendar"), {"month": "2026-12", "of": "all", "country": "country:MM"}
    )

    assert page.context["before"] == "?month=2026-11&of=all&country=country%3AMM"
    assert page.context["after"] == "?month=2027-01&of=all&country=country%3AMM"
    today = signed_in("desk").get(reverse("calendar")).context["weeks"]
    assert [square.day for week in today for square in week if square.today] == [clock.today()]


@pytest.mark.parametrize(
    "query",
    [
        *({"month": text} for text in ("2026-13", "0000-01", "9999-12", "2026", "x", "٢٠٢٦-٠١", "2026-1-")),
        *({"operation": text} for text in ("x", "-1", "99999999999999999999", "1' or 1=1")),
    ],
)
def test_what_an_address_cannot_mean_is_left_out_and_said(world, query):
    page = signed_in("desk").get(reverse("calendar"), query)

    assert page.status_code == 200
    assert page.context["asked"].left_out


def test_the_first_and_the_last_month_have_one_neighbour(world):
    browser = signed_in("desk")

    assert browser.get(reverse("calendar"), {"month": "2000-01"}).context["before"] == ""
    assert browser.get(reverse("calendar"), {"month": "2100-12"}).context["after"] == ""


def test_a_month_costs_as_many_statements_however_much_is_due(ending, django_assert_max_num_queries):
    _case, end = ending
    browser = signed_in("desk")
    browser.get(reverse("calendar"))
    row = Deadline.objects.filter(due=end).first()
    for n in range(30):
        Deadline.objects.create(
            **{"kind": row.kind, "subject_id": row.subject_id, "rule": row.rule, "ref": n + 1, "title": "x"},
            due=end - timedelta(days=n % 10),
            seats=row.seats,
        )

    with django_assert_max_num_queries(8):
        page = browser.get(reverse("calendar"), {"month": f"{end:%Y-%m}"})

    assert page.context["count"] == 31


# ── Addresses ──


def read(address, **headers):
    return Client().get(address, headers=headers)


def address_of(slug, kind="", pk=None):
    return reverse("calendar-feed", args=[feeds.token_of(feeds.issue(who(slug), kind, pk).nonce)])


def events(answer):
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_program_reads_the_dates_without_signing_in(ending):
    case, end = ending

    answer = read(address_of("desk"))

    found = [e for e in events(answer) if case.code in str(e["summary"]) and e["dtstart"].dt == end]
    assert [(e["dtstart"].dt, e["dtend"].dt) for e in found] == [(end, end + timedelta(days=1))]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert found[0]["dtstamp"].dt.utcoffset() == timedelta(0)
    assert str(found[0]["url"]).startswith("http://testserver/operations/")


def test_an_operations_address_shows_that_one_alone(ending):
    case, end = ending
    a_request("under_review")

    found = events(read(address_of("post-officer", "operation", case.pk)))

    assert [(e["dtstart"].dt, case.code in str(e["summary"])) for e in found] == [(end, True)]


def test_what_is_not_theirs_to_see_is_not_in_it(ending):
    case, _end = ending

    assert events(read(address_of("la-officer", "operation", case.pk))) == []
    assert case.code not in read(address_of("la-officer", "operation", case.pk)).content.decode()
    assert [e for e in events(read(address_of("la-officer"))) if case.code in str(e["summary"])] == []


def test_who_leaves_the_post_loses_it_at_once(ending):
    case, _end = ending
    own, operation = address_of("mm-office"), address_of("mm-office", "operation", case.pk)
    assert events(read(operation))
    user = who("mm-office")
    user.person.posts.update(held_to=clock.today() - timedelta(days=1))

    assert (events(read(own)), events(read(operation))) == ([], [])
    assert case.code not in read(operation).content.decode()


def test_a_wrong_a_revoked_and_a_shut_accounts_address_are_not_there_in_the_same_way(ending):
    revoked, shut = address_of("desk"), address_of("mm-office")
    feeds.revoke(who("desk"), FeedAddress.objects.get(user=who("desk"), revoked_at=None).pk)
    User.objects.filter(pk=who("mm-office").pk).update(is_active=False)
    right = address_of("knowledge")
    wrong = right.replace(right[-8:-4], "0000" if right[-8:-4] != "0000" else "1111")
    addresses = [
        revoked,
        shut,
        wrong,
        reverse("calendar-feed", args=["x"]),
        reverse("calendar-feed", args=["é" * 48]),
    ]

    answers = [read(address) for address in addresses]

    assert {answer.status_code for answer in answers} == {404}
    pairs = zip(answers[:3], addresses[:3], strict=True)
    said = {
        re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(address, ""))
        for answer, address in pairs
    }
    assert len(said) == 1


def test_what_did_not_change_is_not_sent_again(ending):
    case, end = ending
    address = address_of("desk")
    first = read(address)

    again = read(address, if_none_match=first["ETag"])
    Operation.objects.filter(pk=case.pk).update(ends_on=end + timedelta(days=1))
    sync_deadlines(Operation.objects.get(pk=case.pk))
    moved = read(address, if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert moved.status_code == 200
    uids = [{str(e["uid"]) for e in events(answer)} for answer in (first, moved)]
    assert uids[0] == uids[1]


def test_an_event_keeps_its_name_when_its_row_is_made_anew(ending):
    case, _end = ending
    address = address_of("post-officer", "operation", case.pk)
    before = [str(e["uid"]) for e in events(read(address))]
    Deadline.objects.all().delete()
    sync_deadlines(Operation.objects.get(pk=case.pk))

    assert [str(e["uid"]) for e in events(read(address))] == before
    assert len(set(before)) == len(before) == 1


def test_the_feed_speaks_the_language_of_its_holder(ending):
    case, _end = ending
    User.objects.filter(pk=who("desk").pk).update(language="fr")

    found = events(read(address_of("desk", "operation", case.pk)))

    assert [str(e["summary"]) for e in found] == [f"Fin de l’opération – {case.code}"]


def test_a_person_makes_revokes_and_makes_anew_their_address_on_the_page(ending):
    case, _end = ending
    browser, page = signed_in("desk"), reverse("calendar-addresses")

    assert browser.post(page, {"operation": case.pk}).status_code == 302
    first = browser.get(page).context["addresses"][0]
    browser.post(page, {"operation": case.pk})
    second = browser.get(page).context["addresses"]
    assert [one["address"] == first["address"] for one in second] == [False]
    assert read(first["address"]).status_code == 404
    assert read(second[0]["address"]).status_code == 200

    browser.post(reverse("calendar-revoke", args=[second[0]["pk"]]))
    assert browser.get(page).context["addresses"] == []
    assert read(second[0]["address"]).status_code == 404


def test_nobody_revokes_anothers_and_nobody_makes_one_of_what_they_do_not_see(ending):
    case, _end = ending
    held = feeds.issue(who("desk"))

    assert signed_in("la-officer").post(reverse("calendar-revoke", args=[held.pk])).status_code == 404
    for operation in (case.pk, "x", "99999999999999"):
        answer = signed_in("la-officer").post(reverse("calendar-addresses"), {"operation": operation})
        assert answer.status_code == 404
    assert [one.user_id for one in FeedAddress.objects.filter(revoked_at=None)] == [held.user_id]


def test_a_form_sent_twice_makes_one_address(world):
    browser, page = signed_in("desk"), reverse("calendar-addresses")
    key = "0e0e0e0e-0000-4000-8000-000000000001"

    for _n in range(2):
        browser.post(page, {"once": key})

    assert FeedAddress.objects.filter(user=who("desk")).count() == 1


def test_the_database_alone_opens_no_address(world):
    held = feeds.issue(who("desk"))

    assert held.nonce != feeds.token_of(held.nonce)
    assert feeds.find(held.nonce) is None
    assert feeds.find(feeds.token_of(held.nonce)).pk == held.pk
