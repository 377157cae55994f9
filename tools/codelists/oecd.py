"""The lists of the OECD's Development Assistance Committee: its own files beside what IATI replicates of them.

IATI keeps the codes that were withdrawn, and the days; the OECD has names in French that IATI lacks, and codes that
have not reached IATI yet. Sectors go by the OECD's names, which records have had from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tools.codelists.sheet import Row, plain, read

FILES = {
    "dac-region": "recipients.csv",
    "aid-type-category": "aid_type_categories.csv",
    "aid-type": "aid_types.csv",
    "flow-type": "flow_types.csv",
    "finance-type-category": "finance_type_categories.csv",
    "finance-type": "finance_types.csv",
    "collaboration-type": "collaboration_types.csv",
    "channel": "channel_codes.csv",
}
ABOVE = {"aid-type": "aid-type-category", "finance-type": "finance-type-category", "channel": "channel"}


def lists(folder: Path, from_iati: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """What IATI has, with the OECD's own lists worked in."""
    merged = {
        slug: filled(slug, from_iati[slug], read(folder / file), grows=slug != "dac-region")
        for slug, file in FILES.items()
    }
    categories = list(sector_categories(read(folder / "sector_categories.csv")))
    return {
        **from_iati,
        **merged,
        "sector-category": with_the_withdrawn(categories, from_iati["sector-category"]),
        "sector": with_the_withdrawn(list(sectors(read(folder / "sectors.csv"))), from_iati["sector"]),
    }


def filled(slug: str, rows: list[Row], own: list[Row], *, grows: bool) -> list[Row]:
    """IATI's rows with French names that the OECD has, and (`grows`) the codes that the OECD alone has."""
    french = {row["code"]: plain(row["name_fr"]) for row in own}
    held = {row["code"] for row in rows}
    known = [{**row, "name_fr": row.get("name_fr") or french.get(row["code"], "")} for row in rows]
    return known + [_own_row(slug, row) for row in own if grows and row["code"] not in held]


def _own_row(slug: str, row: Row) -> Row:
    names = {name: plain(row[name]) for name in ("name_en", "name_fr")}
    return {
        "code": row["code"],
        **names,
        "parent": f"{ABOVE[slug]}:{row['category']}" if slug in ABOVE else "",
    }


def with_the_withdrawn(own: list[Row], rows: list[Row]) -> list[Row]:
    """The OECD's rows with the days IATI tells, and what the OECD holds no more."""
    told = {row["code"]: row for row in rows}
    held = {row["code"] for row in own}
    known = [{**row, "valid_from": told.get(row["code"], {}).get("valid_from", "")} for row in own]
    return known + [row for row in rows if row["code"] not in held]


def sector_categories(categories: list[Row]) -> Iterable[Row]:
    """111 and 112 stand under 110 where there is a 110."""
    codes = {row["code"] for row in categories}
    # One category has no French name, but another of the same English name has.
    in_french = {row["name_en"]: row["name_fr"] for row in categories if row["name_fr"]}
    for row in categories:
        above = f"{row['code'][:2]}0"
        parent = f"sector-category:{above}" if above in codes and above != row["code"] else ""
        french = in_french.get(row["name_en"], "")
        yield {"code": row["code"], "name_en": row["name_en"], "name_fr": french, "parent": parent}


def sectors(purposes: list[Row]) -> Iterable[Row]:
    """Purpose codes under their category, voluntary detail under its purpose code; names, no long texts."""
    for row in purposes:
        detail = row["voluntary_code"]
        yield {
            "code": detail or row["code"],
            "name_en": plain(row["name_en"]),
            "name_fr": plain(row["name_fr"]),
            "parent": f"sector:{row['code']}" if detail else f"sector-category:{row['category']}",
        }
