"""The example files of the standard and of its publishers, each against what is known of it."""

import csv
import re
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from taawun.interchange.iati.reading import check, header, read
from tests.interchange.iati.made import EXAMPLES

TODAY = date(2026, 11, 30)
MANIFEST = EXAMPLES / "MANIFEST.tsv"
LINES = MANIFEST.read_text(encoding="utf-8").splitlines() if MANIFEST.is_file() else []
ROWS = list(csv.DictReader(LINES, delimiter="\t"))
ACTIVITIES = [row for row in ROWS if row["root"] == "iati-activities"]
VALID = [
    row for row in ACTIVITIES if row["iati_version"] in {"2.02", "2.03"} and row["xsd_valid_2.03"] == "yes"
]

pytestmark = pytest.mark.skipif(
    not ROWS, reason="The standards' files are not beside this checkout (../shared/standards)."
)


def named(row):
    return row["file"]


def of_the_schema(findings):
    """Findings that the schema itself makes: that a version is asked for is one of them."""
    return [one for one in findings if one.slug.startswith("xsd") or one.slug == "version-missing"]


def test_the_examples_are_all_there():
    assert (len(ROWS), len(ACTIVITIES), len(VALID)) == (44, 32, 16)


@pytest.mark.parametrize("row", ACTIVITIES, ids=named)
def test_the_schema_judges_each_file_as_its_manifest_says(row):
    findings = check(EXAMPLES / row["file"], today=TODAY)

    assert ("no" if of_the_schema(findings) else "yes") == row["xsd_valid_2.03"]


@pytest.mark.parametrize("row", ACTIVITIES, ids=named)
def test_the_first_error_stands_on_the_line_that_the_manifest_names(row):
    lines = [one.line for one in of_the_schema(check(EXAMPLES / row["file"], today=TODAY))]

    told = re.match(r"line (\d+): ", row["first_xsd_or_parse_error"])
    assert lines[:1] == ([int(told[1])] if told else [])


@pytest.mark.parametrize("row", ACTIVITIES, ids=named)
def test_each_activity_is_met_once_read_or_refused(row):
    reads = list(read(EXAMPLES / row["file"], today=TODAY))

    assert len(reads) == int(row["activities"])


@pytest.mark.parametrize("row", VALID, ids=named)
def test_a_valid_file_is_read_whole(row):
    path = EXAMPLES / row["file"]

    activities = [one.activity for one in read(path, today=TODAY)]

    elements = etree.parse(path).getroot().findall("iati-activity")
    assert [one.identifier for one in activities] == [e.findtext("iati-identifier").strip() for e in elements]
    assert [one.line for one in activities] == [line for line, _ in beginnings(path)]
    assert header(path).version == row["iati_version"] == activities[0].version


def beginnings(path):
    text = path.read_text(encoding="utf-8-sig")
    return [(text[: at.start()].count("\n") + 1, at) for at in re.finditer(r"<iati-activity[\s>]", text)]


@pytest.mark.parametrize("row", VALID, ids=named)
def test_nothing_is_lost_of_amounts_shares_parties_and_results(row):
    activities = [one.activity for one in read(EXAMPLES / row["file"], today=TODAY)]

    root = etree.parse(EXAMPLES / row["file"]).getroot()
    assert counted(activities) == {
        "amounts": len(root.xpath("//budget[value] | //planned-disbursement | //transaction")),
        "shares": len(
            root.xpath("*/recipient-country | */recipient-region | */sector | */tag | */policy-marker")
        ),
        "parties": len(root.xpath("*/participating-org")),
        "periods": len(root.xpath("//indicator/period")),
        "documents": len(root.xpath("*/document-link")),
        "relations": len(root.xpath("*/related-activity")),
        "places": len(root.xpath("*/location")),
    }
    assert sum(one.value for a in activities for one in a.amounts if one.kind == "transaction") == sum(
        map(Decimal, root.xpath("//transaction/value/text()"))
    )


def counted(activities):
    lists = {
        name: sum(len(getattr(one, name)) for one in activities) for name in ("amounts", "shares", "parties")
    }
    lists |= {
        name: sum(len(getattr(one, name)) for one in activities)
        for name in ("documents", "relations", "places")
    }
    indicators = [i for one in activities for result in one.results for i in result.indicators]
    return lists | {"periods": sum(len(one.periods) for one in indicators)}


@pytest.mark.parametrize("row", [row for row in ROWS if row["root"] == "iati-organisations"], ids=named)
def test_an_organisation_file_is_told_as_such(row):
    findings = check(EXAMPLES / row["file"], today=TODAY)

    assert [one.slug for one in findings] == ["organisation-file"]
    assert header(EXAMPLES / row["file"]).root == "iati-organisations"


@pytest.mark.parametrize(
    ("name", "slug", "line"),
    [
        ("jsval__iati-act-xml-errors.xml", "not-well-formed", 7),
        ("jsval__xml-but-not-iati.xml", "not-iati", 1),
        ("flattener__ifad-activity.xml", "version-missing", 1),
    ],
)
def test_other_files_are_told_for_what_they_are(name, slug, line):
    assert [(one.slug, one.line) for one in check(EXAMPLES / name, today=TODAY)] == [(slug, line)]
