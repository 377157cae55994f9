"""The lists of TOSSD (total official support for sustainable development), in English alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools.codelists.sheet import Row, plain, read

LISTS = {
    "tossd-modality": "modality.csv",
    "tossd-pillar": "pillar.csv",
    "tossd-framework": "framework_of_collaboration.csv",
    "tossd-financing-arrangement": "financing_arrangement.csv",
    "tossd-instrument": "finance_instrument.csv",
}


def lists(folder: Path) -> dict[str, list[Row]]:
    """Every list; where codes are built upon each other, the shorter one stands above."""
    found = {slug: _rows(slug, read(folder / file)) for slug, file in LISTS.items()}
    keywords = [row["marker"] for row in read(folder / "keyword_markers.csv")]
    return found | {"tossd-keyword": [{"code": keyword, "name_en": keyword} for keyword in keywords]}


def _rows(slug: str, rows: list[Row]) -> list[Row]:
    codes = {row["code"] for row in rows}
    above = ABOVE.get(slug, lambda code, codes: "")
    return [
        {
            "code": row["code"],
            "name_en": plain(row["name"]),
            "parent": f"{slug}:{parent}" if (parent := above(row["code"], codes)) else "",
        }
        for row in rows
    ]


def shorter(code: str, codes: set[str]) -> str:
    """The longest code of the list with which this one begins: of D011, D01."""
    return next((code[:end] for end in range(len(code) - 1, 0, -1) if code[:end] in codes), "")


def rounder(code: str, codes: set[str]) -> str:
    """The heading of a number: of 421, 420."""
    for kept in range(len(code) - 1, 0, -1):
        heading = code[:kept].ljust(len(code), "0")
        if heading != code and heading in codes:
            return heading
    return ""


ABOVE: dict[str, Callable[[str, set[str]], str]] = {
    "tossd-modality": shorter,
    "tossd-pillar": shorter,
    "tossd-instrument": rounder,
}
