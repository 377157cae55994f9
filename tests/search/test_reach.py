"""A common word is looked for among the newest texts, and whoever sees few of them is shown all they may see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from tests.factories import who

from taawun.search import gates, reach, statement
from taawun.search.finding import find
from taawun.search.models import SearchText

DAYS = tuple(date(2020, 1, 1) + timedelta(days=20 * n) for n in range(99))


@pytest.fixture
def common(index, monkeypatch):
    """As if every word stood in more texts than are looked at: the newest begin with the second newest of the desk."""
    days = sorted(SearchText.objects.filter(day__isnull=False).values_list("day", flat=True))
    monkeypatch.setattr(reach, "since", lambda where, params, year="": days[-2])
    return days[-2]


def kinds(query):
    return dict(find(who("desk"), query, {}).facets["kind"])


def total(slug, query):
    found = find(who(slug), query, {})
    return found.total, found.is_all


def test_of_a_common_word_the_newest_are_counted_and_it_is_said(common, monkeypatch):
    monkeypatch.setattr(statement, "ENOUGH", 1)

    number, is_all = total("desk", "postal")

    assert 1 <= number < 15
    assert not is_all


def test_what_has_no_day_is_found_beside_the_newest(common, monkeypatch):
    monkeypatch.setattr(statement, "ENOUGH", 1)
    undated = SearchText.objects.filter(kind="request")
    assert undated.update(day=None, year=None) > 0

    found = find(who("desk"), "postal", {})

    assert not found.is_all
    assert "request" in {hit.kind for hit in found.hits}


@pytest.mark.parametrize("few", [0, 10_000])
def test_who_sees_few_of_the_newest_is_shown_everything(common, monkeypatch, few):
    monkeypatch.setattr(statement, "FEW_KEYS", few)

    assert total("desk", "postal") == (15, True)
    assert total("post-officer", "postal") == (13, True)
    assert total("la-officer", "postal") == (0, True)


def test_what_is_open_to_all_does_not_hide_the_few_one_sees(common, monkeypatch):
    """As if all kinds of the newest texts were open to all: those of other kinds are found nevertheless."""
    newest = set(SearchText.objects.filter(day__gte=common).values_list("kind", flat=True))
    others = sum(number for kind, number in kinds("postal").items() if kind not in newest)
    monkeypatch.setattr(statement, "open_to_all", lambda: sorted(newest))
    monkeypatch.setattr(gates, "open_to_all", lambda: sorted(newest))
    monkeypatch.setattr(statement, "ENOUGH", 1)

    number, is_all = total("desk", "postal")

    assert 0 < others < number
    assert not is_all
    assert total("la-officer", "postal") == (0, True)


@pytest.mark.parametrize("few", [0, 10_000])
def test_a_slip_is_forgiven_among_common_words_too(common, monkeypatch, few):
    monkeypatch.setattr(statement, "FEW_KEYS", few)
    monkeypatch.setattr(reach, "spread", lambda: reach.Spread(10**6))

    assert find(who("desk"), "postla", {}).instead == {"postla": ["postal"]}
    assert find(who("la-officer"), "postla", {}).instead == {}


@pytest.mark.parametrize(
    ("share", "since"), [(1.5, None), (0.5, DAYS[49]), (0.01, DAYS[98]), (0.0001, DAYS[98])]
)
def test_a_share_of_the_texts_begins_on_a_day(share, since):
    assert reach.Spread(10**6, DAYS).newest(share, "") == since


def test_within_a_year_the_share_is_of_that_year():
    year = [day for day in DAYS if day.year == 2021]

    assert reach.Spread(10**6, DAYS).newest(0.25, "2021") == year[int(len(year) * 0.75)]


def test_a_word_in_many_texts_begins_late_and_a_rare_one_at_the_beginning(index, monkeypatch):
    monkeypatch.setattr(reach, "WEIGHED", 2)
    monkeypatch.setattr(reach, "spread", lambda: reach.Spread(10**6, DAYS))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_searchtext")

    assert reach.since("vector @@ %s::tsquery", ["'nowher'"]) is None
    assert reach.since("kind <> %s", ["nothing"]) in DAYS
