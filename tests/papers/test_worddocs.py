"""Word documents that are more than a document: each is refused for what it is, found in its content."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings, strategies as st

from taawun.papers import worddocs
from taawun.papers.inspection import SCANS, inspect
from taawun.papers.models import FileKind
from tests.papers import made
from tests.papers.test_workbooks import sound as workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)


def document(body: str = "<w:p><w:r><w:t>Article 1</w:t></w:r></w:p>") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>'


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def docx(body: str | None = None, relations: str = "", types: str = "", **parts: bytes | str) -> bytes:
    """A document; `parts` are further ones, with __ for / and _ for . in their names."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(types))
        archive.writestr("word/document.xml", document() if body is None else body)
        if relations:
            archive.writestr("word/_rels/document.xml.rels", relations)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def fields(*instructions: str) -> str:
    """A document with a field for each; what stands between bars comes in runs of its own."""
    begin, end = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
    drawn = (
        f"<w:r>{begin}{''.join(f'<w:instrText>{run}</w:instrText>' for run in each.split('|'))}{end}</w:r>"
        for each in instructions
    )
    return document(f"<w:p>{''.join(drawn)}</w:p>")


def code(data: bytes, name: str = "text.docx", allowed: tuple[str, ...] = (FileKind.DOCX,)) -> str:
    try:
        inspect(data, name, allowed=allowed)
    except ValidationError as refusal:
        return str(refusal.error_list[0].code)
    return "taken"


def test_an_honest_document_is_taken_as_it_is():
    data = docx(relations=relation("hyperlink", "https://example.org/treaty"))

    seen = inspect(data, "Procès-verbal.docx", allowed=(FileKind.DOCX,))

    assert (seen.kind, seen.data, seen.name) == ("docx", data, "Procès-verbal.docx")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (docx(word__vbaProject_bin=b"x"), "macros"),
        (
            docx(
                types='<Override PartName="/x" ContentType="application/vnd.ms-word.document.macroEnabled"/>'
            ),
            "macros",
        ),
        (docx(relations=relation("vbaProject", "other.bin", "")), "macros"),
        (docx(word__activeX__a1_xml=b"<x/>"), "macros"),
        (docx(word__embeddings__sheet_xlsx=b"x"), "embedded"),
        (docx(relations=relation("oleObject", "other.bin", "")), "embedded"),
        (docx(document('<w:altChunk w:id="r1"/>')), "embedded"),
        (docx(relations=relation("attachedTemplate", "https://evil.example/t.dotm")), "links"),
        (docx(relations=relation("image", "http://evil.example/pixel.png")), "links"),
        (docx(relations=relation("image", "http://evil.example/x", ' TargetMode="&#69;xternal"')), "links"),
        (docx(relations=relation("image", "file://server/share/x", "")), "links"),
        (docx(relations=relation("hyperlink", "file://server/share/x")), "links"),
        (docx(relations=relation("hyperlink", "javascript:alert(1)")), "links"),
        (docx(relations=relation("frame", "https://evil.example/")), "links"),
        (docx(fields(" DDEAUTO c:\\\\windows\\\\calc ")), "links"),
        (docx(fields("DDE|AUTO", " c:\\\\calc")), "links"),
        (docx(fields(" PAGE ", ' INCLUDEPICTURE "http://evil.example/x"')), "links"),
        (docx(fields("PAGE", "LINK Excel.Sheet")), "links"),
        (docx(document('<w:fldSimple w:instr="INCLUDETEXT x"/>')), "links"),
        (docx(f'<!DOCTYPE x [<!ENTITY a "b">]>{document()[38:]}'), "entities"),
        (
            docx(document().replace("UTF-8", "UTF-16").replace("?>", "?><!DOCTYPE x>").encode("utf-16")),
            "entities",
        ),
        (docx(document("<w:p>" * 300 + "</w:p>" * 300)), "damaged"),
        (docx(document("<w:p>")), "damaged"),
        (docx(word__other_xml="<x>" + "a" * (worddocs.MOST_TEXT + 1) + "</x>"), "swells"),
        (docx(word__media__a_png=bytes(worddocs.MOST_UNPACKED + 1)), "swells"),
        (docx(**{f"word__a{n}_txt": b"" for n in range(worddocs.MOST_PARTS)}), "swells"),
        (docx(WORD__document_xml="<x/>"), "damaged"),
        (docx(**{"___/evil_xml".replace("___", "__"): "<x/>"}), "damaged"),
        (docx()[:-40], "damaged"),
        (b"\xd0\xcf\x11\xe0" + bytes(500), "old"),
        (b"<html><script>", "kind"),
        (workbook(), "kind"),
        (bytes(worddocs.MOST_BYTES + 1), "size"),
    ],
)
def test_what_is_more_than_a_document_is_refused_for_what_it_is(data, told):
    assert code(data) == told


@pytest.mark.parametrize(
    "body", [" HYPERLINK \\\\l chapter ", " PAGEREF _Toc1 ", ' TOC \\\\o "1-3" ', " REF link "]
)
def test_the_fields_of_every_day_are_taken(body):
    assert code(docx(fields(body))) == "taken"


def test_a_text_that_speaks_of_links_is_no_field():
    assert code(docx(document("<w:p><w:r><w:t>INCLUDETEXT, DDEAUTO, LINK</w:t></w:r></w:p>"))) == "taken"


def test_a_document_is_no_scan_and_a_scan_is_no_document():
    assert code(docx(), allowed=SCANS) == "kind"
    assert code(made.pdf(), "text.pdf") == "kind"


def test_a_name_that_lies_is_told():
    assert code(docx(), "text.pdf") == "name"


def test_every_refusal_is_a_sentence_in_the_readers_language():
    with override("fr"):
        with pytest.raises(ValidationError) as caught:
            inspect(docx(word__vbaProject_bin=b"x"), "a.docx", allowed=(FileKind.DOCX,))
        assert caught.value.messages[0].startswith("Le document contient des macros.")


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 2000), noise=st.binary(min_size=1, max_size=40))
def test_whatever_is_written_into_a_document_it_is_taken_or_refused_never_an_error(at, noise):
    data = docx(relations=relation("hyperlink", "https://example.org/"))
    place = at % len(data)

    assert code(data[:place] + noise + data[place + len(noise) :]) in {
        *("taken", "damaged", "kind", "macros", "embedded", "links", "entities", "swells"),
    }


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.binary(max_size=200)))
def test_whatever_the_main_part_holds_it_is_taken_or_refused_never_an_error(body):
    assert code(docx(body if isinstance(body, bytes) else body.encode("utf-8", "replace"))) in (
        "taken",
        "damaged",
        "entities",
    )
