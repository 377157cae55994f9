"""Files of published activities as tests need them, and the real ones that lie beside the checkout."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from taawun.interchange.iati.records import (
    Activity,
    Amount,
    Baseline,
    Document,
    Finding,
    Header,
    Indicator,
    Party,
    Period,
    Place,
    Read,
    Relation,
    Result,
    Share,
    Value,
)

PUBLISHER = "XM-DAC-999"


def amount(value="1000.50", currency="USD", kind="transaction", type="3", day=date(2024, 3, 1), **more):
    return Amount(
        kind=kind, type=type, value=Decimal(value), currency=currency, value_on=day, starts_on=day, **more
    )


def activity(number=1, **more):
    """A whole activity, said in every table."""
    values = {
        "identifier": f"{PUBLISHER}-{number}",
        "reporting_ref": PUBLISHER,
        "reporting_names": {"en": "Agency of the North", "fr": "Agence du Nord"},
        "version": "2.03",
        "line": number * 10,
        "xml": b"",
        "titles": {"en": f"Safe water {number}", "fr": f"Eau potable {number}"},
        "descriptions": {"1": {"en": "Wells and pumps."}},
        "status": "2",
        "planned_start": date(2024, 1, 1),
        "planned_end": date(2026, 12, 31),
        "currency": "USD",
        "updated_at": "2024-05-01T00:00:00Z",
        "parties": (Party("4", ref="MM-1", names={"en": "Ministry of Water"}),),
        "shares": (
            Share("country", "MM", percentage=Decimal(100)),
            Share("sector", "14030", vocabulary="1", percentage=Decimal("60.5")),
            Share("sector", "X-9", vocabulary="99", percentage=Decimal(100), names={"en": "Own code"}),
        ),
        "amounts": (amount(), amount("500", "EUR", shares=(Share("country", "KH"),)), amount("9", type="2")),
        "results": (
            Result(
                "1",
                {"en": "Wells dug"},
                indicators=(
                    Indicator(
                        "1",
                        {"en": "Wells"},
                        baselines=(Baseline(Value("0", Decimal(0)), year="2023"),),
                        periods=(
                            Period(
                                date(2024, 1, 1),
                                date(2024, 12, 31),
                                targets=(Value("10", Decimal(10)),),
                                actuals=(Value("about 7", None, (("sex", "f"),)),),
                            ),
                        ),
                    ),
                ),
            ),
        ),
        "documents": (Document("https://example.org/a.pdf", "application/pdf", {"en": "Plan"}, ("A02",)),),
        "relations": (Relation(f"{PUBLISHER}-0", "1"),),
        "places": (Place({"en": "Bago"}, Decimal("17.33"), Decimal("96.48")),),
    }
    made = Activity(**values | more)
    return made if made.xml else replace(made, xml=repr(made).encode())


@dataclass(frozen=True)
class Made:
    """A file of a test, given as what the reading of it yields."""

    reads: tuple
    name: str = "made.xml"
    size: int = 1

    @property
    def digest(self):
        return hashlib.sha256(repr(self.reads).encode()).hexdigest()

    def header(self):
        return Header("2.03")

    def read(self):
        return iter(self.reads)


def a_file(*activities, findings=(), **more):
    """A file with these activities; `findings` stand at its end."""
    reads = [Read(one) for one in activities]
    return Made((*reads, *(Read(None, (one,)) for one in findings)), **more)


def an_error(slug="identifier-missing", line=7, **more):
    return Finding(slug, line=line, fatal=True, **more)


EXAMPLES = "standards/iati/examples"


def example(name):
    """A real file, or a skipped test where this checkout has none beside it."""
    here = Path(__file__).resolve()
    found = next(
        (p / "shared" / EXAMPLES / name for p in here.parents if (p / "shared" / EXAMPLES).is_dir()), None
    )
    if found is None or not found.exists():
        pytest.skip("The examples of the standard do not lie beside this checkout.")
    return found


XML_ACTIVITY = """
<iati-activity default-currency="USD" last-updated-datetime="{updated}" xml:lang="en">
  <iati-identifier>{publisher}-{number}</iati-identifier>
  <reporting-org ref="{publisher}" type="10"><narrative>Agency of the North</narrative></reporting-org>
  <title><narrative>{title}</narrative><narrative xml:lang="fr">Eau potable {number}</narrative></title>
  <description type="1"><narrative>Wells and pumps.</narrative></description>
  <participating-org ref="MM-1" role="4"><narrative>Ministry of Water</narrative></participating-org>
  <activity-status code="{status}"/>
  <activity-date type="1" iso-date="2024-01-01"/>
  <activity-date type="3" iso-date="2026-12-31"/>
  <recipient-country code="MM" percentage="100"/>
  <sector vocabulary="1" code="14030" percentage="100"/>
  <transaction><transaction-type code="3"/><transaction-date iso-date="2024-03-01"/>
    <value value-date="2024-03-01">{spent}</value></transaction>
  <document-link format="application/pdf" url="https://example.org/{number}.pdf">
    <title><narrative>Plan</narrative></title><category code="A02"/></document-link>
  <result type="1"><title><narrative>Wells dug</narrative></title>
    <indicator measure="1"><title><narrative>Wells</narrative></title>
      <baseline year="2023" value="0"/>
      <period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
        <target value="10"/><actual value="7"/></period></indicator></result>
</iati-activity>"""
XML_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<iati-activities version="2.03" generated-datetime="2024-05-01T00:00:00Z">{activities}
</iati-activities>
"""
USUAL = {
    "publisher": PUBLISHER,
    "updated": "2024-05-01T00:00:00Z",
    "status": "2",
    "spent": "1000.50",
}


def xml_activity(number, **more):
    """One activity as a publisher writes it."""
    return XML_ACTIVITY.format(**USUAL | {"number": number, "title": f"Safe water {number}"} | more)


def xml_file(path, *activities):
    """A file on disk; the activities as text or as their numbers."""
    told = (one if isinstance(one, str) else xml_activity(one) for one in activities)
    path.write_text(XML_FILE.format(activities="".join(told)), encoding="utf-8")
    return path
