"""What one activity says comes out as it is written: words, days, shares, money, results."""

from datetime import date
from decimal import Decimal

import pytest

from taawun.interchange.iati.records import Baseline, Document, Party, Period, Place, Relation, Share, Value
from tests.interchange.iati.made import TODAY, a_file, an_activity, found, reads, the_activity

POINT = '<location><name><narrative>Fès</narrative></name><point srsName="s"><pos>{}</pos></point></location>'
RESULT = """<result type="1"><title><narrative>Wells</narrative></title>
  <indicator measure="{measure}" ascending="0"><title><narrative>Wells dug</narrative></title>
    <baseline year="2023" iso-date="2023-12-31" value="4"/>
    <period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
      <target value="{value}"><dimension name="sex" value="f"/>
        <comment><narrative>At least</narrative></comment></target>
      <actual value="9.50"/></period>
  </indicator></result>"""
TRANSACTION = """<transaction ref="T1" humanitarian="1"><transaction-type code="3"/>
  <transaction-date iso-date="{day}"/><value value-date="2024-03-02" {currency}>{value}</value>
  <description><narrative>First part</narrative></description>
  <provider-org ref="P" provider-activity-id="P-1"><narrative>Payer</narrative></provider-org>
  <receiver-org ref="R" type="22"/>
  <sector vocabulary="1" code="14030"/><recipient-country code="MA"/>
  <flow-type code="10"/><finance-type code="110"/><aid-type vocabulary="2" code="1"/><aid-type code="D02"/>
  <tied-status code="5"/></transaction>"""


def transaction(value="-1500.25", currency='currency="USD"', day="2024-03-01"):
    return TRANSACTION.format(value=value, currency=currency, day=day)


def test_the_activity_says_who_reports_and_what_it_is_about():
    activity = the_activity(an_activity())

    assert (activity.identifier, activity.reporting_ref, activity.reporting_type) == (
        "XM-DAC-1-A",
        "XM-DAC-1",
        "10",
    )
    assert activity.reporting_names == {"en": "Agency of Cooperation"}
    assert activity.titles == {"en": "Water for towns"}
    assert activity.descriptions == {"1": {"en": "Wells and pipes."}}
    assert activity.parties == (Party("4", "MA-MW", "10", {"en": "Ministry of Water"}),)
    assert (activity.status, activity.actual_start, activity.planned_end) == ("2", date(2024, 1, 15), None)
    assert (activity.language, activity.currency, activity.version, activity.line) == ("en", "EUR", "2.03", 3)


def test_a_narrative_has_its_own_language_else_its_activitys_else_none():
    words = '<narrative xml:lang="FR">Eau</narrative><narrative>Water</narrative><narrative> </narrative>'
    plain = an_activity(attributes="").replace("<narrative>Water for towns</narrative>", words)
    spoken = plain.replace("<iati-activity >", '<iati-activity xml:lang="ar">')

    assert the_activity(plain).titles == {"fr": "Eau", "": "Water"}
    assert the_activity(spoken).titles == {"fr": "Eau", "ar": "Water"}


def test_two_narratives_of_one_language_and_two_descriptions_of_one_type_are_kept():
    twice = "<narrative>Water</narrative><narrative>Pipes</narrative>"
    more = '<description type="1"><narrative>More.</narrative></description>'
    text = an_activity().replace("<narrative>Water for towns</narrative>", twice)

    activity = the_activity(text.replace("<participating-org", more + "<participating-org"))

    assert activity.titles == {"en": "Water\nPipes"}
    assert activity.descriptions == {"1": {"en": "Wells and pipes.\nMore."}}


def test_countries_regions_sectors_tags_and_markers_keep_their_codes_and_exact_shares():
    more = """<recipient-country code="MA" percentage="33.333"/><recipient-region code="298" percentage="66.667"/>
      <sector code="14030"/><tag vocabulary="3" code="6.1"/>
      <policy-marker vocabulary="1" code="2" significance="1"/>"""

    assert the_activity(an_activity(more=more)).shares == (
        Share("country", "MA", percentage=Decimal("33.333")),
        Share("region", "298", percentage=Decimal("66.667")),
        Share("sector", "14030"),
        Share("tag", "6.1", "3"),
        Share("marker", "2", "1", significance="1"),
    )


def test_a_value_of_one_place_is_not_the_whole():
    period = """<period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
      <target value="100"/><actual value="40"><location ref="AF-KAN"/></actual></period>"""
    result = f"""<result type="1"><title><narrative>R</narrative></title><indicator measure="1">
      <title><narrative>I</narrative></title>{period}</indicator></result>"""

    (one,) = the_activity(an_activity(more=result)).results[0].indicators[0].periods

    assert [value.dimensions for value in (*one.targets, *one.actuals)] == [(), (("location", "AF-KAN"),)]


@pytest.mark.parametrize(
    ("more", "slugs"),
    [
        ('<sector code="1" percentage="50"/><sector code="2" percentage="50.0"/>', []),
        ('<sector code="1" percentage="50"/><sector code="2" percentage="49.99"/>', ["sectors-not-whole"]),
        ('<sector code="1" percentage="50"/><sector code="2"/>', ["sectors-without-percentage"]),
        ('<sector code="1"/><sector vocabulary="99" code="2"/>', []),
        ('<recipient-country code="MA" percentage="60"/>', ["places-not-whole"]),
        ('<recipient-country code="MA" percentage="60"/><recipient-region code="1" percentage="40"/>', []),
    ],
)
def test_percentages_that_make_no_hundred_are_told_and_left(more, slugs):
    (only,) = reads(a_file(an_activity(more=more)))

    assert [one.slug for one in only.findings] == slugs
    assert len(only.activity.shares) == more.count("code=")


def test_a_transaction_is_exact_and_keeps_its_own_country_and_sector():
    (amount,) = the_activity(an_activity(more=transaction())).amounts

    assert (amount.kind, amount.type, amount.value, amount.currency) == (
        "transaction",
        "3",
        Decimal("-1500.25"),
        "USD",
    )
    assert (amount.happened_on, amount.value_on, amount.ref) == (date(2024, 3, 1), date(2024, 3, 2), "T1")
    assert amount.giver == Party("", "P", "", {"en": "Payer"}, "P-1")
    assert (amount.receiver, amount.humanitarian) == (Party("", "R", "22"), True)
    assert (amount.flow_type, amount.finance_type, amount.aid_type, amount.tied) == ("10", "110", "D02", "5")
    assert amount.shares == (Share("sector", "14030", "1"), Share("country", "MA"))
    assert amount.description == {"en": "First part"}


def test_an_amount_without_a_currency_takes_the_activitys_and_says_when_there_is_none():
    mine, none = (
        an_activity(more=transaction(currency="")),
        an_activity(more=transaction(currency=""), attributes=""),
    )

    assert the_activity(mine).amounts[0].currency == "EUR"
    assert the_activity(none).amounts[0].currency == ""
    assert found(a_file(none)) == [("currency-missing", 12)]


def test_budgets_and_planned_disbursements_have_a_period():
    period = '<period-start iso-date="2024-01-01Z"/><period-end iso-date="2024-12-31"/>'
    value = '<value value-date="2024-01-01">12.50</value>'
    more = f"""<budget type="2" status="2">{period}{value}</budget>
      <planned-disbursement type="1">{period}{value}<receiver-org ref="R"/></planned-disbursement>"""

    budget, planned = the_activity(an_activity(more=more)).amounts

    assert (budget.kind, budget.type, budget.status, budget.value) == ("budget", "2", "2", Decimal("12.50"))
    assert (planned.kind, planned.receiver) == ("planned", Party("", "R"))
    assert (budget.starts_on, budget.ends_on, budget.happened_on) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        None,
    )


def test_results_keep_baselines_targets_and_actual_values():
    (result,) = the_activity(an_activity(more=RESULT.format(measure=1, value="12"))).results
    (indicator,) = result.indicators

    assert (result.type, result.titles, indicator.measure, indicator.ascending) == (
        "1",
        {"en": "Wells"},
        "1",
        False,
    )
    assert indicator.baselines == (Baseline(Value("4", Decimal(4)), "2023", date(2023, 12, 31)),)
    target = Value("12", Decimal(12), (("sex", "f"),), {"en": "At least"})
    actual = Value("9.50", Decimal("9.50"))
    assert indicator.periods == (Period(date(2024, 1, 1), date(2024, 12, 31), (target,), (actual,)),)


@pytest.mark.parametrize("written", ["12,000", "some", "1e9", "NaN", "Infinity", "12 %", "٣", "1" * 41])
def test_a_value_that_is_no_number_is_kept_as_written_and_told_where_a_number_was_due(written):
    counted = a_file(an_activity(more=RESULT.format(measure=1, value=written)))
    described = a_file(an_activity(more=RESULT.format(measure=5, value=written)))

    (result,) = reads(counted)[0].activity.results

    assert result.indicators[0].periods[0].targets[0].written == written
    assert result.indicators[0].periods[0].targets[0].number is None
    assert found(counted) == [("value-not-a-number", 15)]
    assert found(described) == []


def test_documents_relations_and_other_identifiers_are_kept():
    other = '<other-identifier ref="1023" type="A2"/><activity-status code="2"/>'
    more = """<document-link url="https://example.org/a.pdf" format="application/pdf"><title><narrative>Plan</narrative>
      </title><category code="A02"/><language code="fr"/><document-date iso-date="2024-02-29"/></document-link>
      <related-activity ref="XM-DAC-1" type="1"/>"""

    activity = the_activity(an_activity(more=more).replace('<activity-status code="2"/>', other))

    plan = Document(
        "https://example.org/a.pdf", "application/pdf", {"en": "Plan"}, ("A02",), ("fr",), date(2024, 2, 29)
    )
    assert activity.documents == (plan,)
    assert activity.relations == (Relation("XM-DAC-1", "1"),)
    assert activity.other_identifiers == (("A2", "1023"),)


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("34.03 -5.00", (Decimal("34.03"), Decimal("-5.00"))),
        ("-90 180", (Decimal(-90), Decimal(180))),
        ("134.03 -5.00", None),
        ("34,03 -5,00", None),
        ("34.03", None),
        ("34.03 -5.00 12", None),
    ],
)
def test_a_place_has_a_point_if_it_lies_on_the_earth(written, point):
    text = an_activity(more=POINT.format(written))

    assert the_activity(text).places == (Place({"en": "Fès"}, *(point or (None, None))),)
    assert found(a_file(text)) == ([] if point else [("point-not-understood", 11)])


def test_what_is_said_to_have_happened_on_a_day_to_come_is_told():
    late = an_activity(more=transaction(day="2026-06-02")).replace("2024-01-15", "2026-07-01")

    assert found(a_file(late)) == [("day-to-come", 10), ("day-to-come", 11)]
    assert [one.slug for one in reads(a_file(late), today=date(2026, 7, 1))[0].findings] == []
    assert date(2026, 6, 2) > TODAY


def test_persons_to_contact_never_enter():
    contact = """<contact-info type="1"><person-name><narrative>Amina Secret</narrative></person-name>
      <email>amina@secret.example</email></contact-info>"""
    strange = '<x:more xmlns:x="urn:x"><x:contact-info>Amina Secret</x:contact-info></x:more>'
    text = a_file(an_activity(before=contact, more=strange))
    assert "Amina Secret" in text

    (only,) = reads(text)

    assert "ecret" not in repr(only)
    assert b"Water for towns" in only.activity.xml


def test_a_fault_in_a_contact_tells_the_place_and_never_the_value():
    contact = (
        '<contact-info type="1"><email><narrative>amina@secret.example</narrative></email></contact-info>'
    )

    (only,) = reads(a_file(an_activity(before=contact)))

    assert [(one.slug, one.line) for one in only.findings] == [("xsd-not-empty", 11)]
    assert "secret" not in repr(only)


def test_the_kept_xml_is_canonical_and_does_not_depend_on_the_file_around_it():
    first = the_activity(an_activity())
    second = the_activity(
        an_activity().replace(
            'xml:lang="en" default-currency="EUR"', "default-currency='EUR'  xml:lang='en'"
        ),
        root=' xmlns:x="urn:x" generated-datetime="2026-01-01T00:00:00"',
    )

    assert first.xml == second.xml
    assert first.xml.startswith(b'<iati-activity default-currency="EUR" xml:lang="en">')
    assert first.xml.endswith(b"</iati-activity>")


def test_an_activity_whose_namespaces_forbid_the_canonical_form_is_kept_as_written():
    note = '<x:note xmlns:x="not/absolute">Wells</x:note>'

    (only,) = reads(a_file(an_activity(more=note)))

    assert (only.findings, only.activity.xml.count(note.encode())) == ((), 1)
    assert only.activity.xml.endswith(b"</iati-activity>")
