"""What the rooms count: requests received and decided, people, indicators; and that every definition stands."""

from datetime import date, timedelta

import pytest

from taawun.cycle.models import CooperationRequest, Decision, TeamMember
from taawun.directory.models import Person
from taawun.figures.counting import figure, grouped
from taawun.figures.definitions import definitions
from taawun.foundation import clock
from taawun.kernel.measures import StandingSlug
from taawun.monitoring import queries
from taawun.monitoring.achieved import targets_seen
from taawun.monitoring.indicators import rows_of
from taawun.monitoring.models import Dispute, IndicatorValue
from tests.factories import who
from tests.figures.made import an_operation, body, opened
from tests.monitoring.made import a_running_operation, a_sheet, indicators, on_the_day

pytestmark = pytest.mark.usefixtures("world")


def a_request(number, **facts):
    values = {
        "code": f"REQ-{number:04d}",
        "title": f"Request {number}",
        "modality_id": "modality:technical-cooperation-project",
        "country_id": "country:MM",
        "requesting": body("mm-post"),
        "coordination": body("mm-coordination"),
        "provider": body("jica"),
        "country_office": body("jica-mm"),
        "state": "under_review",
        "state_since": clock.now(),
        "forwarded_on": date(2026, 2, 1),
    }
    return CooperationRequest.objects.create(**(values | facts))


def decided(number, outcome, day):
    return Decision.objects.create(
        coop_request=a_request(number, state=outcome),
        outcome=outcome,
        reason_id="decision-reason:budget",
        text="Not now.",
        decided_on=day,
        organisation=body("jica"),
    )


def left(made):
    return {one.slug: one.rows for one in made.left}


def by(slug, *dimensions, **more):
    made = grouped(slug, {}, who(more.get("user", "desk")), dimensions)
    return {cell.values: cell.figure.value for cell in made.cells if cell.figure.rows}


def test_requests_are_received_in_the_year_they_were_forwarded():
    a_request(1)
    a_request(2, forwarded_on=date(2025, 12, 31))
    a_request(3, forwarded_on=None, state="draft")

    made = figure("requests-received", {}, who("post-officer"))

    assert (made.value, left(made)) == (2, {"not-forwarded": 1})
    assert by("requests-received", "year") == {(2026,): 1, (2025,): 1}


def test_requests_are_decided_once_by_their_last_decision():
    a_request(1, adopted_on=date(2026, 5, 1), state="adopted")
    decided(2, "declined", date(2026, 6, 1))
    decided(3, "deferred", date(2025, 6, 1))
    a_request(4)

    made = figure("requests-decided", {}, who("desk"))

    assert (made.value, left(made)) == (3, {"not-decided": 1})
    assert by("requests-decided", "outcome", "year") == {
        ("adopted", 2026): 1,
        ("declined", 2026): 1,
        ("deferred", 2025): 1,
    }


def test_each_function_of_a_person_counts_one_until_it_is_over():
    operation = an_operation(1)
    person = Person.objects.create(names={"en": "Somebody"})
    yesterday = clock.today() - timedelta(days=1)
    for function, held_to in (("manager", None), ("expert", None), ("director", yesterday)):
        TeamMember.objects.create(
            operation=operation,
            person=person,
            organisation=body("jica"),
            function=function,
            held_from=date(2020, 1, 1),
            held_to=held_to,
        )

    made = figure("people", {"country": "country:MM"}, who("desk"))

    assert (made.value, left(made)) == (2, {"over": 1})
    assert by("people", "organisation", "function") == {
        (body("jica").pk, "manager"): 1,
        (body("jica").pk, "expert"): 1,
    }
    assert figure("people", {}, who("amci-desk")).value == 0


# ── Indicators ──


@pytest.fixture
def monitored():
    on_the_day()
    operation = a_running_operation()
    a_sheet(operation, values=(1, 95, 2, 3))
    return operation


def test_an_indicator_reached_its_target_exactly_where_the_pages_say_so(monitored):
    values = queries.values_of(monitored)
    shown = rows_of(queries.targets_of(monitored), [], values, (monitored.starts_on, monitored.ends_on))
    pages = {row.target.pk: row.standing.slug == StandingSlug.REACHED for row in shown if row.counted}

    counted = {row.pk: bool(row.reached) for row in targets_seen(who("desk")) if row.last_value is not None}
    made = figure("indicators-reached", {"operation": str(monitored.pk)}, who("desk"))

    assert counted == pages
    assert (made.value, made.rows) == (sum(pages.values()), len(pages))
    assert len(pages) + sum(left(made).values()) == len(shown)


def test_of_two_sides_on_one_day_the_less_favourable_value_counts(monitored):
    target = next(row for row in targets_seen(who("desk")) if row.last_value is not None)
    first = IndicatorValue.objects.get(definition=target.definition_id)
    IndicatorValue.objects.create(
        operation=monitored,
        definition_id=target.definition_id,
        organisation=body("mm-post"),
        as_of=first.as_of,
        value=first.value - 1,
        entered_by=who("post-officer"),
    )

    again = targets_seen(who("desk")).get(pk=target.pk)

    falls = target.baseline is not None and target.target < target.baseline
    assert again.last_value == (first.value if falls else first.value - 1)


def test_a_disputed_value_counts_and_is_marked_as_on_every_page(monitored):
    value = IndicatorValue.objects.filter(definition=indicators(monitored)[0]).get()
    before = figure("indicators-reached", {}, who("desk")).rows
    Dispute.objects.create(
        operation=monitored,
        kind="value",
        target_id=value.pk,
        party=monitored.parties.first(),
        opened_on=date(2026, 12, 2),
        opened_by=who("post-officer"),
        reason="Counted twice.",
    )

    page = opened("desk", f"/figures/indicators-reached/?operation={monitored.pk}")
    marked = [row[4].html for row in page.context["list"].rows if "data-disputed" in row[4].html]

    assert figure("indicators-reached", {}, who("desk")).rows == before
    assert len(marked) == 1
    assert "since 2 Dec 2026" in marked[0]
    assert "Counted twice." in marked[0]


@pytest.mark.parametrize("slug", [one.slug for one in definitions()])
def test_every_figure_opens_grouped_by_everything_it_can_be(slug, monitored):
    one = next(each for each in definitions() if each.slug == slug)

    found = {
        each.slug: opened("desk", f"/figures/{slug}/?by={each.slug}").status_code for each in one.dimensions
    }
    paper = opened("desk", f"/figures/{slug}/paper/?by={one.dimensions[0].slug}&and={one.dimensions[1].slug}")

    assert (set(found.values()), paper.status_code) == ({200}, 200)
    assert one.says
    assert one.origin
