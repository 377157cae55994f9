"""What a code is called, in the reader's language."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils.translation import override

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.models import Code, CodeList
from taawun.reference.names import Name, ancestors, code_name, name_of

pytestmark = pytest.mark.usefixtures("code_lists")


def shown(template, code_id):
    return Template("{% load codes %}" + template).render(Context({"code": code_id}))


@pytest.mark.parametrize(("language", "name"), [("en", "Germany"), ("fr", "Allemagne"), ("ar", "ألمانيا")])
def test_a_country_is_called_as_the_reader_calls_it(language, name):
    with override(language):
        assert code_name("country:DE") == name
        assert shown("{{ code|code_name }}", "country:DE") == name


def test_the_language_of_a_paper_may_be_another_than_the_readers():
    with override("en"):
        assert code_name("country:DE", "fr") == "Allemagne"


def test_a_name_lacking_in_arabic_is_shown_and_marked_as_english():
    with override("ar"):
        assert name_of("sector:22012") == Name("Postal services", "en")
        assert (
            shown("{{ code|code_name }}", "sector:22012")
            == '<span lang="en" dir="ltr">Postal services</span>'
        )
        assert shown('<i title="{{ code|code_text }}">', "sector:22012") == '<i title="Postal services">'


def test_a_name_is_escaped_where_it_stands():
    Code.objects.filter(pk="sector:22012").update(names={"en": "Letters <& parcels>"})

    with override("en"):
        assert shown("{{ code|code_name }}", "sector:22012") == "Letters &lt;&amp; parcels&gt;"
    with override("fr"):
        assert shown("{{ code|code_name }}", "sector:22012") == (
            '<span lang="en" dir="ltr">Letters &lt;&amp; parcels&gt;</span>'
        )


@pytest.mark.parametrize(
    ("code_id", "text"), [("country:QQ", "country:QQ"), ("nothing", "nothing"), ("", "")]
)
def test_a_code_in_no_list_is_called_by_its_id(code_id, text):
    assert code_name(code_id) == text


def test_no_code_shows_nothing():
    assert shown("{{ code|code_name }}|{{ code|code_text }}", None) == "|"


def test_a_process_asks_the_database_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        code_name("country:MM")

    with django_assert_num_queries(0):
        assert [
            code_name(code_id, "fr") for code_id in ("country:MM", "sector:22012", "modality:expert")
        ] == [
            "Myanmar",
            "Services postaux",
            "Envoi d’experts",
        ]


def test_a_code_loaded_by_another_process_is_found():
    code_name("country:MM")
    Code.objects.create(
        id="country:ZZ", code_list_id="country", code="ZZ", position=999, names={"en": "Newland"}
    )

    assert code_name("country:ZZ", "en") == "Newland"


def test_a_name_changed_by_another_process_is_seen_after_a_while(monkeypatch, django_assert_num_queries):
    code_name("country:MM")
    Code.objects.filter(pk="country:MM").update(names={"en": "Burma"})
    CodeList.objects.filter(pk="country").update(changed_at=clock.now() + timedelta(seconds=1))
    assert code_name("country:MM", "en") == "Myanmar"

    monkeypatch.setattr(names, "ASKED_EVERY", 0.0)

    assert code_name("country:MM", "en") == "Burma"
    with django_assert_num_queries(1):  # whether anything changed: nothing did
        assert code_name("country:MM", "en") == "Burma"


def test_lists_that_are_not_loaded_yet_are_asked_for_again(monkeypatch):
    with monkeypatch.context() as before_loading:
        before_loading.setattr(names, "_read", lambda: ({}, None))
        assert code_name("country:MM", "en") == "country:MM"

    assert code_name("country:MM", "en") == "Myanmar"


def test_above_a_country_are_its_regions_and_above_a_sector_its_category():
    assert ancestors("country:MM") == ["region:035", "region:142"]
    assert ancestors("country:KE") == ["region:014", "region:202", "region:002"]
    assert ancestors("sector:22012") == ["sector:22010", "sector-category:220"]
    assert ancestors("modality:expert") == []
