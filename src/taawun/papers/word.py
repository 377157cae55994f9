"""A frozen page brought to Word: what pandoc cannot know of our pages is said to it before, or set right after.

Runs in the printer, without Django.
"""

import re
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import html

from taawun.kernel.marked_texts import MARK

REFERENCE = Path(__file__).parent / "data" / "reference.docx"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip archive: the same page twice is the same bytes
WIDE, NARROW = "\u2060wide\u2060", "\u2060narrow\u2060"  # where sheets begin to lie across, and stand again
BLOCKS = {"p", "h1", "h2", "h3", "dd", "dt", "ul", "ol", "li", "td", "th", "div"}


def prepared(page: str) -> str:
    """The page as pandoc should read it: lines that stand alone are paragraphs, places to sign stand in a row."""
    tree = html.document_fromstring(page)
    for style in tree.xpath("//style|//svg|//title"):
        style.drop_tree()
    _stamp_last(tree)
    for place, clause in enumerate(tree.xpath("//section[@data-clause][not(ancestor::table)]"), start=1):
        clause.set("id", f"{MARK}{place}")
    for text in tree.xpath("//*[contains(concat(' ',@class,' '),' said ')][not(*)]"):
        _in_lines(text)
    for line in tree.xpath("//span[contains(@class,'d-block')]"):
        line.tag = "p"
    for plain in tree.xpath("//*[self::ul or self::ol][contains(@class,'plain')]"):
        plain.tag = "div"
        for item in plain:
            item.tag = "p" if not len(item.xpath("./p|./ul|./ol|./div")) else "div"
    for table in tree.xpath("//table[contains(@class,'beside')]"):
        table.set("custom-style", "Beside")
    for signatures in tree.xpath("//div[contains(@class,'signatures')]"):
        _in_a_row(signatures)
    for element in tree.xpath("//*[@dir]"):
        _keep_direction(element)
    for wide in tree.xpath("//section[contains(@class,'wide')]"):
        wide.addprevious(_marker(WIDE))
        wide.addnext(_marker(NARROW))
    return html.tostring(tree, encoding="unicode")


def _in_lines(element: html.HtmlElement) -> None:
    """A text keeps its lines: an empty line parts paragraphs, a new line breaks one."""
    paragraphs = [one for one in re.split(r"\n\s*\n", element.text or "") if one.strip()]
    for words in reversed(paragraphs):
        made = deepcopy(element)
        first, *lines = words.strip().split("\n")
        made.text, made.tail = first, None
        for line in lines:
            broken = html.Element("br")
            broken.tail = line
            made.append(broken)
        element.addnext(made)
    if paragraphs:
        element.drop_tree()


def _stamp_last(tree: html.HtmlElement) -> None:
    """The foot of the sheets becomes the last line: Word's own feet hold what each sheet repeats."""
    for stamp in tree.xpath("//div[contains(@class,'stamp')]"):
        line = html.Element("p")
        line.text = stamp.text_content()
        stamp.drop_tree()
        tree.xpath("//main|//body")[-1].append(line)  # pandoc reads nothing beside a main part


def _in_a_row(signatures: html.HtmlElement) -> None:
    table = html.Element("table", {"custom-style": "Beside"})
    row = html.Element("tr")
    table.append(row)
    for one in list(signatures):
        one.tag = "td"
        row.append(one)
    signatures.getparent().replace(signatures, table)


def _keep_direction(element: html.HtmlElement) -> None:
    """Pandoc reads a direction on divisions and spans alone."""
    if element.tag not in BLOCKS or element.tag in ("html", "div"):
        if element.tag == "bdi":
            element.tag = "span"
        return
    inner = html.Element("div", {"dir": element.attrib.pop("dir")})
    if element.tag in ("td", "th", "li", "dd", "dt"):
        inner.text, element.text = element.text, None
        for child in list(element):
            inner.append(child)
        element.append(inner)
        return
    tail, element.tail = element.tail, None
    element.addprevious(inner)
    inner.append(element)
    inner.tail = tail


def _marker(text: str) -> html.HtmlElement:
    marker = html.Element("p")
    marker.text = text
    return marker


def finished(data: bytes, *, rtl: bool) -> bytes:
    """What pandoc made, with sheets that lie across where the page says so, and nothing in it that tells the hour."""
    document = Document(BytesIO(data))
    _lay_across(document)
    if rtl:
        for table in document.element.body.iter(qn("w:tbl")):
            properties = table.find(qn("w:tblPr"))
            if properties.find(qn("w:bidiVisual")) is None:
                properties.insert(1, OxmlElement("w:bidiVisual"))
    made = BytesIO()
    document.save(made)
    return still(made.getvalue())


def _lay_across(document: Any) -> None:
    """Turn the markers into sections: portrait before, landscape between, portrait after."""
    last = document.sections[-1]._sectPr
    body = document.element.body
    for paragraph in list(document.paragraphs):
        if paragraph.text not in (WIDE, NARROW):
            continue
        ends = deepcopy(last)
        _turn(ends, across=paragraph.text == NARROW)
        element = paragraph._p
        for run in list(element):
            element.remove(run)
        element.get_or_add_pPr().append(ends)
    rest = [one for one in body if one.tag != qn("w:sectPr")]
    if rest and rest[-1].find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
        _turn(last, across=True)  # nothing follows the sheets that lie across
        body.remove(rest[-1])


def _turn(section: Any, *, across: bool) -> None:
    size = section.find(qn("w:pgSz"))
    short, long = str(Mm(210).twips), str(Mm(297).twips)
    size.set(qn("w:w"), long if across else short)
    size.set(qn("w:h"), short if across else long)
    if across:
        size.set(qn("w:orient"), "landscape")


def still(data: bytes) -> bytes:
    """The same archive without the hour it was written at."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
