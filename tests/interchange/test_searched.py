"""Published activities are found by whoever is signed in: in each language, by code, by who takes part, by sector."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from taawun.interchange import actions
from taawun.interchange.sources import file_source
from taawun.search import current
from taawun.search.finding import find, texts_of
from taawun.search.models import SearchText
from taawun.workspace.demo.cast import user
from tests.interchange.made import a_file, activity, xml_activity, xml_file


def taken(*activities):
    return actions.take_in(a_file(*activities), actor=user("jica-admin")).load


def found(query, who="post-officer"):
    return [(text.language, text.title) for text in texts_of(find(user(who), query, {}).hits)]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("wells pump", ("en", "Safe water 1")),
        ("eaux potables", ("fr", "Eau potable 1")),
        ("XM-DAC-999-1", ("fr", "Eau potable 1")),
        ('"Ministry of Water" wells', ("en", "Safe water 1")),
        ("eau Ministry", ("fr", "Eau potable 1")),
        ("wells sanitation", ("en", "Safe water 1")),
    ],
)
def test_an_activity_is_found_by_its_words_its_number_its_parties_and_its_sector(world, query, shown):
    taken(activity(1), activity(2, titles={"en": "Roads"}, descriptions={}, parties=(), shares=()))
    current.catch_up()

    assert found(query)[0] == shown


def test_it_is_narrowed_by_what_most_of_it_goes_to(world):
    taken(activity(1))
    current.catch_up()

    text = SearchText.objects.get(kind="published", language="fr")

    assert (text.country, text.sector, text.day) == ("country:MM", "sector:14030", date(2024, 1, 1))


def test_what_a_load_changed_and_what_its_undoing_brought_back_is_found(world, tmp_path):
    later = xml_activity(1, title="Bridges", updated="2024-06-01T00:00:00Z")
    loads = [
        actions.take_in(file_source(xml_file(tmp_path / name, one)), actor=user("jica-admin")).load
        for name, one in (("a.xml", 1), ("b.xml", later))
    ]
    current.catch_up()
    assert (len(found("bridges")), len(found("safe wells"))) == (1, 0)

    actions.undo_load(loads[1], actor=user("jica-admin"), reason="The wrong file")
    current.catch_up()

    assert (len(found("bridges")), len(found("safe wells"))) == (0, 1)


def test_nobody_who_is_not_signed_in_finds_any(world):
    taken(activity(1))
    current.catch_up()

    assert find(AnonymousUser(), "wells", {}).total == 0
