"""A code list as a CSV file: its columns, and the order of its rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]

NAMES = ("name_en", "name_fr", "name_ar", "name_es", "name_pt")
ALWAYS = ("name_en", "name_fr", "name_ar")
LINKS = ("parent", "valid_from", "valid_to", "successor")
ALSO = "also_"  # a column for each other system that has a code for the same thing


def read(path: Path) -> list[Row]:
    """The rows of a CSV file of a standard."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write a list, its codes in their natural order; further languages and systems as far as any code has them."""
    rows = sorted(rows, key=lambda row: natural(row["code"]))
    held = {column for row in rows for column, text in row.items() if text}
    names = [column for column in NAMES if column in ALWAYS or column in held]
    also = list(dict.fromkeys(column for row in rows for column in row if column.startswith(ALSO)))
    with path.open("w", encoding="utf-8", newline="") as file:
        columns = ["code", *names, *also, *LINKS]
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def natural(code: str) -> list[tuple[int, str]]:
    """Where a code stands: 2 before 10, 1.9 before 1.10 before 1.a; B02 before B021 before B03."""
    return [(int(part), "") if part.isdigit() else (1 << 62, part) for part in code.split(".")]


def plain(text: str) -> str:
    """A name on one line, with no space around it."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
