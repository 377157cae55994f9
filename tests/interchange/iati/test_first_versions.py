"""Files of the versions 1.01 to 1.05: read as far as they can be understood, the rest told, nothing invented.

`version_1.xml` was made for these tests, after the habits of files of those years.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taawun.interchange.iati.elements_1x import VERSIONS
from taawun.interchange.iati.reading import check, header, read
from taawun.interchange.iati.records import Party, Place, Relation, Share, Value
from tests.interchange.iati.made import TODAY, found, reads, refused

FILE = Path(__file__).parent / "version_1.xml"


@pytest.fixture(scope="module")
def activity():
    return next(read(FILE, today=TODAY)).activity


def of_one(inside, version="1.05"):
    return (
        f'<iati-activities version="{version}">\n<iati-activity>\n<iati-identifier>A</iati-identifier>\n'
        f"<reporting-org>R</reporting-org><title>T</title>\n{inside}\n</iati-activity></iati-activities>"
    )


def test_text_is_read_as_words_of_its_language(activity):
    assert activity.titles == {"en": "Rural water", "fr": "Hydraulique rurale à l'échelle du pays"}
    assert activity.descriptions == {
        "1": {"en": "Wells in forty villages."},
        "2": {"fr": "De l'eau pour tous."},
    }
    assert activity.reporting_names == {"en": "Agency of Cooperation"}
    assert activity.amounts[1].description == {"en": "Convention", "fr": "Convention signée"}
    assert activity.results[0].titles == {"en": "Wells", "fr": "Puits"}


def test_names_and_letters_become_the_later_codes(activity):
    assert activity.parties == (
        Party("1", "XX-1", "10", {"en": "Agency of Cooperation"}),
        Party("4", names={"en": "Ministry of Water"}),
        Party("Beneficiary", names={"en": "The villages"}),
    )
    assert (activity.status, activity.collaboration_type, activity.tied, activity.aid_type) == (
        "2",
        "1",
        "5",
        "",
    )
    assert [(one.kind, one.type) for one in activity.amounts] == [
        ("budget", "1"),
        ("transaction", "2"),
        ("transaction", "3"),
    ]
    assert (activity.results[0].type, activity.results[0].indicators[0].measure) == ("1", "1")


def test_days_money_shares_and_points_are_exact(activity):
    assert (activity.planned_start, activity.actual_start) == (date(2011, 1, 1), date(2011, 3, 1))
    assert activity.planned_end is None
    assert [(one.value, one.currency) for one in activity.amounts] == [
        (Decimal("250000.50"), "EUR"),
        (Decimal(1000000), "XOF"),
        (Decimal(1500), "EUR"),
    ]
    assert activity.shares == (
        Share("country", "SN", percentage=Decimal(60), names={"en": "Senegal"}),
        Share("country", "ML", percentage=Decimal(40), names={"en": "Mali"}),
        Share("sector", "14030", "1", Decimal(100), names={"en": "Basic water supply"}),
        Share("sector", "W1", "ISO", names={"en": "Water"}),
        Share("marker", "2", "1", significance="1", names={"en": "Environment"}),
    )
    assert activity.places == (Place({"en": "Kayes"}, Decimal("14.45"), Decimal("-11.43")),)


def test_the_rest_is_where_it_belongs(activity):
    (period,) = activity.results[0].indicators[0].periods

    assert activity.other_identifiers == (("", "M/77"),)
    assert (activity.documents[0].languages, activity.documents[0].categories) == (("fr",), ("A02",))
    assert activity.relations == (Relation("XX-1-2011", "1"),)
    assert (period.targets, period.actuals) == ((Value("40", Decimal(40)),), (Value("some"),))
    assert activity.results[0].indicators[0].baselines[0].value.comment == {"en": "None"}


def test_what_is_not_understood_is_told_on_its_line():
    first, second = read(FILE, today=TODAY)

    assert [(one.slug, one.line) for one in first.findings] == [
        ("version-first", 2),
        ("first-element-unknown", 74),
        ("day-not-understood", 14),
        ("first-code-unknown", 18),
        ("first-code-unknown", 26),
        ("first-text-unknown", 29),
        ("number-not-understood", 44),
        ("value-not-a-number", 70),
    ]
    assert [(one.slug, one.values["name"]) for one in second.findings] == [
        ("first-missing", "reporting-org"),
        ("first-missing", "title"),
    ]
    assert check(FILE, today=TODAY) == []


def test_persons_to_contact_never_enter_and_the_xml_is_kept_as_it_came(activity):
    assert "ecret" not in repr(activity)
    assert b'<title xml:lang="fr">Hydraulique' in activity.xml
    assert b"<narrative" not in activity.xml
    assert header(FILE).version == activity.version == "1.03"


def test_persons_to_contact_never_enter_however_an_old_file_calls_them():
    more = """<Contact-Info><email>amina@secret.example</email></Contact-Info>
      <contact><person-name>Amina Secret</person-name></contact>"""

    (only,) = reads(of_one(more, "1.03"))

    assert "ecret" not in repr(only)


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_every_first_version_is_read(version):
    (only,) = reads(of_one("", version))

    assert (only.activity.titles, only.activity.version) == ({"": "T"}, version)
    assert [one.slug for one in only.findings] == ["version-first"]


def test_a_later_way_of_writing_inside_an_older_file_is_understood_too():
    inside = """<participating-org role="2"><narrative xml:lang="fr">Ministère</narrative></participating-org>
      <activity-date type="2" iso-date="2012-01-01"/>
      <transaction><transaction-type code="4"/><value>5</value></transaction>
      <location><point><pos>1 2</pos></point></location>"""

    (only,) = reads(of_one(inside))

    assert only.activity.parties == (Party("2", names={"fr": "Ministère"}),)
    assert only.activity.actual_start == date(2012, 1, 1)
    assert only.activity.amounts[0].type == "4"
    assert only.activity.places == (Place({}, Decimal(1), Decimal(2)),)
    assert [one.slug for one in only.findings] == ["version-first", "currency-missing"]


def test_identifiers_are_asked_for_and_stand_once_here_too():
    twice = of_one("").replace("</iati-activities>", of_one("")[of_one("").index("<iati-activity>") :])

    assert refused(twice) == [("identifier-twice", 6)]
    assert refused(of_one("").replace(">A<", "> <")) == [("identifier-missing", 2)]
    assert refused('<iati-activities version="1.04"/>') == [("no-activity", 1)]


def test_an_unknown_element_of_another_namespace_is_let_pass():
    assert found(of_one('<x:note xmlns:x="urn:x"/>')) == [("version-first", 1)]
