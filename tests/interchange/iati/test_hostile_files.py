"""Files that are broken, false or meant to harm: each is told for what it is, with its line, and nothing breaks."""

from io import BytesIO

import pytest

from taawun.interchange.iati.reading import header, read
from taawun.interchange.iati.source import Unreadable
from tests.interchange.iati.made import TODAY, a_file, an_activity, found, reads, refused

ARABIC = "وزارة المياه"
LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<iati-activities version="&c;"/>"""
OUTSIDE = """<!-- a comment
 of two lines --><?a b?>
<!DOCTYPE iati-activities [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<iati-activities version="2.03"><iati-activity>&x;</iati-activity></iati-activities>"""


@pytest.mark.parametrize(
    ("text", "slug", "line"),
    [
        (b"", "empty", 0),
        (b"\n \n", "empty", 0),
        (b"\xef\xbb\xbf", "empty", 0),
        (b"PK\x03\x04 a workbook", "not-xml", 1),
        (b"id;title\n1;Water\n", "not-xml", 1),
        (b"{}", "not-xml", 1),
        (b"\n<!DOCTYPE html><html/>", "web-page", 2),
        (b"<!doctype HTML>\n<html/>", "web-page", 1),
        (LAUGHS.encode(), "document-type", 2),
        (OUTSIDE.encode(), "document-type", 3),
        (LAUGHS.encode("utf-16"), "document-type", 2),
        (b"<html><body/></html>", "not-iati", 1),
        (b'<iati-activities xmlns="urn:other" version="2.03"/>', "not-iati", 1),
        (b'<iati-activities version="2.03"/>', "no-activity", 1),
        (b'<iati-activity version="2.03"/>', "not-iati", 1),
        (b"<iati-activities", "cut-short", 1),
        (b"<!-- never ends", "cut-short", 1),
        (b"<", "cut-short", 1),
        (b"<!DOC", "cut-short", 1),
        (b"<iati-activities version='2.03'>\n<x:y/></iati-activities>", "not-well-formed", 2),
        (b"<iati-activities :a='b' version='2.03'/>", "not-well-formed", 1),
        (b"<iati-activities version='2.03'>\n&unknown;</iati-activities>", "not-well-formed", 2),
        (b"<iati-activities version='2.03'></iati-activities>\n<more/>", "not-well-formed", 2),
    ],
)
def test_what_is_no_file_of_activities_is_told_for_what_it_is(text, slug, line):
    assert refused(text) == [(slug, line)]


@pytest.mark.parametrize("mark", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_a_file_may_be_written_in_utf_8_or_utf_16(mark):
    text = a_file(an_activity().replace("Ministry of Water", ARABIC), declared=mark[:6].upper())

    (only,) = reads(text.encode(mark))

    assert only.activity.parties[0].names == {"en": ARABIC}
    assert ARABIC.encode() in only.activity.xml
    assert header(BytesIO(text.encode(mark))).version == "2.03"


@pytest.mark.parametrize("declared", ["ISO-8859-1", "latin1", "windows-1252", "ISO-8859-15"])
def test_a_file_may_be_written_in_latin_letters_of_one_byte(declared):
    text = a_file(an_activity().replace("Ministry", "Ministère"), declared=declared)

    (only,) = reads(text.encode(declared))

    assert only.activity.parties[0].names == {"en": "Ministère of Water"}


def test_a_file_without_a_declaration_is_utf_8():
    text = a_file(an_activity().replace("Ministry of Water", ARABIC)).partition("\n")[2]

    (only,) = reads(text)

    assert (only.activity.parties[0].names, only.activity.line) == ({"en": ARABIC}, 2)


def test_a_false_encoding_is_told_with_its_line():
    text = a_file(an_activity().replace("Water for towns", "Réseau"))
    far = a_file(*(an_activity(f"XM-{n}") for n in range(500)), an_activity("XM-X", "\n\n<!-- é -->"))

    assert refused(text.encode("latin-1")) == [("encoding-false", 6)]
    assert refused(far.encode("latin-1")) == [("encoding-false", 3 + 500 * 10 + 10)]


@pytest.mark.parametrize(
    ("declared", "written", "slug"),
    [
        ("UTF-16", "ascii", "encoding-false"),
        ("ASCII", "utf-8", "encoding-false"),
        ("zip", "ascii", "encoding-unknown"),
        ("unicode_escape", "ascii", "encoding-unknown"),
        ("x-none", "ascii", "encoding-unknown"),
        ("UTF-32", "utf-32", "encoding-unknown"),
    ],
)
def test_an_encoding_that_is_not_read_or_not_true_is_refused(declared, written, slug):
    text = a_file(
        an_activity().replace("Ministry", "Ministère" if written == "utf-8" else "Ministry"),
        declared=declared,
    )

    assert [slug for slug, _line in refused(text.encode(written))] == [slug]


def test_a_nul_is_told_with_its_line():
    assert refused(a_file(an_activity("A\0B"))) == [("nul", 4)]


@pytest.mark.parametrize("sign", ["\x01", "\x1f", "￾"])
def test_signs_that_xml_forbids_are_told_with_their_line(sign):
    assert refused(a_file(an_activity(f"A{sign}B"))) == [("not-well-formed", 4)]


def test_depth_and_length_have_their_bounds():
    deep = a_file(an_activity(more="<a>" * 100_000 + "</a>" * 100_000))
    wide = a_file(an_activity(attributes='linked-data-uri="' + "a" * 11_000_000 + '"'))
    rooted = a_file(an_activity(), root=' linked-data-default="' + "a" * 11_000_000 + '"')
    ahead = "<!--" + "a" * 2_000_000 + "-->" + a_file(an_activity()).partition("\n")[2]

    assert [slug for slug, _ in refused(deep)] == ["too-large"]
    assert [slug for slug, _ in refused(wide)] == ["too-large"]
    assert [slug for slug, _ in refused(rooted)] == ["too-large"]
    assert [slug for slug, _ in refused(ahead)] == ["too-large"]


@pytest.mark.parametrize(("bound", "most"), [("LARGEST", 5000), ("MOST_TAGS", 200)])
def test_one_activity_has_its_bound(monkeypatch, bound, most):
    monkeypatch.setattr(f"taawun.interchange.iati.stream.{bound}", most)
    many = "<sector code='1'/>" * 300

    assert refused(a_file(*(an_activity(f"XM-{n}") for n in range(50)))) == []
    assert refused(a_file(an_activity("A"), an_activity("B", more=many))) == [("too-large", 13)]
    assert refused(a_file(an_activity("A"), "<x:y xmlns:x='urn:x'/>" * 300))[-1] == ("too-large", 3)


def test_what_was_taken_in_is_read_again_from_its_longer_canonical_form(monkeypatch):
    text = a_file(an_activity("A", more="<sector code='1'/>" * 300))
    monkeypatch.setattr("taawun.interchange.iati.stream.LARGEST", len(text))
    monkeypatch.setattr("taawun.interchange.iati.stream.MOST_TAGS", text.count("<") - text.count("</"))
    (only,) = reads(text)
    xml = only.activity.xml
    again = b'<iati-activities version="2.03">%s</iati-activities>' % xml

    (kept,) = read(BytesIO(again), today=TODAY, kept=True)

    assert (len(xml) > len(text), kept.activity.xml) == (True, xml)
    assert refused(again) == [("too-large", 1)]


def test_a_file_cut_anywhere_is_told_and_nothing_breaks():
    whole = a_file(an_activity("XM-1"), an_activity("XM-2")).encode()
    ends = len(whole.rstrip())

    for cut in range(0, ends, 7):
        told = refused(whole[:cut])
        assert [slug for slug, _ in told] in (["cut-short"], ["empty"], ["not-xml"]), (cut, told)
    assert refused(whole[:ends]) == []


def test_what_was_complete_before_the_cut_is_still_read():
    whole = a_file(an_activity("XM-1"), an_activity("XM-2"), an_activity("XM-3"))

    cut = reads(whole[: whole.index("XM-3")])

    assert [one.activity.identifier if one.activity else None for one in cut] == ["XM-1", "XM-2", None]


def test_what_stands_beside_the_activities_is_judged_as_the_schema_does():
    foreign = '<x:note xmlns:x="urn:x"/>'

    assert refused(a_file(an_activity(), foreign)) == []
    assert refused(a_file(foreign, an_activity())) == [("xsd-not-allowed", 3)]
    assert refused(a_file(an_activity("A"), "text", an_activity("B"))) == [("xsd-text", 13)]
    assert refused(a_file(an_activity(), "<more/>")) == [("xsd-not-allowed", 3)]
    assert refused(a_file("<wrapped>", an_activity(), "</wrapped>"))[-1] == ("xsd-not-allowed", 3)


def test_foreign_elements_inside_an_activity_pass():
    (only,) = reads(a_file(an_activity(more='<x:note xmlns:x="urn:x"><x:a b="c"/>text</x:note>')))

    assert only.findings == ()
    assert b'<x:note xmlns:x="urn:x">' in only.activity.xml


def test_all_faults_of_all_activities_are_told_each_on_its_line():
    wrong = '<sector code="1" percentage="many"/>\n<budget/>\n<sector/>'
    text = a_file(an_activity("A", wrong), an_activity("B"), an_activity("C", wrong))

    assert refused(text) == [
        ("xsd-attribute-value", 11),
        ("xsd-child-missing", 12),
        ("xsd-not-expected", 13),
        ("xsd-attribute-value", 33),
        ("xsd-child-missing", 34),
        ("xsd-not-expected", 35),
    ]


def test_at_most_a_thousand_faults_are_told():
    wrong = '<sector code="1" percentage="many"/>' * 300

    assert len(refused(a_file(*(an_activity(f"XM-{n}", wrong) for n in range(5))))) == 1000
    assert len(refused(a_file(an_activity("A", wrong * 4)))) == 1000


def test_lines_are_right_beyond_where_the_parser_counts():
    gap = "\n" * 70_000
    more = (
        '<sector\n\ncode="1"\npercentage="1"/><!-- <iati-activity> -->\n\n<sector code="2"\n percentage="x"/>'
    )
    text = a_file(an_activity("A"), gap, an_activity("B", gap + more), an_activity("C"))

    first = 13 + 70_000
    assert refused(text) == [("xsd-attribute-value", first + 8 + 70_000 + 5)]
    last = reads(text)[-1]
    assert last.activity.line == text[: text.index("<iati-identifier>C")].count("\n")


def test_comments_and_sections_that_look_like_activities_do_not_confuse_the_lines():
    text = a_file(
        "<!-- <iati-activity>\n -->",
        an_activity("A", before="<!-- <iati-activity\n> -->"),
        "\n<!--\n <iati-activity/> -->\n",
        an_activity("B").replace("Wells", "<![CDATA[<iati-activity >\n]]>"),
        an_activity("C").replace("<iati-activity ", "<iati-activity\n   "),
        an_activity("D"),
    )

    lines = [one.activity.line for one in reads(text)]

    real = [text[: text.index(f"<iati-identifier>{name}")].rindex("<iati-activity") for name in "ABCD"]
    assert lines == [1 + text[:at].count("\n") for at in real]


def test_an_identifier_stands_once_in_a_file_and_without_outer_spaces():
    text = a_file(an_activity("A"), an_activity(" A\n"), an_activity("  B "), an_activity("  "))

    assert refused(text) == [("identifier-twice", 13), ("identifier-missing", 34)]
    assert [one.activity.identifier for one in reads(text) if one.activity] == ["A", "B"]
    assert ("identifier-spaced", 25) in found(text)


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("2.03", []),
        ("2.02", ["version-earlier"]),
        ("2.01", ["version-earlier"]),
        ("2.04", ["version-unknown"]),
        ("3.01", ["version-unknown"]),
        ("", ["version-missing"]),
    ],
)
def test_the_version_is_told(version, told):
    text = a_file(an_activity(), version=version)
    missing = text.replace(' version=""', "")

    assert [slug for slug, _ in found(text)] == told
    assert [slug for slug, _ in found(missing)] == told


def test_the_header_is_read_from_the_beginning_alone():
    text = a_file(root=' generated-datetime="2026-01-01T00:00:00"').encode()

    told = header(BytesIO(text[: text.index(b"</")]))

    assert (told.version, told.generated_at, told.root) == ("2.03", "2026-01-01T00:00:00", "iati-activities")
    with pytest.raises(Unreadable) as refusal:
        header(BytesIO(b"<!DOCTYPE x><x/>"))
    assert refusal.value.finding.slug == "document-type"


def test_a_file_that_gives_one_byte_at_a_time_reads_the_same():
    class Slow(BytesIO):
        def read(self, size=-1):
            return super().read(1)

    text = a_file(an_activity("A"), an_activity("B"))
    slow = list(read(Slow(text.encode()), today=TODAY))
    assert [one.activity for one in slow] == [one.activity for one in reads(text)]
