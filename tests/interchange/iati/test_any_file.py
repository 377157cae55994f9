"""Whatever file comes: the verdict is the schema's own, nothing but findings comes out, and memory stays as it is."""

import subprocess
import sys
from datetime import date
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from lxml import etree

from taawun.interchange.iati.reading import check, read
from taawun.interchange.iati.validity import schema
from tests.interchange.iati.made import EXAMPLES, TODAY, a_file, an_activity, reads, refused

ROOT = Path(__file__).resolve().parents[3]
NAMES = ["iati-activity", "iati-identifier", "title", "narrative", "sector", "budget", "value", "transaction"]
NAMES += ["other-identifier", "language", "coordinates", "comment", "activity-date", "transaction-type"]
NAMES += [
    "contact-info",
    "email",
    "location",
    "point",
    "pos",
    "result",
    "indicator",
    "period",
    "target",
    "{urn:x}note",
]
ATTRIBUTES = ["code", "percentage", "iso-date", "value", "value-date", "type", "role", "{urn:x}a", "ref"]
WORDS = st.sampled_from(["", "1", "x", "-5.25", "2024-02-30", "2024-02-29", "Ünïcode ب", "  "])
OF_THE_SCHEMA = ("xsd", "no-activity")


def branches(children):
    return st.builds(
        grown, st.sampled_from(NAMES), st.dictionaries(st.sampled_from(ATTRIBUTES), WORDS), WORDS, children
    )


def grown(name, attributes, text, children):
    element = etree.Element(name, attributes)
    element.text = text
    element.extend(children)
    return element


TREES = st.recursive(branches(st.just([])), lambda inner: branches(st.lists(inner, max_size=4)), max_leaves=8)


@st.composite
def changed_files(draw):
    """A valid file in which branches were put, doubled and taken out at random."""
    root = etree.fromstring(a_file(an_activity("A"), an_activity("B")).encode())
    for _ in range(draw(st.integers(0, 3))):
        elements = list(root.iter())
        at = draw(st.sampled_from(elements))
        what = draw(st.sampled_from(["put", "take", "set"]))
        if what == "put":
            at.insert(draw(st.integers(0, len(at))), draw(TREES))
        elif what == "take" and at is not root:
            at.getparent().remove(at)
        else:
            at.set(draw(st.sampled_from(ATTRIBUTES)), draw(WORDS))
    return root


@given(changed_files())
@settings(max_examples=150, deadline=None)
def test_one_at_a_time_the_schema_judges_as_it_judges_the_whole(root):
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    valid = schema().validate(etree.fromstring(text))

    findings = check(BytesIO(text), today=TODAY)

    assert [one.slug for one in findings if one.slug.startswith(OF_THE_SCHEMA)] == [] or not valid
    assert valid or findings != []
    assert all(1 <= one.line <= 1 + text.count(b"\n") for one in findings)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(text):
    assert refused(text) != []


@given(TREES, st.sampled_from(["2.03", "1.03"]))
@settings(max_examples=1500, deadline=None)
def test_no_tree_breaks_the_reader(tree, version):
    tree.tag = "iati-activity"
    tree.append(etree.fromstring("<iati-identifier>A</iati-identifier>"))
    root = etree.Element("iati-activities", version=version)
    root.append(tree)

    refused(etree.tostring(root))


EXAMPLE = EXAMPLES / "okfn__usaid-bb.xml"
needs_examples = pytest.mark.skipif(
    not EXAMPLE.is_file(), reason="The standards' files are not beside this checkout (../shared/standards)."
)


@needs_examples
@given(st.data())
@settings(max_examples=1500, deadline=None)
def test_a_real_file_cut_or_damaged_anywhere_gives_findings_and_no_exception(data):
    whole = EXAMPLE.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 3))

    cut = refused(whole[:place])
    reads(whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :])

    assert len(cut) == 1
    assert cut[0][0] in {"cut-short", "empty", "not-xml"}


# Read by a child: what a process once held it does not give back, so that what others did would be counted too.
MEASURED = """
import resource, sys
from datetime import date
from functools import partial
from taawun.interchange.iati.reading import check, read
from tests.interchange.iati.test_any_file import Long

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

count = 0
for one in read(Long(20_000), today=date(2026, 6, 1)):
    assert one.activity and len(one.activity.amounts) == 6, one
    count += 1
    if count == 2_000:
        early = peak()
read_whole = peak()
assert check(Long(8_000), today=date(2026, 6, 1)) == []
print(count, early, read_whole, peak())
"""
PAYMENT = """<transaction><transaction-type code="3"/><transaction-date iso-date="2024-03-01"/>
    <value value-date="2024-03-02">1500.25</value><description><narrative>A part of the works</narrative></description>
    <recipient-country code="MA"/></transaction>
"""


class Long:
    """A file of many activities that is never whole anywhere."""

    def __init__(self, count):
        self.size = 0
        self._pieces = self._all(count)

    def _all(self, count):
        start, end = a_file("|").encode().split(b"|")
        yield start
        body = an_activity("IDENTIFIER", "<!-- " + "long " * 150 + "-->" + PAYMENT * 6).encode()
        for number in range(count):
            yield body.replace(b"IDENTIFIER", b"XM-DAC-1-%d" % number)
        yield end

    def read(self, _size):
        piece = b"".join(islice(self._pieces, 20))
        self.size += len(piece)
        return piece


@pytest.mark.slow
def test_twenty_thousand_activities_take_no_more_memory_than_two_thousand():
    """A file of 60 MB. What grows is the set of identifiers: some two megabytes."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TAAWUN_TESTING": "1"},
    )

    count, early, whole, checked = map(int, run.stdout.split())
    assert count == 20_000
    assert sum(map(len, iter(partial(Long(20_000).read, 0), b""))) > 55_000_000
    assert max(whole, checked) - early < 12_000  # kilobytes


HUGE = """
import resource, sys
from datetime import date
from taawun.interchange.iati.reading import read
from tests.interchange.iati.test_any_file import Huge

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

file, early = Huge(1_050), 0
for number, one in enumerate(read(file, today=date(2026, 6, 1)), start=1):
    early = early or (number == 20 and peak())
told = [(each.slug, each.line) for each in one.findings]
print(number, file.size, peak() - early, told)
"""


class Huge(Long):
    """The same with texts of a megabyte each, on 24,009 lines; its end is missing."""

    def _all(self, count):
        start, _end = a_file("|").encode().split(b"|")
        text = "Wells and pipes for the towns of the plain.\n" * 24_000
        body = an_activity("IDENTIFIER").replace("Wells and pipes.", text).encode()
        yield start
        for number in range(count):
            yield body.replace(b"IDENTIFIER", b"XM-DAC-1-%d" % number)

    def read(self, _size):
        piece = next(self._pieces, b"")
        self.size += len(piece)
        return piece


@pytest.mark.slow
def test_a_file_of_a_gigabyte_that_is_cut_short_is_told_so_in_constant_memory():
    run = subprocess.run(
        [sys.executable, "-c", HUGE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,  # some ten seconds of work
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "TAAWUN_TESTING": "1"},
    )

    number, size, more, told = run.stdout.split(maxsplit=3)
    assert (int(number), told.strip()) == (1_051, f"[('cut-short', {2 + 1_050 * 24_010 + 1})]")
    assert int(size) > 1_000_000_000
    assert int(more) < 20_000  # kilobytes


def test_reading_may_stop_anywhere():
    file = Long(1000)

    first = next(read(file, today=date(2026, 6, 1)))

    assert first.activity.identifier == "XM-DAC-1-0"
    assert file.size < 200_000
