from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from taawun.papers.inspection import cleaned_name, inspect, refuse_too_large
from tests.papers import made

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


def refusal(data: bytes, name: str = "scan.pdf") -> str:
    with pytest.raises(ValidationError) as caught:
        inspect(data, name)
    return caught.value.messages[0]


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (made.pdf(), "scan.pdf", "pdf"),
        (made.pdf(), "SCAN.PDF", "pdf"),
        (made.pdf(), "scan", "pdf"),
        (made.pdf(), "note 12.03.2016", "pdf"),
        (made.picture("PNG"), "scan.png", "png"),
        (made.picture("JPEG"), "scan.jpg", "jpeg"),
        (made.picture("JPEG"), "scan.JPEG", "jpeg"),
    ],
)
def test_an_honest_scan_is_taken_for_what_it_is(data, name, kind):
    assert inspect(data, name).kind == kind


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "scan.pdf", "The file is empty."),
        (HTML, "scan.pdf", "By its content this is a web page: send PDF, PNG or JPEG."),
        (SVG, "scan.png", "By its content this is an SVG drawing: send PDF, PNG or JPEG."),
        (
            made.archive(),
            "scan.pdf",
            "By its content this is an archive or an office document: send PDF, PNG or JPEG.",
        ),
        (b"#!/bin/sh\nrm -rf /\n", "scan.pdf", "By its content this is a program: send PDF, PNG or JPEG."),
        (b"MZ\x90\x00" + bytes(60), "scan.pdf", "By its content this is a program: send PDF, PNG or JPEG."),
        (b"only some words", "scan.pdf", "This is not a file that can be taken here: send PDF, PNG or JPEG."),
        (
            b"GIF89a" + bytes(40),
            "scan.png",
            "This is not a file that can be taken here: send PDF, PNG or JPEG.",
        ),
        (made.pdf(), "scan.png", "The name ends in “.png”, but the content is PDF. Is it the right file?"),
        (
            made.pdf(),
            "scan.pdf.exe",
            "The name ends in “.exe”, but the content is PDF. Is it the right file?",
        ),
        (
            made.picture("PNG"),
            "scan.html",
            "The name ends in “.html”, but the content is PNG. Is it the right file?",
        ),
    ],
)
def test_a_file_that_lies_is_refused_with_the_reason(data, name, told):
    assert refusal(data, name) == told


ACTIVE = (
    "The PDF carries a program, a form that sends data, or another file inside. "
    "Print it to a new PDF and send that."
)
CUT = "The PDF is cut short: its end is missing. Send it again."
DAMAGED = "The PDF is damaged: its table of contents is not where it should be."
UNREADABLE = "Parts of the PDF cannot be read, so it cannot be checked. Print it to a new PDF and send that."
JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (made.pdf(catalog=b"/OpenAction " + JAVASCRIPT), ACTIVE),
        (made.pdf(catalog=b"/OpenAction << /S /J#61va#53cript /JS (x) >>"), ACTIVE),
        (made.pdf(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), ACTIVE),
        (made.pdf(catalog=b"/Names << /EmbeddedFiles 4 0 R >>"), ACTIVE),
        (made.pdf(objects=(b"<< /Type /EmbeddedFile /Length 0 >>\nstream\n\nendstream",)), ACTIVE),
        (made.pdf(objects=(made.stream(b"5 0 " + JAVASCRIPT, b"/Type /ObjStm /N 1 /First 4"),)), ACTIVE),
        (made.pdf(objects=(made.stream(b"5 0 " + JAVASCRIPT, b"/Type /Obj#53tm /N 1 /First 4"),)), ACTIVE),
        # A reader that goes by the table finds the object that a stream of its own seems to cover.
        (
            made.pdf(
                text=b"% stream\n", objects=(made.stream(b"5 0 " + JAVASCRIPT, b"/Type /ObjStm /First 4"),)
            ),
            ACTIVE,
        ),
        (
            made.pdf(objects=(b"<< /Type /ObjStm /Filter /LZWDecode /First 4 >>\nstream\nxx\nendstream",)),
            UNREADABLE,
        ),
        (
            made.pdf(objects=(b"<< /Type /ObjStm /Filter /FlateDecode /First 4 >>\nstream\nxx\nendstream",)),
            UNREADABLE,
        ),
        (made.pdf(objects=(made.stream(bytes(70_000_000), b"/Type /ObjStm /First 4"),)), UNREADABLE),
        (made.pdf()[:-40], CUT),
        (made.pdf() + made.archive(), CUT),
        (made.pdf() + HTML, CUT),
        (b"%PDF-1.4\n" + HTML + b"\nstartxref\n10\n%%EOF\n", DAMAGED),
        (
            made.pdf().replace(b"/Size", b"/Encrypt 9 0 R /Size"),
            "The PDF is locked with a password or restrictions, so it cannot be checked. Send it unlocked.",
        ),
        (b"%PDF-9.x\n" + made.pdf(), "This is not a proper PDF: its first line is wrong."),
    ],
)
def test_a_pdf_that_is_not_whole_or_does_more_than_show_pages_is_refused(data, told):
    assert refusal(data) == told


def test_an_archive_ending_like_a_pdf_is_still_found():
    end = b"\nstartxref\n9\n%%EOF\n"
    zipped = made.archive()
    # The archive's own comment holds the end of the PDF, so that both readers are satisfied.
    hung = made.pdf() + zipped[:-2] + len(end).to_bytes(2, "little") + end

    assert refusal(hung) == "The PDF has an archive hung onto it. Print it to a new PDF and send that."


def test_words_packed_in_a_page_are_not_taken_for_a_program():
    page = made.stream(b"BT (/JavaScript /Launch) Tj ET")

    assert inspect(made.pdf(objects=(page,)), "scan.pdf").kind == "pdf"


def test_a_pdf_is_kept_byte_by_byte():
    assert inspect(made.pdf(), "scan.pdf").data == made.pdf()


@pytest.mark.parametrize(
    "data", [made.picture("PNG")[:-30], made.picture("JPEG", (400, 300))[:-400], b"\x89PNG\r\n\x1a\n"]
)
def test_a_picture_cut_short_is_refused(data):
    assert refusal(data, "scan") == "The picture is damaged or cut short: it cannot be read to the end."


def test_a_small_file_claiming_a_huge_picture_is_refused_before_it_is_drawn():
    assert refusal(made.huge_png(8000), "scan.png") == (
        "The picture has 8000 × 8000 dots, which is too many. Scan it again at a lower resolution."
    )
    assert refusal(made.huge_png(60000), "scan.png") == (
        "The picture has far too many dots. Scan it again at a lower resolution."
    )


def test_a_photograph_loses_the_place_where_it_was_taken():
    before = made.located_jpeg()
    assert Image.open(BytesIO(before)).getexif().get_ifd(0x8825) != {}

    after = Image.open(BytesIO(inspect(before, "scan.jpg").data))

    assert dict(after.getexif()) == {}
    assert after.size == (40, 30)


def test_a_photograph_taken_sideways_is_kept_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    after = Image.open(BytesIO(inspect(made.picture("JPEG", (40, 30), exif=exif), "scan.jpg").data))

    assert after.size == (30, 40)


def test_the_resolution_of_a_scan_is_kept():
    after = Image.open(BytesIO(inspect(made.picture("JPEG", dpi=(300, 300)), "scan.jpg").data))

    assert after.info["dpi"] == (300, 300)


def test_what_hangs_on_a_picture_does_not_come_along():
    hung = made.picture("JPEG") + made.archive()

    assert b"run.exe" not in inspect(hung, "scan.jpg").data


def test_a_file_over_the_limit_is_refused_with_both_sizes():
    with pytest.raises(ValidationError) as caught:
        refuse_too_large(3 * 1024 * 1024, 2 * 1024 * 1024)

    told = caught.value.messages[0].replace("\xa0", " ")
    assert told == "The file is 3.0 MB; at most 2.0 MB can be taken. Scan it again at a lower resolution."


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("scan.pdf", "scan.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\papers\\note.PDF", "note.pdf"),
        ("رسالة رقم ١٢.pdf", "رسالة رقم ١٢.pdf"),
        ("gpj.\u202escan.pdf", "gpj. scan.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
        ("note 12.03.2016", "note 12.03.2016.pdf"),
        ("", "scan.pdf"),
        (".pdf", "scan.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_the_senders_name_is_kept_readable_and_harmless(given, kept):
    assert cleaned_name(given, "pdf") == kept
