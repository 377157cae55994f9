"""A paper page made into a document: nothing to click, nothing to fetch, everything it needs in itself.

What is read stays word for word. Taken away: the bar of the screen, scripts, links. Brought in: the style, the drawings
of the icons, the direction of each text (the renderers do not guess `dir="auto"`), the number and the code to check by.
"""

import base64
import unicodedata
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django.contrib.staticfiles import finders
from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree, html

from taawun.ui import words

DATA = Path(__file__).parent / "data"
# What stands at the foot changes sides with the direction of the paper; a page rule cannot ask for it.
MIRRORED = (
    "@page{@bottom-right{content:element(stamp);vertical-align:middle;inline-size:75%}"
    "@bottom-left{content:counter(page) ' / ' counter(pages);direction:ltr;font:8pt 'Noto Sans',sans-serif;"
    "color:#525a53;vertical-align:middle}}"
)
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
# The renderer does not ask the sheet's style inside a drawing: each part is told its own (a test: as paper.css).
PAINT = {
    "g-l": {"stroke": "#b9b0a0"},
    "g-t": {"stroke": "#98281b", "stroke-width": "2"},
    "g-p": {"fill": "#ede6d8", "stroke": "#7d7565"},
    "g-a": {"fill": "#0f5a43"},
    "g-now": {"fill": "#98281b", "font-weight": "700"},
}
WORDS = {"fill": "#525a53", "font-size": "9pt", "font-family": "Noto Sans, sans-serif"}


@dataclass(frozen=True)
class Stamp:
    """What tells one document from another: its number, and where anybody can check it."""

    number: str
    check_url: str


def freeze(page: str, stamp: Stamp, language: str) -> str:
    """The page as it will be rendered, for ever: a whole document of HTML without anything outside itself."""
    tree = html.document_fromstring(page)
    tree.set("class", f"{tree.get('class', '')} made".strip())
    body = tree.find("body")
    for away in tree.xpath("//script|//link|//meta[@name='viewport']|//header[contains(@class,'bar')]"):
        away.drop_tree()
    for link in tree.xpath("//a"):
        link.attrib.pop("href", None)
    _draw_icons(tree)
    _paint(tree)
    _settle_directions(tree)
    _style(tree)
    body.insert(0, _foot(stamp, language))
    return "<!doctype html>\n" + html.tostring(tree, encoding="unicode")


def _foot(stamp: Stamp, language: str) -> html.HtmlElement:
    """What stands at the foot of every sheet: the document's number and the code that leads to its check."""
    code = BytesIO()
    segno.make(stamp.check_url, error="m", micro=False).save(
        code, kind="svg", border=1, scale=1, xmldecl=False
    )
    source = "data:image/svg+xml;base64," + base64.b64encode(code.getvalue()).decode()
    with translation.override(language):
        text = _("Document %(number)s. Check it at %(address)s") % {
            "number": words.apart(stamp.number),
            "address": words.apart(stamp.check_url),
        }
        told = _("Code that leads to the check of this document")
    foot = html.Element("div", {"class": "stamp"})
    foot.append(html.Element("img", {"src": source, "alt": told, "class": "qr"}))
    line = html.Element("span")
    line.text = text
    foot.append(line)
    return foot


def _style(tree: html.HtmlElement) -> None:
    style = html.Element("style")
    style.text = _sheet() + (MIRRORED if tree.get("dir") == "rtl" else "")
    head = tree.find("head")
    for old in head.findall("style"):
        old.drop_tree()
    head.append(style)


@cache
def _sheet() -> str:
    """The style of papers, and what the renderer needs said otherwise."""
    screen = Path(str(finders.find("ui/paper.css"))).read_text(encoding="utf-8")
    return screen + (DATA / "document.css").read_text(encoding="utf-8")


@cache
def _symbols() -> dict[str, str]:
    """The drawings of the sprite, by name."""
    sprite = etree.parse(str(finders.find("ui/icons.svg")))
    return {
        symbol.get("id"): etree.tostring(symbol, encoding="unicode")
        for symbol in sprite.iter("{http://www.w3.org/2000/svg}symbol")
    }


def _draw_icons(tree: html.HtmlElement) -> None:
    """Put the drawing where the page only names it."""
    for use in tree.xpath("//use"):
        name = use.get("href", "").partition("#")[2]
        drawing = _symbols().get(name)
        frame = use.getparent()
        if drawing is None or frame is None:
            continue
        symbol = etree.fromstring(drawing)
        frame.set("viewBox", symbol.get("viewBox") or "0 0 24 24")
        for part in symbol:
            frame.append(part)
        use.drop_tree()


def _paint(tree: html.HtmlElement) -> None:
    """Give the parts of a plan's drawing the colours that tell planned from done."""
    for part in tree.xpath("//svg[contains(concat(' ', @class, ' '), ' gx ')]//*"):
        told = dict(WORDS) if part.tag == "text" else {}
        for name in part.get("class", "").split():
            told |= PAINT.get(name, {})
        for key, value in told.items():
            part.set(key, value)


def _settle_directions(tree: html.HtmlElement) -> None:
    """Say of each text that may run either way which way it runs: by its first letter, as a browser does."""
    for element in tree.xpath("//*[@dir='auto']|//bdi[not(@dir)]"):
        found = direction_of(element.text_content())
        if found:
            element.set("dir", found)
        else:
            element.attrib.pop("dir", None)


def direction_of(text: str) -> str:
    """The direction of the first letter that has one; nothing where none has (a number, a dash)."""
    return next((STRONG[b] for b in map(unicodedata.bidirectional, text) if b in STRONG), "")
