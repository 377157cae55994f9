"""Files made to do harm: each refused with a sentence of its own, nothing kept, and who reads them goes on."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.exceptions import ValidationError

from taawun.papers import actions, worddoc_media, worddocs
from taawun.papers.models import File, FileKind
from taawun.papers.rendering import Printer
from tests.papers import made
from tests.papers.word import docx, with_parts

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def body(text: str, doctype: str = "") -> bytes:
    return with_parts(
        {
            "word/document.xml": f"<?xml version='1.0'?>{doctype}<w:document {WORD}><w:body>{text}</w:body>"
            "</w:document>".encode()
        }
    )


def media(name: str, data: bytes) -> bytes:
    return with_parts({f"word/media/{name}": data})


def font(tables: int = 1, length: int = 4) -> bytes:
    head = b"\x00\x01\x00\x00" + struct.pack(">H", tables) + b"\0" * 6
    return head + struct.pack(">4sIII", b"glyf", 0, 28, length) + b"glyf"


def doubled(name: str) -> bytes:
    out = BytesIO(docx("Text."))
    with ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(name, b"<x/>")
    return out.getvalue()


def bomb() -> bytes:
    out = BytesIO(docx("Text."))
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.bin", b"\0" * (worddocs.MOST_UNPACKED + 1))
    return out.getvalue()


def claims(size: int) -> bytes:
    """The main part says of itself that it is of this size."""
    data = bytearray(docx("Text."))
    place = data.rfind(b"word/document.xml")
    data[place - 46 + 24 : place - 46 + 28] = struct.pack("<I", size)
    return bytes(data)


def sixty_four() -> bytes:
    """An end of the archive that points to a longer one which is not there."""
    data = docx("Text.")
    place = data.rfind(b"PK\x05\x06")
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 2**60, 1)
    return data[:place] + locator + data[place:]


def unwilling() -> bytes:
    out = BytesIO(docx("Text."))
    with ZipFile(out, "a") as archive:
        archive.writestr(ZipInfo("word/../../../etc/cron.d/x"), b"x")
    return out.getvalue()


DOCUMENTS = {
    "billion laughs": (body("&l9;", f"<!DOCTYPE w [{LAUGHS}]>"), worddocs.DAMAGED),
    "quadratic": (body("&a;" * 9999, f'<!DOCTYPE w [<!ENTITY a "{"a" * 9999}">]>'), worddocs.DAMAGED),
    "external": (body("&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), worddocs.DAMAGED),
    "external dtd": (body("x", '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">'), worddocs.DAMAGED),
    "deep": (body("<w:p>" * 5000 + "</w:p>" * 5000), worddocs.DAMAGED),
    "cut": (body("<w:p>"), worddocs.DAMAGED),
    "name leads away": (unwilling(), worddocs.DAMAGED),
    "two of one name": (doubled("word/document.xml"), worddocs.DAMAGED),
    "bomb": (bomb(), worddocs.SWELLS),
    "claims too much": (claims(2**31), worddocs.SWELLS),
    "claims more than it has": (claims(4000), worddocs.DAMAGED),
    "claims less than it has": (claims(10), worddocs.DAMAGED),
    "zip64": (sixty_four(), worddocs.DAMAGED),
    "svg": (media("a.png", SVG), worddoc_media.DRAWING),
    "html": (media("a.png", b"<html><script>alert(1)</script>"), worddoc_media.DRAWING),
    "emf": (media("a.emf", b"\x01\x00\x00\x00" + b"\0" * 36 + b" EMF" + b"\0" * 60), worddoc_media.DRAWING),
    "wmf": (media("a.wmf", b"\xd7\xcd\xc6\x9a" + b"\0" * 40), worddoc_media.DRAWING),
    "huge png": (media("a.png", made.huge_png(9000)), worddoc_media.TOO_LARGE),
    "far too huge": (media("a.png", made.huge_png(60_000)), worddoc_media.TOO_LARGE),
    "cut jpeg": (media("a.jpg", made.picture("JPEG", (400, 400), quality=95)[:900]), worddoc_media.CUT),
    "cut png": (media("a.png", made.picture("PNG")[:-20]), worddoc_media.CUT),
    "font of nothing": (with_parts({"word/fonts/font1.odttf": b"\0" * 400}), worddoc_media.FONT_DAMAGED),
    "font beyond itself": (with_parts({"word/fonts/f.ttf": font(length=2**31)}), worddoc_media.FONT_DAMAGED),
    "font of many tables": (with_parts({"word/fonts/f.ttf": font(65_535)}), worddoc_media.FONT_DAMAGED),
    "huge font": (with_parts({"word/fonts/f.ttf": b"\0" * (9 * 1024 * 1024)}), worddoc_media.FONTS_LARGE),
}


@pytest.mark.parametrize(("data", "sentence"), [pytest.param(*d, id=name) for name, d in DOCUMENTS.items()])
def test_a_document_that_means_harm_is_refused_and_nothing_is_kept(officer, files_folder, data, sentence):
    with pytest.raises(ValidationError) as refused:
        actions.hold(made.sent(data, "a.docx"), actor=officer, allowed=(FileKind.DOCX,))
    assert refused.value.messages == [str(sentence)]
    assert (File.objects.count(), list(files_folder.rglob("*")) if files_folder.exists() else []) == (0, [])


def test_pictures_and_fonts_that_are_whole_are_taken(officer):
    parts = {
        "word/media/a.png": made.picture("PNG"),
        "word/media/b.jpg": made.picture("JPEG", (400, 400)),
        "word/fonts/f.ttf": font(),
    }
    hidden = bytes(b ^ k for b, k in zip(font(), bytes(range(16))[::-1] * 2, strict=True))
    table = (
        b'<w:fonts xmlns:w="x"><w:embedRegular w:fontKey="{00010203-0405-0607-0809-0A0B0C0D0E0F}"/></w:fonts>'
    )
    for given in (parts, {"word/fonts/f.odttf": hidden, "word/fontTable.xml": table}):
        data = with_parts(given)
        assert actions.hold(made.sent(data, "a.docx"), actor=officer, allowed=(FileKind.DOCX,)).kind == "docx"


PIXELS_BOMB = made.huge_png(30_000)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PIXELS_BOMB, "a.png"),
        (SVG, "a.png"),
        (b"<html><script>alert(1)</script></html>", "a.jpg"),
        (made.picture("JPEG", (400, 400), quality=95)[:900], "a.jpg"),
        (b"\x89PNG\r\n\x1a\n" + zlib.compress(b"\0" * 10_000_000), "a.png"),
    ],
)
def test_a_picture_that_means_harm_is_refused_and_nothing_is_kept(officer, data, name):
    with pytest.raises(ValidationError) as refused:
        actions.hold(made.sent(data, name), actor=officer)
    assert (len(refused.value.messages), File.objects.count()) == (1, 0)


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "http://127.0.0.1:9/x", "ftp://127.0.0.1/x"])
def test_nothing_a_page_names_is_fetched_and_a_font_that_is_none_does_no_harm(scheme):
    style = f"@font-face{{font-family:F;src:url({scheme})}}@import url({scheme});"
    style += f"p{{background:url({scheme});font-family:F}}"
    damaged = "@font-face{font-family:G;src:url(data:font/ttf;base64,AAEAAAD//////////w==)}"
    page = (
        f"<style>{style}{damaged}</style><p style='font-family:G'>Here.</p><object data='{scheme}'></object>"
    )
    with Printer() as printer:
        made_of_it = printer.render({"format": "pdf", "page": page, "identifier": "x"})
        after = printer.render({"format": "pdf", "page": "<p>Small.</p>", "identifier": "x"})
    assert (made_of_it.reason, made_of_it.pages, b"root:" in made_of_it.data) == ("", 1, False)
    assert (after.reason, after.pages) == ("", 1)
