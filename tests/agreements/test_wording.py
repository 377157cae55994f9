"""A paper's texts as clauses, and what the last writing changed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from hypothesis import HealthCheck, given, settings, strategies as st

from taawun.agreements import queries
from taawun.agreements.models import EarlierText, LanguageVersion, VersionClause
from taawun.agreements.wording import as_clauses
from taawun.kernel.clauses import Clause, cut, join, lines_of
from tests.agreements.test_record_of_discussions import a_version, address, write
from tests.meetings.made import an_operation, signed_in

pytestmark = pytest.mark.usefixtures("world")

FIRST = "1. Parties\nThe Post and the Agency\n\n2. Period\nFour years\n\n3. Taxes\nNone"
SECOND = "1. Period\nFive years\n\n2. Parties\nThe Post and the Agency\n\n3. Staff\nTen experts"


@pytest.fixture
def operation(world):
    return an_operation("appraised")


def kept(operation, language="en"):
    version = queries.record_of_discussions(operation).versions.get(language=language)
    return [(one.key, one.number, one.title, one.text) for one in version.clauses.all()]


def test_a_text_is_kept_with_its_clauses_beside_it(operation):
    write(operation, versions=[a_version(text=FIRST)])

    assert kept(operation) == [
        ("clause-1", "1", "Parties", "The Post and the Agency"),
        ("clause-2", "2", "Period", "Four years"),
        ("clause-3", "3", "Taxes", "None"),
    ]


def test_a_clause_keeps_its_key_when_it_moves(operation):
    write(operation, versions=[a_version(text=FIRST)])

    write(operation, base=1, versions=[a_version(text=SECOND)])

    assert [(key, title) for key, _number, title, _text in kept(operation)] == [
        ("clause-2", "Period"),
        ("clause-1", "Parties"),
        ("clause-4", "Staff"),
    ]


def test_the_text_before_is_kept_with_its_clauses_and_one_that_stayed_is_not(operation):
    write(operation, versions=[a_version(text=FIRST), a_version("fr", authentic=False, text="1. A\nb")])

    write(operation, base=1, versions=[a_version(text=SECOND), a_version("fr", text="1. A\nb")])

    [earlier] = EarlierText.objects.all()
    assert (earlier.language, earlier.of_version, earlier.text) == ("en", 1, FIRST)
    assert join(as_clauses(earlier.clauses.all())) == FIRST


def test_a_language_that_is_dropped_is_kept_as_it_was(operation):
    write(operation, versions=[a_version(), a_version("fr", authentic=False, text="1. A\nb")])

    write(operation, base=1, versions=[a_version()])

    assert [one.text for one in EarlierText.objects.all()] == ["1. A\nb"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["1. A", "2. B", "x", "\n", "\n\n", "\r\n", "نص"]), min_size=1).map("".join))
def test_old_texts_are_read_as_clauses_and_lose_nothing(operation, text):
    LanguageVersion.objects.all().delete()
    held = queries.record_of_discussions(operation) or write(operation, versions=[])
    version = LanguageVersion.objects.create(instrument=held, language="en", text=text)

    import_module("taawun.agreements.migrations.0005_old_texts_read_as_clauses").read(apps, None)

    rows = as_clauses(version.clauses.all())
    assert join(rows) == lines_of(text)
    assert [Clause(one.title, one.text, number=one.number) for one in rows] == cut(text)
    assert LanguageVersion.objects.get().text == text


# ── The page ──


def test_the_page_shows_what_the_last_writing_changed(operation):
    write(operation, versions=[a_version(text=FIRST)])
    write(operation, base=1, versions=[a_version(text=SECOND)])

    page = signed_in("post-officer").get(address(operation, "record-of-discussions-changes"))

    rows = page.context["comparison"].rows
    assert [(row.change.value, row.clause.title, row.moved) for row in rows] == [
        ("changed", "Period", True),
        ("missing", "Taxes", False),
        ("same", "Parties", False),
        ("new", "Staff", False),
    ]
    body = page.content.decode()
    assert '<del><span class="visually-hidden">taken out: </span>Four</del>' in body
    assert '<ins><span class="visually-hidden">put in: </span>Five</ins>' in body


def test_the_tab_leads_to_it_once_there_is_something_to_compare(operation):
    write(operation, versions=[a_version(text=FIRST)])
    where = address(operation, "record-of-discussions-changes")
    tab = address(operation, "agreements")
    assert where not in signed_in("desk").get(tab).content.decode()
    assert signed_in("desk").get(where).context["comparison"] is None

    write(operation, base=1, versions=[a_version(text=SECOND)])

    assert where in signed_in("desk").get(tab).content.decode()


def test_nothing_is_there_before_a_text_is_written_nor_for_a_stranger(operation):
    where = address(operation, "record-of-discussions-changes")
    assert signed_in("desk").get(where).status_code == 404
    write(operation, versions=[a_version(text=FIRST)])
    assert signed_in("desk").get(where).status_code == 200

    assert [signed_in(slug).get(where).status_code for slug in ("la-officer", "amci-desk")] == [404, 404]
    unknown = reverse("agreements:amendment-changes", args=[operation.pk, 9])
    assert signed_in("desk").get(unknown).status_code == 404


def test_the_page_costs_the_same_however_many_clauses(operation, django_assert_max_num_queries):
    many = "\n\n".join(f"{n}. Title {n}\nText {n}" for n in range(1, 40))
    write(operation, versions=[a_version(text=FIRST)])
    write(operation, base=1, versions=[a_version(text=many)])
    assert VersionClause.objects.count() == 42
    browser = signed_in("desk")

    with django_assert_max_num_queries(15):
        browser.get(address(operation, "record-of-discussions-changes"))
