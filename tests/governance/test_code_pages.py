"""The pages of the code lists: what they show, to whom, in which language."""

import csv
import io
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from taawun.reference.actions import DATA
from taawun.reference.models import Code
from tests.cycle.made import signed_in


def address(name, *args):
    return reverse(f"governance:{name}", args=args)


def reading(person, language):
    """A browser of this person's, whose pages are in this language."""
    browser = signed_in(person)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def shown(page):
    """The cells of a list, row by row, as text."""
    return [[str(cell.html) for cell in row] for row in page.context["list"].rows]


def test_a_visitor_is_sent_to_sign_in(world):
    assert Client().get(address("lists")).status_code == 302


def test_everybody_who_is_signed_in_reads_every_list(world):
    page = signed_in("post-officer").get(address("lists"))

    rows = {row[0].partition("/codes/")[2].partition("/")[0]: row for row in shown(page)}
    assert len(rows) == 44
    assert rows["sector"][1:3] == ["326", "30"]
    assert rows["iati-transaction-type"][3:6] == [
        "IATI Standard (http://iatistandard.org/)",
        "CC BY 4.0",
        "IATI-Codelists 2.03, 75e827b",
    ]


def test_the_settings_lead_to_the_lists(world):
    assert f'href="{address("lists")}"' in signed_in("desk").get(address("agencies")).content.decode()


def test_a_list_is_called_in_the_readers_language(world):
    page = reading("post-officer", "fr").get(address("lists"))

    names = [row[0] for row in shown(page)]
    assert '<a href="/codes/aid-type/">Types d’aide</a>' in names


def test_a_withdrawn_code_is_marked_with_its_last_day(world):
    page = signed_in("desk").get(address("list", "sector"), {"q": "23067"})

    ((code, name, above, standing),) = shown(page)
    assert (code, name) == ("23067", "Solar energy")
    assert above == '<bdi dir="ltr">230</bdi> Energy'
    assert "Withdrawn; last day 28 Feb 2020" in standing


def test_a_currency_names_the_one_that_took_its_place(world):
    page = signed_in("desk").get(address("list", "currency"), {"q": "SLL"})

    ((_code, name, standing),) = shown(page)
    assert "replaced by SLE Sierra Leonean Leone" in name
    assert "Withdrawn; last day 31 Dec 2023" in standing


def test_a_name_lacking_in_the_readers_language_is_marked_as_english(world):
    page = reading("desk", "ar").get(address("list", "tossd-pillar"), {"q": "21"})

    assert shown(page)[0][1] == '<span lang="en" dir="ltr">Pillar II.A</span>'


@pytest.mark.parametrize("typed", ["egypte", "ÉGYPTE", "مصر", "egypt", "EG"])
def test_a_code_is_found_by_its_names_in_any_language_and_without_accents(world, typed):
    page = signed_in("desk").get(address("list", "country"), {"q": typed})

    assert "EG" in [row[0] for row in shown(page)]


def test_a_country_shows_what_other_systems_call_it(world):
    page = signed_in("desk").get(address("list", "country"), {"q": "maroc"})

    ((*_rest, also),) = shown(page)
    assert also.replace("\N{NO-BREAK SPACE}", " ") == (
        "ISO 3166 alpha-3 MAR; ISO 3166 number 504; M49 504; OECD number 136"
    )


def test_those_in_use_and_those_withdrawn_are_told_apart(world):
    browser = signed_in("desk")

    withdrawn = browser.get(address("list", "finance-type"), {"state": "withdrawn"})
    in_use = browser.get(address("list", "finance-type"), {"state": "in-use"})

    assert (len(shown(withdrawn)), len(shown(in_use))) == (21, 47)


def test_a_list_of_no_such_name_does_not_exist(world):
    browser = signed_in("desk")

    assert browser.get(address("list", "planets")).status_code == 404
    assert browser.get(address("list-file", "planets")).status_code == 404


def test_names_are_escaped(world):
    Code.objects.create(
        id="modality:x", code_list_id="modality", code="x", position=99, names={"en": "<b>& co"}
    )

    page = signed_in("desk").get(address("list", "modality"), {"q": ""})

    assert "&lt;b&gt;&amp; co" in page.content.decode()


@pytest.mark.parametrize("slug", ["country", "currency", "sector", "sdg-target", "tossd-keyword"])
def test_the_file_is_the_one_that_came_with_the_program(world, slug):
    page = signed_in("post-officer").get(address("list-file", slug))

    told = page.content.decode("utf-8-sig")
    assert page["Content-Disposition"] == f'attachment; filename="{slug}.csv"'
    assert told == (DATA / f"{slug}.csv").read_text("utf-8")
    assert len(list(csv.DictReader(io.StringIO(told)))) == Code.objects.filter(code_list=slug).count()


@pytest.mark.parametrize("slug", ["iati-budget-type", "sdg-target", "sector"])
def test_a_list_is_read_in_as_few_statements_however_long(world, slug, django_assert_num_queries):
    browser = signed_in("desk")
    browser.get(address("list", slug))  # the names are known to the process now

    # The session, the person, what stands in the head of every page; the list, its codes, and of a long one the count.
    with django_assert_num_queries(7 if slug == "iati-budget-type" else 8):
        browser.get(address("list", slug))


def test_a_code_that_begins_on_a_day_to_come_says_from_when(world):
    Code.objects.filter(pk="modality:seminar").update(valid_from=date(2099, 1, 1))

    page = signed_in("desk").get(address("list", "modality"), {"q": "seminar"})

    assert "From 1 Jan 2099" in shown(page)[0][-1]


def test_a_code_that_ends_on_a_day_to_come_says_until_when(world):
    Code.objects.filter(pk="modality:seminar").update(valid_to=date(2099, 1, 1))

    page = signed_in("desk").get(address("list", "modality"), {"q": "seminar"})

    assert "In use until 1 Jan 2099" in shown(page)[0][-1]
