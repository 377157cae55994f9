"""Measuring how IATI files are read, beside lxml's own streaming and validating of the same file in the same run."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from lxml import etree

from taawun.interchange.iati.reading import check, read
from taawun.interchange.iati.validity import schema

ACTIVITIES = 2000
ROUNDS = 5
TODAY = date(2026, 1, 1)
ACTIVITY = """<iati-activity xml:lang="en" default-currency="EUR" hierarchy="2">
  <iati-identifier>XM-DAC-1-{number}</iati-identifier>
  <reporting-org ref="XM-DAC-1" type="10"><narrative>Agency of Cooperation</narrative></reporting-org>
  <title><narrative>Water for towns</narrative><narrative xml:lang="fr">De l’eau pour les villes</narrative></title>
  <description type="1"><narrative>{text}</narrative></description>
  <participating-org role="1" type="10" ref="XM-DAC-1"><narrative>Agency of Cooperation</narrative></participating-org>
  <participating-org role="4" type="10"><narrative>Ministry of Water</narrative></participating-org>
  <activity-status code="2"/>
  <activity-date type="1" iso-date="2024-01-01"/><activity-date type="2" iso-date="2024-01-15"/>
  <contact-info type="1"><organisation><narrative>Agency</narrative></organisation></contact-info>
  <recipient-country code="MA" percentage="60"/><recipient-country code="SN" percentage="40"/>
  <location><name><narrative>Fès</narrative></name>
    <point srsName="http://www.opengis.net/def/crs/EPSG/0/4326"><pos>34.03 -5.00</pos></point></location>
  <sector vocabulary="1" code="14030" percentage="70"/><sector vocabulary="1" code="14015" percentage="30"/>
  <policy-marker vocabulary="1" code="2" significance="1"/>
  <default-aid-type code="D02"/>
  {budgets}{transactions}
  <document-link url="https://example.org/a.pdf" format="application/pdf"><title><narrative>Plan</narrative></title>
    <category code="A02"/></document-link>
  <result type="1"><title><narrative>Wells</narrative></title>{indicators}</result>
</iati-activity>
"""
BUDGET = """<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
    <value value-date="2024-01-01">250000.50</value></budget>
"""
TRANSACTION = """<transaction><transaction-type code="3"/><transaction-date iso-date="2024-03-01"/>
    <value value-date="2024-03-02">1500.25</value><description><narrative>A part of the works</narrative></description>
    <provider-org ref="XM-DAC-1"><narrative>Agency</narrative></provider-org><receiver-org ref="MA-MW"/></transaction>
"""
INDICATOR = """<indicator measure="1"><title><narrative>Wells dug</narrative></title><baseline year="2023" value="4"/>
    <period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/><target value="12"/>
    <actual value="9"/></period></indicator>
"""


def measure(activities: int = ACTIVITIES) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of milliseconds for a whole file; notes: how many activities a second, and what the file was.

    Raises when a way of reading does not meet every activity: a benchmark of wrong work says nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "activities.xml"
        path.write_text(made(activities), encoding="utf-8")
        size = path.stat().st_size / 1e6
        ways = {
            "baseline: iterparse and XSD by lxml": _floor,
            "IATI file: check": _checked,
            "IATI file: read": _read,
        }
        taken = {name: _timed(way, path, activities) for name, way in ways.items()}
    plain = statistics.median(taken["baseline: iterparse and XSD by lxml"])
    rows = [{"name": name} | _spread(times, plain) for name, times in taken.items()]
    rates = [f"{name} {activities / statistics.median(times):,.0f}/s" for name, times in taken.items()]
    return rows, [f"{activities:,} activities, {size:.1f} MB: " + "; ".join(rates)]


def made(activities: int) -> str:
    """A valid file of activities like real ones: budgets, transactions, a result with indicators."""
    body = ACTIVITY.format(
        number="{number}",
        text="Wells and pipes for the towns of the plain. " * 12,
        budgets=BUDGET * 3,
        transactions=TRANSACTION * 10,
        indicators=INDICATOR * 4,
    )
    whole = "".join(body.replace("{number}", str(number)) for number in range(activities))
    return f'<iati-activities version="2.03">\n{whole}</iati-activities>\n'


def _floor(path: Path) -> int:
    valid = 0
    for _event, element in etree.iterparse(path, tag="iati-activity"):
        valid += schema().validate(element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return valid


def _checked(path: Path) -> int:
    return 0 if check(path, today=TODAY) else path.read_bytes().count(b"</iati-activity>")


def _read(path: Path) -> int:
    return sum(one.activity is not None for one in read(path, today=TODAY))


def _timed(way: Callable[[Path], int], path: Path, activities: int) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        met = way(path)
        times.append(time.perf_counter() - begun)
        if met != activities:
            raise RuntimeError(f"{met} of {activities} activities")
    return times


def _spread(times: list[float], plain: float) -> dict[str, Any]:
    middle = statistics.median(times)
    return {
        "p50_ms": round(middle * 1000, 2),
        "p95_ms": round(max(times) * 1000, 2),
        "ratio": round(middle / plain, 2),
    }
