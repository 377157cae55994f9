"""Choosing from a code list."""

from datetime import date

import pytest
from django import forms
from django.utils.translation import override

from taawun.reference import names
from taawun.reference.forms import CodeField, code_choices, grouped_choices, sort_key
from taawun.reference.models import Code

pytestmark = pytest.mark.usefixtures("code_lists")


class CountryForm(forms.Form):
    country = CodeField("country")
    sector = CodeField("sector", grouped=True, required=False)


def test_accents_and_alef_forms_do_not_send_a_name_to_the_end():
    assert sorted(["Zambie", "Égypte", "Éthiopie", "Espagne", "États", "espace"], key=sort_key) == [
        "Égypte",
        "espace",
        "Espagne",
        "États",
        "Éthiopie",
        "Zambie",
    ]
    assert sorted(["بنين", "أنغولا", "إيران", "الأردن"], key=sort_key) == [
        "الأردن",
        "أنغولا",
        "إيران",
        "بنين",
    ]


def test_countries_are_offered_in_the_order_of_the_readers_alphabet():
    with override("fr"):
        offered = code_choices("country")

    assert len(offered) == 249
    assert offered[:2] == [("country:AF", "Afghanistan"), ("country:ZA", "Afrique du Sud")]
    after_georgia = [name for _, name in offered][[name for _, name in offered].index("Géorgie") + 1]
    assert after_georgia == "Géorgie du Sud-et-les Îles Sandwich du Sud"
    assert [name for _, name in offered] == sorted((name for _, name in offered), key=sort_key)


def test_modalities_are_offered_in_the_order_their_list_gives_them():
    with override("en"):
        assert code_choices("modality")[:2] == [
            ("modality:technical-cooperation-project", "Technical cooperation project"),
            ("modality:expert", "Dispatch of experts"),
        ]


def test_a_currency_given_up_is_offered_up_to_its_last_day_only():
    def offered(day, also=None):
        return "currency:SLL" in dict(code_choices("currency", on=day, also=also))

    assert offered(date(2023, 12, 31))
    assert not offered(date(2024, 1, 1))
    assert offered(date(2024, 1, 1), also="currency:SLL")


def test_sectors_stand_under_their_category():
    with override("fr"):
        groups = dict(grouped_choices("sector"))

    assert groups["Communications"][:3] == [
        ("sector:22010", "Politique des communications et gestion administrative"),
        ("sector:22011", "Politiques, planification et administration des communications"),
        ("sector:22012", "Services postaux"),
    ]
    assert sum(len(choices) for choices in groups.values()) == 296


def test_a_list_that_does_not_exist_offers_nothing():
    assert code_choices("planet") == []


def test_the_cleaned_value_is_the_id_of_the_code():
    form = CountryForm({"country": "country:MM", "sector": ""})

    assert form.is_valid()
    assert form.cleaned_data == {"country": "country:MM", "sector": None}


@pytest.mark.parametrize("forged", ["country:QQ", "sector:22012", "MM", "country:MM ' OR 1=1", "\x00"])
def test_a_forged_code_is_refused(forged):
    assert list(CountryForm({"country": forged}).errors) == ["country"]


def test_a_withdrawn_code_stops_only_those_who_did_not_hold_it():
    Code.objects.filter(pk="country:MM").update(valid_to=date(2020, 1, 1))
    names.forget()
    form, edit = CountryForm({"country": "country:MM"}), CountryForm({"country": "country:MM"})
    edit.fields["country"].keep("country:MM")

    assert not form.is_valid()
    assert edit.is_valid()
    assert not CountryForm({"country": "country:MM"}).is_valid()


def test_an_option_in_english_is_marked_as_english():
    with override("ar"):
        page = CountryForm()["sector"].as_widget()

    assert '<option value="sector:22012" lang="en">Postal services</option>' in page
    with override("fr"):
        page = CountryForm()["sector"].as_widget()
    assert '<option value="sector:22012">Services postaux</option>' in page
    assert '<option value="" selected></option>' in page
