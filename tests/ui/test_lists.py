"""The list, over a table every installation has: content types stand in for cases."""

import re
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from django.utils.html import format_html

from taawun.ui.columns import export_text, harmless, shown
from taawun.ui.lists import Column, Filter, ListPage

pytestmark = pytest.mark.django_db

COLUMNS = [
    Column("model", "Title", sort="model", head=True, link=lambda row: f"/case/{row.pk}/"),
    Column("app_label", "Country", sort=("app_label", "model")),
    Column("size", "Size", value=lambda row: len(row.model), css="n"),
]
COUNTRIES = Filter("country", "Country", [("mali", "Mali"), ("togo", "Togo")], apply="app_label")


@pytest.fixture
def _sixty_cases():
    """Thirty of Mali, thirty of Togo."""
    ContentType.objects.bulk_create(
        ContentType(app_label=country, model=f"case {number:02}")
        for country in ("mali", "togo")
        for number in range(30)
    )


def page(**kwargs):
    cases = ContentType.objects.filter(app_label__in=["mali", "togo"])
    usual = {
        "filters": [COUNTRIES],
        "search_fields": ["model"],
        "default_sort": "model",
        "export_name": "cases",
    }
    return ListPage(cases, COLUMNS, **{**usual, **kwargs})


def titles(listing):
    return [re.sub("<[^>]+>", "", row[0].html) for row in listing.rows]


@pytest.mark.usefixtures("_sixty_cases")
class TestReading:
    def test_a_long_list_costs_two_statements(self, ask, django_assert_num_queries):
        with django_assert_num_queries(2):
            page().render(ask("/cases/"))

    def test_a_later_page_costs_two_statements(self, ask, django_assert_num_queries):
        with django_assert_num_queries(2):
            page().render(ask("/cases/?page=2"))

    def test_a_list_that_fits_one_page_costs_one(self, ask, django_assert_num_queries):
        with django_assert_num_queries(1):
            page().render(ask("/cases/?q=01"))

    def test_the_pages_hold_every_row_once(self, ask):
        seen = []
        for number in (1, 2, 3):
            listing = page().listing(ask(f"/cases/?page={number}&sort=app_label"))
            seen += [str(row[0].html) for row in listing.rows]

        assert len(seen) == 60
        assert len(set(seen)) == 60

    def test_a_filter_narrows(self, ask):
        listing = page().listing(ask("/cases/?country=togo"))

        assert listing.count_line == "30 found"
        assert {row[1].html for row in listing.rows} == {"togo"}

    def test_every_word_of_a_search_must_be_there(self, ask):
        assert titles(page().listing(ask("/cases/?q=07+case"))) == ["case 07", "case 07"]
        assert titles(page().listing(ask("/cases/?q=07+nothing"))) == []

    def test_order_turns_at_the_second_asking(self, ask):
        first = page().listing(ask("/cases/"))
        heading = first.headings[0]

        turned = page().listing(ask(heading.url))

        assert heading.direction == "ascending"
        assert turned.headings[0].direction == "descending"
        assert titles(turned)[0] == "case 29"

    def test_links_keep_the_filter_and_a_new_order_begins_at_the_first_page(self, ask):
        listing = page().listing(ask("/cases/?country=mali&q=case&page=2"))

        assert listing.earlier == "/cases/?q=case&country=mali"
        assert listing.headings[1].url == "/cases/?q=case&country=mali&sort=app_label"

    @pytest.mark.parametrize("number", ["abc", "0", "-3", "1.5", "٣", "9" * 400, "", "2\x00"])
    def test_a_page_that_is_no_number_is_the_first(self, ask, number):
        assert page().listing(ask(f"/cases/?{_query(page=number)}")).page == 1

    def test_a_page_beyond_the_end_is_the_last(self, ask):
        assert page().listing(ask("/cases/?page=999")).page == 3

    def test_an_unknown_filter_is_left_out_and_said_to_be(self, ask):
        listing = page().listing(ask("/cases/?country=chad"))

        assert listing.left_out
        assert listing.count_line == "60 found"

    @pytest.mark.parametrize(
        "q", ["a\x00b", "x" * 100_000, "%", "\\", "'; drop table", " ".join("abcdefghijkl"), "\ud800"]
    )
    def test_no_search_breaks_the_page(self, ask, q):
        response = page().render(ask(f"/cases/?{_query(q=q)}"))

        assert response.status_code == 200

    @pytest.mark.parametrize("sort", ["password", "-pk", "model__x", "--model", "size", "\x00"])
    def test_an_unknown_order_is_the_usual_one(self, ask, sort):
        assert titles(page().listing(ask(f"/cases/?{_query(sort=sort)}")))[0] == "case 00"

    def test_what_is_not_counted_to_the_end_is_said_to_be_more(self, ask, monkeypatch):
        monkeypatch.setattr("taawun.ui.listing.COUNTED", 50)

        listing = page().listing(ask("/cases/?page=999"))

        assert listing.count_line == "More than 50 found: narrow the list to see the others."
        assert listing.page == 2


class TestEmpty:
    def test_an_empty_list_says_what_would_stand_there(self, ask):
        html = page(empty_text="No case yet.").render(ask("/cases/")).content.decode()

        assert "No case yet." in html
        assert "<table" not in html

    @pytest.mark.usefixtures("_sixty_cases")
    def test_an_empty_answer_offers_to_clear_the_filters(self, ask):
        html = page(empty_text="No case yet.").render(ask("/cases/?q=nothing")).content.decode()

        assert "Nothing matches what you asked for." in html
        assert "No case yet." not in html
        assert '<a href="/cases/">Clear the filters</a>' in html


@pytest.mark.usefixtures("_sixty_cases")
class TestExport:
    def test_the_export_holds_every_row_of_the_filter(self, ask):
        response = page().render(ask("/cases/?country=togo&export=csv"))

        text = b"".join(response.streaming_content).decode()
        assert text.startswith("\ufeffTitle,Country,Size\r\n")
        assert text.count("togo") == 30
        assert "mali" not in text

    def test_it_is_named_and_dated(self, ask):
        response = page().render(ask("/cases/?export=csv"))

        assert response["Content-Disposition"] == 'attachment; filename="cases-2026-11-24.csv"'

    def test_where_a_comma_marks_decimals_a_semicolon_parts_the_columns(self, ask):
        with translation.override("fr"):
            response = page().render(ask("/cases/?export=csv"))

        assert b"".join(response.streaming_content).decode().startswith("\ufeffTitle;Country;Size\r\n")

    def test_a_list_without_export_shows_itself(self, ask):
        assert not page(export_name="").render(ask("/cases/?export=csv")).streaming


@pytest.mark.parametrize("text", ["=1+1", "+33", "-x", "@here", "\tx", "\rx", "\n=x"])
def test_a_formula_is_made_harmless(text):
    assert harmless(text) == f"'{text}"


def test_a_negative_number_is_no_formula():
    column = Column("amount", "Amount")

    assert export_text(column, SimpleNamespace(amount=Decimal("-5.50"))) == "-5.50"


def test_cells_are_escaped_unless_made_safe():
    assert shown("<b>") == "&lt;b&gt;"
    assert shown(format_html("<b>{}</b>", "<")) == "<b>&lt;</b>"


def test_a_cell_in_its_own_language_says_so(ask):
    columns = [Column("model", "Title", lang="app_label")]
    ContentType.objects.create(app_label="fr", model="forages")

    html = ListPage(ContentType.objects.filter(app_label="fr"), columns).render(ask("/")).content.decode()

    assert '<span lang="fr" dir="auto">forages</span>' in html


def _query(**params):
    return "&".join(f"{key}={quote(value.encode('utf-8', 'surrogatepass'))}" for key, value in params.items())
