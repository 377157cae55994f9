"""Code lists enter from files, change, and are withdrawn; never are they deleted."""

import shutil
from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.actions import DATA, Loaded, load_code_lists
from taawun.reference.forms import code_choices
from taawun.reference.models import Code, CodeList

pytestmark = pytest.mark.usefixtures("code_lists")


@pytest.fixture
def data(tmp_path):
    """A copy of the files, to change."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def changed(loaded):
    return [one for one in loaded if not one.unchanged]


def test_a_code_holds_its_names_its_place_and_what_is_above_it():
    myanmar = Code.objects.get(pk="country:MM")

    assert myanmar.names == {
        "en": "Myanmar",
        "fr": "Myanmar",
        "ar": "ميانمار",
        "es": "Myanmar",
        "pt": "Mianmar (Birmânia)",
    }
    assert myanmar.also == {"alpha-3": "MMR", "numeric": "104", "m49": "104", "dac": "635"}
    assert (myanmar.code_list_id, myanmar.code, myanmar.parent_id) == ("country", "MM", "region:035")
    assert Code.objects.get(pk="sector:22012").parent_id == "sector:22010"
    assert Code.objects.get(pk="sector:22012").names == {"en": "Postal services", "fr": "Services postaux"}


def test_a_list_that_points_to_a_version_that_waits_is_tried_again(data):
    """An installation keeps its own categories; a release brings a new one, and a sector under it."""
    CodeList.objects.filter(pk="sector-category").update(is_own=True)
    header = (data / "sector-category.csv").read_text(encoding="utf-8").partition("\n")[0]
    row = dict.fromkeys(header.split(","), "") | {"code": "269", "name_en": "New"}
    with (data / "sector-category.csv").open("a", encoding="utf-8") as file:
        file.write(",".join(row.values()) + "\n")
    change(data / "sector.csv", "sector-category:220", "sector-category:269")

    loaded = load_code_lists(data=data)

    assert sorted(one.slug for one in loaded if one.held_back) == ["sector", "sector-category"]
    assert not Code.objects.filter(parent="sector-category:269").exists()

    CodeList.objects.filter(pk="sector-category").update(is_own=False)
    load_code_lists(data=data)
    assert Code.objects.filter(parent="sector-category:269").exists()


def test_a_currency_given_up_keeps_its_last_day_and_names_its_successor():
    leone = Code.objects.get(pk="currency:SLL")

    assert (leone.valid_to, leone.successor_id) == (date(2023, 12, 31), "currency:SLE")


def test_a_list_says_where_it_is_from():
    sectors = CodeList.objects.get(pk="sector")

    assert sectors.origin == (
        "OECD, DAC and CRS code lists (purpose codes);"
        " days and those withdrawn from the IATI Standard (http://iatistandard.org/)"
    )
    assert sectors.licence == "ODC-PDDL-1.0 as packaged; texts by the OECD; CC BY 4.0"
    assert sectors.changed_at.date() == clock.today()


def test_a_sector_that_was_withdrawn_keeps_its_name_for_old_records_and_is_offered_no_more():
    assert Code.objects.get(pk="sector:23067").valid_to == date(2020, 2, 28)
    assert names.code_name("sector:23067", "fr") == "Solar energy"
    assert "sector:23067" not in dict(code_choices("sector"))
    assert "sector:23067" in dict(code_choices("sector", also="sector:23067"))
    assert "sector:23067" in dict(code_choices("sector", on=date(2020, 2, 28)))


def test_files_that_have_not_changed_are_not_read_again(django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, digests, release
        loaded = load_code_lists()

    assert changed(loaded) == []


def test_a_changed_name_is_seen_at_once(data, django_capture_on_commit_callbacks):
    assert names.code_name("modality:expert", "en") == "Dispatch of experts"
    change(data / "modality.csv", "Dispatch of experts", "Experts on mission")

    with django_capture_on_commit_callbacks(execute=True):
        loaded = load_code_lists(data=data)

    assert changed(loaded) == [Loaded("modality", codes=8)]
    assert names.code_name("modality:expert", "en") == "Experts on mission"


def test_a_changed_licence_is_recorded_too(data):
    change(data / "manifest.toml", 'licence = "EUPL-1.2"', 'licence = "CC0-1.0"')

    load_code_lists(data=data)

    assert CodeList.objects.get(pk="modality").licence == "CC0-1.0"


def test_a_code_gone_from_its_file_is_withdrawn_and_comes_back_with_it(data):
    change(data / "modality.csv", "seminar,", "workshop,")

    loaded = load_code_lists(data=data)

    assert changed(loaded) == [Loaded("modality", codes=8, withdrawn=1)]
    assert Code.objects.get(pk="modality:seminar").valid_to == clock.today()
    load_code_lists()
    assert Code.objects.get(pk="modality:seminar").valid_to is None
    assert Code.objects.get(pk="modality:workshop").valid_to == clock.today()


def test_one_code_that_points_nowhere_keeps_everything_out(data):
    change(data / "modality.csv", "Dispatch of experts", "Experts on mission")
    change(data / "country.csv", "region:035", "region:999")

    with pytest.raises(IntegrityError), transaction.atomic():
        load_code_lists(data=data)

    assert Code.objects.get(pk="modality:expert").names["en"] == "Dispatch of experts"


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "country:YY"},
        {"names": {"fr": "Pays"}},
        {"valid_from": date(2020, 1, 2), "valid_to": date(2020, 1, 1)},
        {"parent_id": "country:ZZ"},
    ],
)
def test_the_database_refuses_a_code_that_makes_no_sense(wrong):
    fields = {
        "id": "country:ZZ",
        "code_list_id": "country",
        "code": "ZZ",
        "position": 1,
        "names": {"en": "Nowhere"},
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.create(**fields | wrong)
    Code.objects.create(**fields)


def test_the_command_tells_what_it_did(data, capsys):
    CodeList.objects.filter(pk="modality").update(digest="")

    call_command("load_reference")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "region: unchanged"
    assert [line for line in lines if "unchanged" not in line] == ["modality: 8 codes, 0 withdrawn"]
