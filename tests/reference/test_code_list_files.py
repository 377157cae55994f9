"""The files the code lists come from."""

import csv
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from tools import codelists
from tools.codelists import iati, sdg, sheet

from taawun.reference.actions import DATA

MANIFEST = tomllib.loads((DATA / "manifest.toml").read_text(encoding="utf-8"))
STANDARDS = Path(__file__).resolve().parents[3] / "shared" / "standards"
STANDARDS_ELSEWHERE = "The standards' files are not beside this checkout (../shared/standards)."
OURS = {"modality", "decision-reason"}
NAMED_IN_ARABIC = [
    *("region", "country", "language", "modality", "decision-reason"),
    *("sdg-goal", "sdg-target"),
]
# What stood in the files before; records hold these ids.
IDS_OF_THE_FIRST_RELEASE = Path(__file__).parent / "ids_of_the_first_release.txt"


def rows(list_slug):
    with (DATA / MANIFEST[list_slug]["file"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(list_slug):
    return [row["code"] for row in rows(list_slug)]


@pytest.fixture
def standards():
    if not STANDARDS.is_dir():
        pytest.skip(STANDARDS_ELSEWHERE)
    return STANDARDS


def from_iati(standards, name):
    text = (standards / "iati" / "codelists" / "json" / f"{name}.json").read_text("utf-8")
    return json.loads(text)["items"]


def from_oecd(standards, name, column="code"):
    return {row[column] for row in sheet.read(standards / "oecd" / f"{name}.csv")} - {""}


def test_every_file_is_in_the_manifest_with_its_origin_and_licence():
    assert sorted(entry["file"] for entry in MANIFEST.values()) == sorted(
        path.name for path in DATA.glob("*.csv")
    )
    for entry in MANIFEST.values():
        assert entry.keys() == {"file", "order", "origin", "licence", "version", "names"}
        assert entry["names"].keys() == {"en", "fr", "ar"}


def test_what_comes_from_iati_says_so_with_its_licence():
    told = {slug: (MANIFEST[slug]["origin"], MANIFEST[slug]["licence"]) for slug in iati.LISTS}

    assert [
        slug for slug, (origin, _) in told.items() if "IATI Standard (http://iatistandard.org/)" not in origin
    ] == []
    assert [slug for slug, (_, licence) in told.items() if "CC BY 4.0" not in licence] == []


@pytest.mark.parametrize("list_slug", MANIFEST)
def test_a_code_stands_once_in_its_list_and_is_named_in_english(list_slug):
    held = codes(list_slug)

    assert len(held) == len(set(held))
    assert [row["code"] for row in rows(list_slug) if not row["name_en"].strip()] == []


@pytest.mark.parametrize("list_slug", MANIFEST)
def test_names_stand_on_one_line_and_are_short_enough_to_be_names(list_slug):
    texts = [text for row in rows(list_slug) for column, text in row.items() if column.startswith("name_")]

    assert [text for text in texts if text != sheet.plain(text)] == []
    assert max(map(len, texts)) < 800
    assert [code for code in codes(list_slug) if len(code) > 48] == []


@pytest.mark.parametrize("list_slug", MANIFEST)
def test_the_days_of_a_code_are_days_in_their_order(list_slug):
    for row in rows(list_slug):
        days = [date.fromisoformat(row[column]) for column in ("valid_from", "valid_to") if row[column]]
        assert days == sorted(days)


@pytest.mark.parametrize("list_slug", NAMED_IN_ARABIC)
def test_what_people_choose_most_is_named_in_three_languages(list_slug):
    assert [row["code"] for row in rows(list_slug) if not (row["name_fr"] and row["name_ar"])] == []


@pytest.mark.parametrize("list_slug", ["sector", "sector-category"])
def test_sectors_that_can_be_chosen_are_named_in_french(list_slug):
    assert [row["code"] for row in rows(list_slug) if not row["name_fr"] and not row["valid_to"]] == []


def test_what_a_code_points_to_exists():
    ids = {f"{slug}:{row['code']}" for slug in MANIFEST for row in rows(slug)}

    pointed = {row[column] for slug in MANIFEST for row in rows(slug) for column in ("parent", "successor")}

    assert pointed - ids == {""}


def test_no_id_that_records_may_hold_was_lost():
    held = {f"{slug}:{code}" for slug in MANIFEST for code in codes(slug)}

    assert set(IDS_OF_THE_FIRST_RELEASE.read_text("utf-8").split()) - held == set()


def test_countries_are_called_as_their_ministries_are_addressed():
    named = {row["code"]: (row["name_en"], row["name_fr"], row["name_ar"]) for row in rows("country")}

    assert named["MM"] == ("Myanmar", "Myanmar", "ميانمار")
    assert named["NA"] == ("Namibia", "Namibie", "ناميبيا")
    assert len(named) == 249


def test_a_country_has_the_codes_of_the_other_systems():
    also = ("also_alpha-3", "also_numeric", "also_m49", "also_dac")
    held = {row["code"]: tuple(row[column] for column in also) for row in rows("country")}

    assert held["MA"] == ("MAR", "504", "504", "136")
    assert held["JP"] == ("JPN", "392", "392", "701")
    assert held["AF"] == ("AFG", "004", "004", "625")
    assert held["AD"] == ("AND", "020", "020", "")
    numbers = [dac for *_, dac in held.values() if dac]
    assert len(numbers) == len(set(numbers))


def test_every_country_of_the_oecds_files_was_found_by_its_name(standards):
    oecd = {}
    for name in ("recipients", "dac_members", "non_dac_donors"):
        for row in sheet.read(standards / "oecd" / f"{name}.csv"):
            oecd[row["code"]] = row["name_en"]
    held = {row["also_dac"] for row in rows("country")}

    left = {code: name for code, name in oecd.items() if code not in held and code not in codes("dac-region")}

    # Kosovo has no code in ISO 3166-1; the institutions are no country.
    assert left == {"57": "Kosovo", "918": "EU Institutions"}


@pytest.mark.parametrize("list_slug", iati.LISTS)
def test_a_list_holds_every_code_that_iati_holds(list_slug, standards):
    theirs = [item["code"] for item in from_iati(standards, iati.LISTS[list_slug])]

    assert set(theirs) - set(codes(list_slug)) == set()
    if list_slug.startswith("iati-") or list_slug in ("dac-region", "tied-status", "policy-marker"):
        assert len(codes(list_slug)) == len(theirs)


def test_the_oecds_lists_hold_what_either_has(standards):
    def theirs(name):
        return {item["code"] for item in from_iati(standards, name)}

    assert set(codes("channel")) == theirs("CRSChannelCode") | from_oecd(standards, "channel_codes")
    assert set(codes("aid-type")) == theirs("AidType") | from_oecd(standards, "aid_types")
    assert set(codes("flow-type")) == theirs("FlowType") | from_oecd(standards, "flow_types")
    assert set(codes("finance-type")) == theirs("FinanceType") | from_oecd(standards, "finance_types")
    purposes = from_oecd(standards, "sectors") | from_oecd(standards, "sectors", "voluntary_code")
    assert set(codes("sector")) == theirs("Sector") | purposes
    assert [len(codes(slug)) for slug in ("sector", "sector-category", "channel")] == [326, 50, 441]


@pytest.mark.parametrize("list_slug", iati.LISTS)
def test_french_is_complete_wherever_iati_or_the_oecd_holds_it(list_slug, standards):
    french = {row["code"]: row["name_fr"] for row in rows(list_slug)}
    missing = [item for item in from_iati(standards, iati.LISTS[list_slug]) if item.get("name_fr")]

    assert [item["code"] for item in missing if not french[item["code"]]] == []
    if file := codelists.oecd.FILES.get(list_slug):
        named = [row["code"] for row in sheet.read(standards / "oecd" / file) if row["name_fr"].strip()]
        assert [code for code in named if code in french and not french[code]] == []
    if list_slug == "channel":
        assert french["46026"] == "Banque Asiatique d’Investissement dans les Infrastructures"


@pytest.mark.parametrize("list_slug", iati.LISTS)
def test_what_iati_calls_withdrawn_has_a_last_day_unless_the_oecd_still_holds_it(list_slug, standards):
    last = {row["code"]: row["valid_to"] for row in rows(list_slug)}
    gone = [i for i in from_iati(standards, iati.LISTS[list_slug]) if i.get("status") == "withdrawn"]

    still = [item["code"] for item in gone if not last[item["code"]]]

    assert still == (["230"] if list_slug == "sector-category" else [])
    for item in gone:
        if item.get("withdrawal-date") and item["code"] not in still:
            assert last[item["code"]] == item["withdrawal-date"]


def test_goals_and_targets_are_complete_in_four_languages():
    assert codes("sdg-goal") == [str(number) for number in range(1, 18)]
    assert len(codes("sdg-target")) == 169
    for slug in ("sdg-goal", "sdg-target"):
        for language in ("en", "fr", "ar", "es"):
            assert [row["code"] for row in rows(slug) if not row[f"name_{language}"]] == []


def test_the_files_of_the_goals_are_read_with_their_quotes_and_long_lines():
    text = "1-short: 'L''eau '\n2-title: نسـبة\n  وجهد\n3-short: Faim \"zéro\"\n\n4-x: \"a\"\n"

    assert sdg.entries(text) == {
        "1-short": "L'eau",
        "2-title": "نسبة وجهد",
        "3-short": 'Faim "zéro"',
        "4-x": "a",
    }


def test_codes_stand_in_the_order_people_expect():
    shuffled = ["10", "1.10", "1.a", "2", "1.9", "1", "B03", "B021", "B02", "089", "800"]

    assert sorted(shuffled, key=sheet.natural) == [
        *("1", "1.9", "1.10", "1.a", "2", "10"),
        *("089", "800", "B02", "B021", "B03"),
    ]


def test_codes_built_upon_each_other_stand_under_each_other():
    above = {
        row["code"]: row["parent"] for slug in ("tossd-modality", "tossd-instrument") for row in rows(slug)
    }

    assert (above["D011"], above["D01"], above["D"]) == ("tossd-modality:D01", "tossd-modality:D", "")
    assert (above["421"], above["420"], above["310"]) == ("tossd-instrument:420", "", "")
    assert {row["code"]: row["parent"] for row in rows("aid-type")}["B021"] == "aid-type:B02"


def test_the_files_are_what_the_tool_builds_from_the_standards(tmp_path, standards):
    codelists.build(standards, tmp_path)

    built = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert built == {slug: (DATA / f"{slug}.csv").read_bytes() for slug in MANIFEST.keys() - OURS}
