"""A code list as a CSV file, for spreadsheets and for what is sent back: codes, names, other systems, links, days."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping

from taawun.reference.models import Code

NAME, ALSO = "name_", "also_"  # columns: by language; by the system that calls it so
LANGUAGES = ("en", "fr", "ar")  # have a column in every file
SYSTEMS = ("alpha-3", "numeric", "m49", "dac")  # in this order; others after them
LINKS = ("parent", "valid_from", "valid_to", "successor")


def columns_of(codes: Iterable[Code]) -> list[str]:
    """The columns of a file of these codes: a language or a system has one where any code has it."""
    codes = list(codes)
    spoken = {language for code in codes for language in code.names} | {*LANGUAGES}
    systems = {system for code in codes for system in code.also}
    return [
        "code",
        *(f"{NAME}{language}" for language in in_order(spoken, LANGUAGES)),
        *(f"{ALSO}{system}" for system in in_order(systems, SYSTEMS)),
        *LINKS,
    ]


def in_order(found: Collection[str], known: tuple[str, ...]) -> list[str]:
    """Those that are known in their order, then the others: the database keeps none."""
    return [*(one for one in known if one in found), *sorted(one for one in found if one not in known)]


def written(codes: Iterable[Code]) -> str:
    """The whole file, as `python -m tools.codelists` writes those that come with the program."""
    codes = list(codes)
    file = io.StringIO()
    writer = csv.DictWriter(file, columns_of(codes), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(as_row, codes))
    return file.getvalue()


def as_row(code: Code) -> dict[str, str]:
    """One code as a row of its file."""
    return {
        "code": code.code,
        **{f"{NAME}{language}": name for language, name in code.names.items()},
        **{f"{ALSO}{system}": called for system, called in code.also.items()},
        "parent": code.parent_id or "",
        "valid_from": code.valid_from.isoformat() if code.valid_from else "",
        "valid_to": code.valid_to.isoformat() if code.valid_to else "",
        "successor": code.successor_id or "",
    }


def held(row: Mapping[str, str], prefix: str) -> dict[str, str]:
    """What a row says in the columns that begin so: {"en": "Myanmar", …}; empty cells say nothing."""
    return {
        column.removeprefix(prefix): text
        for column, text in row.items()
        if column.startswith(prefix) and text
    }
