"""The presets: data that is read whole, or refused with everything that is wrong with it."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from taawun.cycle import presets
from taawun.cycle.models import ProviderSettings
from taawun.cycle.presets import Preset, PresetError
from taawun.foundation.ports import registry
from taawun.kernel import rating_files, ratings
from tests.factories import Code

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
NAMES = 'names = { en = "One", fr = "Un", ar = "واحد" }\n'


def test_both_presets_hold_a_name_in_each_language_and_a_value_for_each_setting():
    held = presets.shipped()

    assert sorted(held) == ["amci-like", "jica-like"]
    assert {slug: sorted(one.names) for slug, one in held.items()} == {
        slug: ["ar", "en", "fr"] for slug in held
    }
    assert {slug: tuple(one.values) for slug, one in held.items()} == dict.fromkeys(held, presets.VALUES)


def test_a_value_the_model_has_is_in_the_presets_too():
    chain = {"id", "provider", "version", "in_force_from", "reason", "made_by", "made_at", "preset"}
    fields = {field.attname for field in ProviderSettings._meta.concrete_fields if field.name not in chain}

    assert fields == {*presets.VALUES, "stand_alone", "deadlines"}


@pytest.mark.parametrize("slug", ["jica-like", "amci-like"])
def test_what_a_preset_names_is_known_to_the_program(slug, world):
    preset = presets.shipped()[slug]
    rules = {"", *dict(ratings.choices(rating_files.shipped(), "en"))}
    codes = {*preset.waived, *preset.stand_alone, preset.values["ex_post_currency_id"]} - {None}

    assert preset.values["rating_rules"] in rules
    assert Code.objects.filter(pk__in=codes).count() == len(codes)
    assert [
        s for slugs in preset.waived.values() for s in slugs if not registry.requirements[s].waivable
    ] == []


def test_one_action_stands_alone_in_both_and_where_a_preset_names_nothing():
    usual = {f"modality:{code}" for code in ("equipment", "expert", "seminar", "study-visit", "training")}
    named = presets.read(f"[one]\n{NAMES}seats = []\n[two]\n{NAMES}seats = []\nstand_alone = []\n")

    assert {slug: one.stand_alone for slug, one in presets.shipped().items()} == {
        "jica-like": usual,
        "amci-like": usual,
    }
    assert (named["one"].stand_alone, named["two"].stand_alone) == (usual, frozenset())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("one = 1", "one: no table"),
        ("[one]\nseats = []", "one: a name in each of en, fr, ar is needed"),
        (f"[one]\n{NAMES}", "one: seats are some of above, agency, each once"),
        (f'[one]\n{NAMES}seats = ["agency", "agency"]', "one: seats are some of above, agency, each once"),
        (f"[one]\n{NAMES}seats = []\nopinions = 3", "one: opinions is unknown"),
        (f"[one]\n{NAMES}seats = []\nopinion_days = true", "one: opinion_days is no int"),
        (f'[one]\n{NAMES}seats = []\nnumbering = "N"', "one: numbering: "),
        (f"[one]\n{NAMES}seats = []\nfiscal_year_start = 13", "one: fiscal_year_start: "),
        (f"[one]\n{NAMES}seats = []\nex_post_threshold = 5", "one: ex_post_threshold needs a currency"),
        (
            f'[one]\n{NAMES}seats = []\nex_post_type = "amount"\nex_post_currency = "JPY"',
            "one: ex_post_type by the amount needs ex_post_external_from and a currency",
        ),
        (f"[one]\n{NAMES}seats = []\nstand_alone = 3", "one: stand_alone holds a list"),
        (f'[one]\n{NAMES}seats = []\nstand_alone = ["a", "a"]', "one: stand_alone holds a list"),
        (f"[one]\n{NAMES}seats = []\nwaived = {{ seminar = 3 }}", "one: waived holds a list"),
        ("[one", "Expected"),
    ],
)
def test_what_is_wrong_is_told(text, problem):
    with pytest.raises(PresetError) as refused:
        presets.read(text)

    assert [told[: len(problem)] for told in refused.value.problems] == [problem]


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(PresetError) as refused:
        presets.read("one = 1\n[two]\nopinion_days = 0")

    assert len(refused.value.problems) == 4


def read_or_refused(text):
    """What the reader makes of it: presets, or none and the problems told. Anything else it raises fails the test."""
    try:
        return presets.read(text)
    except PresetError as error:
        if not error.problems:
            raise
        return {}


SCALARS = st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=12))
WRITTEN = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=4)
KEYS = st.sampled_from(
    ["names", "seats", "stand_alone", "waived", "x", *(v.removesuffix("_id") for v in presets.VALUES)]
)


@given(st.dictionaries(KEYS, WRITTEN, max_size=6))
def test_whatever_a_file_holds_it_is_read_or_refused(table):
    text = "[one]\n" + NAMES * ("names" not in table)
    text += "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())

    for preset in read_or_refused(text).values():
        made = ProviderSettings(preset="one", provider_id=1, made_at=NOON, **preset.values)
        made.clean_fields(exclude=["provider", "ex_post_currency"])


@given(st.text())
def test_no_text_breaks_the_reader(text):
    for preset in read_or_refused(text).values():
        assert isinstance(preset, Preset)
