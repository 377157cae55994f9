"""Two language versions of one paper, side by side: block beside block, each in its own direction."""

from copy import deepcopy

from django.conf import settings
from lxml import html

WHOLE = ("wide", "signatures", "letterhead", "foot", "eg")


def beside(first: str, second: str, languages: tuple[str, str]) -> str:
    """One page of two drawn from one template in two languages.

    Blocks that correspond stand in one row. Where the two differ in their number of blocks (a version says more than
    the other) whole sections stand beside each other. What needs the whole sheet (a table, the places to sign) follows
    in one language after the other.
    """
    page, other = html.document_fromstring(first), html.document_fromstring(second)
    main, told = _main(page), _main(other)
    blocks = _pairs(list(main), list(told))
    for child in list(main):
        main.remove(child)
    table: html.HtmlElement | None = None
    for left, right in blocks:
        block = left if left is not None else right
        if block is None:
            continue
        if _is_whole(block):
            if table is not None and _leads(table[-1]):
                table.set("class", f"{table.get('class', '')} lead")
            table = None
            for one, language in ((left, languages[0]), (right, languages[1])):
                if one is not None and (_says(one) or language == languages[0]):
                    main.append(_in_language(one, language))
            continue
        begins = "new-page" in block.get("class", "").split()
        if table is None or begins:
            table = html.Element("table", {"class": "beside new-page" if begins else "beside"})
            main.append(table)
        row = _row(left, right, languages)
        if _heads(block) or (_is_remark(block) and len(table) and _leads(table[-1])):
            row.set("class", "lead")
        table.append(row)
    title = page.find(".//title")
    if title is not None and other.findtext(".//title"):
        title.text = f"{title.text} / {other.findtext('.//title')}"
    return "<!doctype html>\n" + html.tostring(page, encoding="unicode")


def _heads(block: html.HtmlElement) -> bool:
    return block.tag in ("h1", "h2", "h3", "h4")


def _is_remark(block: html.HtmlElement) -> bool:
    """The line under a heading that says of when or of what what follows is."""
    return block.tag == "p" and "mute" in block.get("class", "").split()


def _leads(row: html.HtmlElement) -> bool:
    """A heading, which is not left at the foot of a sheet."""
    return row.get("class") == "lead"


def _main(page: html.HtmlElement) -> html.HtmlElement:
    found: html.HtmlElement = page.xpath("//main")[0]
    return found


def _is_whole(block: html.HtmlElement) -> bool:
    wide = block.tag == "table" or block.find(".//table") is not None
    return wide or bool(set(block.get("class", "").split()) & set(WHOLE))


def _says(block: html.HtmlElement) -> bool:
    """A letterhead or a foot is the same in both languages where it holds names alone: it stands once."""
    return not set(block.get("class", "").split()) & {"letterhead", "foot"}


def _pairs(
    left: list[html.HtmlElement], right: list[html.HtmlElement]
) -> list[tuple[html.HtmlElement | None, html.HtmlElement | None]]:
    """The blocks that correspond, in order; sections of the same make are gone into."""
    if [block.tag for block in left] != [block.tag for block in right]:
        size = max(len(left), len(right))
        return [
            (left[n] if n < len(left) else None, right[n] if n < len(right) else None) for n in range(size)
        ]
    found: list[tuple[html.HtmlElement | None, html.HtmlElement | None]] = []
    for one, two in zip(left, right, strict=True):
        if one.find("*[@data-clause]") is not None or two.find("*[@data-clause]") is not None:
            found += _clauses(list(one), list(two))
            continue
        inner = one.tag in ("section", "div") and not set(one.get("class", "").split()) & set(WHOLE)
        if inner and len(one) and [c.tag for c in one] == [c.tag for c in two]:
            _begin_page(one)
            found += _pairs(list(one), list(two))
        else:
            found.append((one, two))
    return found


def _begin_page(section: html.HtmlElement) -> None:
    """What begins a page goes on doing so when the section is taken apart: its first block begins it."""
    if "new-page" in section.get("class", "").split():
        section[0].set("class", f"{section[0].get('class', '')} new-page".strip())


def _clauses(
    left: list[html.HtmlElement], right: list[html.HtmlElement]
) -> list[tuple[html.HtmlElement | None, html.HtmlElement | None]]:
    """Clauses of one key stand beside each other, whatever their places; what one language alone says stands alone."""
    other = {block.get("data-clause"): block for block in right}
    here = {block.get("data-clause") for block in left}
    found: list[tuple[html.HtmlElement | None, html.HtmlElement | None]] = []
    for block in left:
        two = other.get(block.get("data-clause"))
        found += [(block, None)] if two is None else _pairs([block], [two])
    return found + [(None, block) for block in right if block.get("data-clause") not in here]


def _row(
    left: html.HtmlElement | None, right: html.HtmlElement | None, languages: tuple[str, str]
) -> html.HtmlElement:
    row = html.Element("tr")
    for block, language in zip((left, right), languages, strict=True):
        cell = html.Element("td", _direction(language))
        if block is not None:
            cell.append(deepcopy(block))
        row.append(cell)
    return row


def _in_language(block: html.HtmlElement, language: str) -> html.HtmlElement:
    copy = deepcopy(block)
    for name, value in _direction(language).items():
        copy.set(name, value)
    return copy


def _direction(language: str) -> dict[str, str]:
    return {"lang": language, "dir": "rtl" if language in settings.LANGUAGES_BIDI else "ltr"}
