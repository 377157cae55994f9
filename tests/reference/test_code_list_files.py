"""The files the code lists come from."""

import csv
import tomllib

import pytest
from tools.build_reference import STANDARDS, build

from taawun.reference.actions import DATA

MANIFEST = tomllib.loads((DATA / "manifest.toml").read_text(encoding="utf-8"))
NAMED_IN_ARABIC = ["region", "country", "language", "modality", "decision-reason"]
OURS = {"modality.csv", "decision-reason.csv"}


def rows(list_slug):
    with (DATA / MANIFEST[list_slug]["file"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_file_is_in_the_manifest_with_its_origin_and_licence():
    assert sorted(entry["file"] for entry in MANIFEST.values()) == sorted(
        path.name for path in DATA.glob("*.csv")
    )
    for entry in MANIFEST.values():
        assert entry.keys() == {"file", "order", "origin", "licence", "version", "names"}
        assert entry["names"].keys() == {"en", "fr", "ar"}


@pytest.mark.parametrize("list_slug", MANIFEST)
def test_a_code_stands_once_in_its_list_and_is_named_in_english(list_slug):
    codes = [row["code"] for row in rows(list_slug)]

    assert len(codes) == len(set(codes))
    assert [row["code"] for row in rows(list_slug) if not row["name_en"].strip()] == []


@pytest.mark.parametrize("list_slug", NAMED_IN_ARABIC)
def test_what_people_choose_most_is_named_in_three_languages(list_slug):
    assert [row["code"] for row in rows(list_slug) if not (row["name_fr"] and row["name_ar"])] == []


@pytest.mark.parametrize("list_slug", ["sector", "sector-category"])
def test_sectors_are_named_in_french(list_slug):
    assert [row["code"] for row in rows(list_slug) if not row["name_fr"]] == []


def test_what_a_code_points_to_exists():
    ids = {f"{slug}:{row['code']}" for slug in MANIFEST for row in rows(slug)}

    pointed = {row[column] for slug in MANIFEST for row in rows(slug) for column in ("parent", "successor")}

    assert pointed - ids == {""}


def test_countries_are_called_as_their_ministries_are_addressed():
    named = {row["code"]: (row["name_en"], row["name_fr"], row["name_ar"]) for row in rows("country")}

    assert named["MM"] == ("Myanmar", "Myanmar", "ميانمار")
    assert named["NA"] == ("Namibia", "Namibie", "ناميبيا")
    assert len(named) == 249


def test_the_files_are_what_the_tool_builds_from_the_standards(tmp_path):
    if not STANDARDS.is_dir():
        pytest.skip("The standards' files are not beside this checkout (../shared/standards).")

    build(STANDARDS, tmp_path)

    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {entry["file"] for entry in MANIFEST.values()} - OURS
    assert built == {name: (DATA / name).read_bytes() for name in kept}
