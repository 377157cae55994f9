"""Documents: what a paper page said, frozen; numbered, rendered outside the request, opened through the page's gate."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.db.utils import ProgrammingError
from django.test import Client
from docx import Document as Word
from lxml import html

from taawun.papers import making
from taawun.papers.freezing import PAINT, Stamp, freeze
from taawun.papers.models import Document, Format, Rendering
from taawun.papers.rendering import Printer
from taawun.ui import gantt
from tests.cycle.made import signed_in
from tests.factories import a_request, who


@pytest.fixture
def asked(world):
    """A request that the provider received, and the address of its printed form."""
    made = a_request("received")
    return made, f"{made.get_absolute_url()}paper/"


def a_document(address: str, person: str = "post-officer", **sent) -> Document:
    answer = signed_in(person).post(address, {"make": "pdf"} | sent)
    assert answer.status_code == 302
    return Document.objects.get(pk=int(re.findall(r"/documents/(\d+)/", answer.url)[0]))


def test_making_freezes_the_page_and_renders_nothing(asked):
    made, address = asked
    document = a_document(address)

    assert (document.number, document.paper, document.language) == (f"{made.code}-D01", "request-form", "en")
    assert (document.gate, document.subject_id, document.made_by) == ("request", made.pk, who("post-officer"))
    assert [(row.format, row.status) for row in document.renderings.all()] == [("pdf", "waiting")]
    assert "Reliable" not in document.check_code
    assert made.title in document.page
    assert [mark in document.page for mark in ("<script", "<link", "href=", 'dir="auto"')] == [False] * 4


def test_planned_and_done_are_told_apart_in_the_document_as_on_the_page():
    """The renderer draws a plan without asking the sheet's style: a planned bar would be as black as one done."""
    css = Path(str(finders.find("ui/paper.css"))).read_text(encoding="utf-8")
    named = dict(re.findall(r"--([\w-]+):(#\w+)", css))
    rules = {
        name: dict(
            part.split(":") for part in re.sub(r"var\(--([\w-]+)\)", lambda v: named[v[1]], rule).split(";")
        )
        for name in PAINT
        for rule in re.findall(rf"\.{name}{{([^}}]*)}}", css)
    }
    scale = gantt.Scale(date(2026, 1, 1), date(2027, 1, 1))
    span = (date(2026, 2, 1), date(2026, 6, 1))
    drawn = gantt.row(scale, planned=[span], actual=[span])

    frozen = freeze(
        f"<html><head></head><body>{drawn}</body></html>", Stamp("X-D01", "http://x/check/1/"), "en"
    )

    bars = [dict(rect.attrib) for rect in html.document_fromstring(frozen).iter("rect")]
    assert rules == PAINT
    assert [{key: bar.get(key) for key in ("fill", "stroke")} for bar in bars] == [
        {"fill": "#ede6d8", "stroke": "#7d7565"},
        {"fill": "#0f5a43", "stroke": None},
    ]


def test_what_was_frozen_stays_when_the_case_changes(asked):
    made, address = asked
    before = a_document(address)
    type(made).objects.filter(pk=made.pk).update(title="Another title")
    after = a_document(address)

    before.refresh_from_db()
    assert ["Another title" in before.page, "Another title" in after.page] == [False, True]
    assert (after.number, after.sha256 == before.sha256) == (f"{made.code}-D02", False)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Document.objects.filter(pk=before.pk).update(number="X-1")


def test_a_form_sent_twice_makes_one_document(asked):
    _made, address = asked
    key = "0d3c0a0e-9a3c-4c9d-8d6e-2f6f0a6f9a10"
    client = signed_in("post-officer")
    answers = [client.post(address, {"make": "pdf", "once": key}).url for _ in range(2)]
    assert (answers[0] == answers[1], Document.objects.count()) == (True, 1)


def test_it_is_rendered_once_and_the_same_twice(asked):
    _made, address = asked
    document = a_document(address)
    making.ask(document, Format.DOCX)
    for row in document.renderings.all():
        making.produce(row.pk)
        making.produce(row.pk)

    held = {row.format: row for row in document.renderings.select_related("file")}
    assert {name: (row.status, row.file.gate) for name, row in held.items()} == {
        "pdf": ("made", "document"),
        "docx": ("made", "document"),
    }
    first = bytes_of(held["pdf"])
    Rendering.objects.filter(pk=held["pdf"].pk).update(status="waiting", file=None, made_at=None)
    making.produce(held["pdf"].pk)
    again = bytes_of(Rendering.objects.select_related("file").get(pk=held["pdf"].pk))
    assert (first[:5], again == first) == (b"%PDF-", True)


def bytes_of(row: Rendering) -> bytes:
    answer = signed_in("post-officer").get(row.file.get_absolute_url())
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_the_pdf_is_tagged_in_its_language_and_carries_its_fonts(asked):
    _made, address = asked
    document = a_document(f"{address}?language=ar")
    making.produce(document.renderings.get().pk)
    row = document.renderings.select_related("file").get()
    data = bytes_of(row)

    assert (document.language, row.pages) == ("ar", row.pages)
    told = b"\n".join(_inflated(data))
    assert [mark in told for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (ar)", b"/FontFile2")] == [
        True
    ] * 4
    assert len(re.findall(rb"/Type /Page\b(?!s)", told)) == row.pages


def _inflated(data: bytes) -> Iterator[bytes]:
    """A PDF with its packed streams unpacked."""
    yield data
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.S):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(packed)


def test_the_word_file_opens_and_says_what_the_page_says(asked):
    made, address = asked
    document = a_document(address, make="docx")
    making.produce(document.renderings.get().pk)
    data = bytes_of(document.renderings.select_related("file").get())
    said = "\n".join(paragraph.text for paragraph in Word(BytesIO(data)).paragraphs)

    assert [text in said for text in (made.title, "Overall goal", document.number)] == [True] * 3
    assert [name for name in ZipFile(BytesIO(data)).namelist() if "vba" in name.lower()] == []


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (
            "<html><body>" + "<table><tr>" + "<td>x</td>" * 300_000 + "</tr></table></body></html>",
            ("memory", "time"),
        )
    ],
)
def test_a_page_too_heavy_is_refused_and_the_worker_lives(page, reason):
    with Printer(seconds=20) as printer:
        refused = printer.render({"format": "pdf", "page": page, "identifier": "x"})
        made = printer.render({"format": "pdf", "page": "<p>Small.</p>", "identifier": "x"})
    assert (refused.reason in reason, made.reason, made.pages) == (True, "", 1)


def test_a_printer_that_holds_half_of_what_it_may_makes_way_for_a_fresh_one():
    """What the libraries keep of each page would end a long batch at the limit of memory."""
    page = {"format": "pdf", "page": "<p>Small.</p>", "identifier": "x"}
    with Printer() as roomy:
        roomy.render(page)
        first = roomy.process_id
        roomy.render(page)
        kept = (first > 0, roomy.process_id == first)
    with Printer(memory=110) as narrow:
        made = [(narrow.render(page).reason, narrow.process_id) for _ in range(3)]

    assert kept == (True, True)
    assert made == [("", 0)] * 3


def test_nothing_is_fetched():
    page = '<link rel="stylesheet" href="file:///etc/passwd"><img src="http://127.0.0.1:9/x.png" alt="x"><p>Here.</p>'
    with Printer() as printer:
        made = printer.render({"format": "pdf", "page": page, "identifier": "x"})
    assert (made.reason, made.pages, b"root:" in made.data) == ("", 1, False)


def test_who_may_not_read_the_page_neither_makes_nor_opens(asked):
    _made, address = asked
    document = a_document(address)
    making.produce(document.renderings.get().pk)
    file = document.renderings.get().file
    strangers = [signed_in(slug) for slug in ("la-officer", "sn-officer", "amci-desk")]
    sent = [client.post(address, {"make": "pdf"}).status_code for client in strangers]
    looked = [
        client.get(at).status_code
        for client in strangers
        for at in (document.get_absolute_url(), file.get_absolute_url())
    ]
    asked_again = [
        client.post(f"{document.get_absolute_url()}render/", {"format": "docx"}).status_code
        for client in strangers
    ]
    assert (sent, looked, asked_again) == ([404] * 3, [404] * 6, [404] * 3)
    assert Document.objects.count() == 1


def test_anybody_checks_a_paper_and_learns_nothing_of_its_case(asked):
    made, address = asked
    document = a_document(address)
    making.produce(document.renderings.get().pk)
    client = Client()
    page = client.get(f"/check/{document.check_code}/")
    typed = client.get("/check/", {"code": f"{document.check_code[:10].lower()} {document.check_code[10:]}"})
    wrong = client.get("/check/AAAABBBBCCCCDDDDEEEE/")

    said = page.content.decode()
    assert [page.status_code, wrong.status_code, typed.url] == [200, 404, f"/check/{document.check_code}/"]
    assert [text in said for text in (document.number, document.renderings.get().file.sha256)] == [True, True]
    hidden = (made.title, "Myanmar Post", made.requesting.name, str(document.made_by), "post-officer")
    assert [text in said for text in hidden] == [False] * len(hidden)


def test_two_languages_stand_side_by_side(asked):
    _made, address = asked
    document = a_document(address, beside="ar")
    assert (document.language, document.second_language) == ("en", "ar")
    rows = re.findall(r'<tr><td lang="en" dir="ltr">.*?</td><td lang="ar" dir="rtl">', document.page, re.S)
    assert len(rows) > 5
    making.produce(document.renderings.get().pk)
    assert document.renderings.get().status == "made"


def test_a_page_of_a_document_asks_few_statements(asked, django_assert_max_num_queries):
    _made, address = asked
    document = a_document(address)
    client = signed_in("post-officer")
    for at, most in ((document.get_absolute_url(), 10), ("/documents/", 9), (address, 14)):
        with django_assert_max_num_queries(most):
            assert client.get(at).status_code == 200
