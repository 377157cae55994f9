"""The register of agreements: who reads which, until when each runs, and what is told of those that expire."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from taawun.agreements import actions, queries
from taawun.agreements.in_force import agreements_visible_to, with_terms
from taawun.agreements.models import Instrument
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.deadlines import recount
from taawun.foundation.models import Deadline
from taawun.workspace.demo.cast import BY_SLUG, user
from tests.agreements.amended import LATER, amend, an_agreed_operation
from tests.factories import a_request, an_operation
from tests.planning.made import ENDS

pytestmark = pytest.mark.usefixtures("world")
RECORD = "record-of-discussions"


def lines(slug="desk", **found):
    rows = with_terms(agreements_visible_to(user(slug))).filter(**found).order_by("pk")
    return [(row.kind, row.stands, row.expires_on) for row in rows]


def page_of(slug, query=""):
    client = Client()
    client.force_login(user(slug))
    return client.get(f"/agreements/{query}")


def table_of(slug, query=""):
    return page_of(slug, query).context["list"].rows


def ends(operation, day):
    Operation.objects.filter(pk=operation.pk).update(ends_on=day)
    recount(["operation"])


def a_record(operation, **facts):
    facts = {"dated_on": date(2025, 1, 1), "recorded_by": user("mm-office"), **facts}
    held, _made = Instrument.objects.update_or_create(operation=operation, kind=RECORD, defaults=facts)
    return held


@pytest.mark.parametrize("state", ["adopted", "notified", "under way"])
def test_the_register_and_the_gate_of_one_paper_let_the_same_people_in(state):
    if state == "under way":
        a_record(an_operation("in_implementation"))
    else:
        made = a_request("adopted")
        note = {"number": "1", "dated_on": clock.today(), "prevailing_language": "en", "text": "We agree."}
        actions.write_note(made, {**note, "scan": None}, actor=user("mm-office"), base_version=0)
        if state == "notified":
            Instrument.objects.update(frozen_on=clock.today())
    papers = list(Instrument.objects.values_list("pk", flat=True))

    listed = {slug: set(agreements_visible_to(user(slug)).values_list("pk", flat=True)) for slug in BY_SLUG}

    assert listed == {slug: {pk for pk in papers if queries.may_see(user(slug), pk)} for slug in BY_SLUG}
    assert [listed["la-officer"], listed["desk"]] == [set(), set(papers)]
    assert papers


def test_an_agreement_expires_on_the_last_day_agreed_and_an_extension_moves_it():
    operation = an_agreed_operation()
    a_record(operation)
    assert lines(kind=RECORD) == [(RECORD, "in-force", ENDS)]

    amend(operation, components=[], ends_on=LATER)

    assert lines(operation=operation) == [(RECORD, "in-force", LATER), ("amendment", "in-force", LATER)]


@pytest.mark.parametrize(
    ("state", "days", "stands"),
    [
        ("appraised", 30, "written"),
        ("agreed", 400, "in-force"),
        ("in_implementation", 30, "soon"),
        ("in_implementation", 0, "soon"),
        ("in_implementation", -1, "overrun"),
        ("completion_review", -1, "overrun"),
        ("completed", 30, "ended"),
    ],
)
def test_how_an_agreement_stands_follows_from_its_end_and_its_operation(state, days, stands):
    operation = an_operation(state)
    a_record(operation)
    day = clock.today() + timedelta(days=days)
    ends(operation, day)

    assert lines(kind=RECORD) == [(RECORD, stands, None if stands == "written" else day)]


def test_where_no_end_is_known_the_page_says_why():
    operation = an_operation("in_implementation")
    a_record(operation)
    Operation.objects.update(starts_on=None, ends_on=None)

    assert lines(kind=RECORD) == [(RECORD, "no-end", None)]
    assert "not known: the operation has no last day" in page_of("desk").content.decode()


def test_the_deadline_is_there_while_the_work_goes_on_and_the_desk_tells_of_it():
    operation = an_operation("in_implementation")
    a_record(operation)
    soon, over = clock.today() + timedelta(days=60), clock.today() - timedelta(days=1)

    told = []
    for day in (soon, over):
        ends(operation, day)
        row = Deadline.objects.get(rule="agreement-expires")
        client = Client()
        client.force_login(user("desk"))
        counts = client.get("/desk/").context["counts"][2:]
        told.append((row.due, row.ladder, [(each["number"], each["url"]) for each in counts]))

    address = "/agreements/?kind=record-of-discussions&stands="
    assert told == [
        (soon, [365, 270, -1, -30], [("1", f"{address}soon")]),
        (over, [365, 270, -1, -30], [("1", f"{address}overrun")]),
    ]
    assert [len(table_of("desk", "?stands=overrun")), len(table_of("la-officer"))] == [1, 0]


def test_what_was_taken_over_without_its_record_has_no_such_deadline():
    operation = an_operation("in_implementation")
    Instrument.objects.filter(kind=RECORD).delete()
    Operation.objects.update(taken_over_on=clock.today(), taken_over_in="in_implementation")
    recount(["operation"])
    assert not Deadline.objects.filter(rule="agreement-expires").exists()

    a_record(operation)
    recount(["operation"])

    assert Deadline.objects.filter(rule="agreement-expires").count() == 1


def test_it_is_narrowed_searched_sorted_exported_and_printed():
    operation = an_operation("in_implementation")
    a_record(operation, number="RD-77", place="Nay Pyi Taw", prevailing_language="en")
    ends(operation, clock.today() + timedelta(days=80))
    provider = operation.provider_id

    found = [
        len(table_of("desk", f"?kind=record-of-discussions&{asked}&sort=-expires"))
        for asked in (
            *("q=rd-77", "q=nothing", f"q={operation.code}", "q=postal", "expires=3", "stands=written"),
            *(f"provider={provider}", "country=country:MM", "country=country:LA", "stands=soon"),
        )
    ]

    assert found == [1, 0, 1, 1, 1, 0, 1, 1, 0, 1]
    exported = b"".join(page_of("desk", "?export=csv").streaming_content).decode()
    assert [text in exported for text in ("RD-77", "Nay Pyi Taw", operation.code)] == [True, True, True]
    assert "RD-77" in page_of("desk", "paper/?expires=3").content.decode()


def test_the_page_asks_the_database_the_same_however_many_there_are(django_assert_num_queries):
    first = an_operation("in_implementation")
    a_record(first)
    client = Client()
    client.force_login(user("desk"))
    client.get("/agreements/")
    with CaptureQueriesContext(connection) as one:
        client.get("/agreements/")
    for _ in range(3):
        Instrument.objects.create(
            operation=first, kind="minutes", dated_on=clock.today(), recorded_by=user("mm-office")
        )

    with django_assert_num_queries(len(one)):
        client.get("/agreements/")

    assert len(one) <= 15
