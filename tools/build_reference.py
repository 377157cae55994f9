"""Build the code lists in `src/taawun/reference/data` from the standards' files and from CLDR, by Babel.

    python -m tools.build_reference [folder of the standards]

Run by a developer when a standard changes. The program itself reads only the CSV files this writes.
`modality.csv` and `decision-reason.csv` are our own and are not written here.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from babel import Locale
from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
STANDARDS = ROOT.parent / "shared" / "standards"
DATA = ROOT / "src" / "taawun" / "reference" / "data"
LANGUAGES = ("en", "fr", "ar")
COLUMNS = ("code", "name_en", "name_fr", "name_ar", "parent", "valid_from", "valid_to", "successor")
CLDR = {language: Locale(language) for language in LANGUAGES}

# Where CLDR names a country as no partner ministry would, the name the United Nations use stands instead.
UN_NAMES = {"CD", "CG", "HK", "MM", "MO", "PS", "TL"}

# Names of the United Nations' regions in Arabic where CLDR's region is cut or called otherwise.
ARABIC_REGIONS = {
    "018": "الجنوب الأفريقي",
    "021": "أمريكا الشمالية",
    "029": "منطقة البحر الكاريبي",
    "053": "أستراليا ونيوزيلندا",
    "057": "ميكرونيزيا",
    "202": "أفريقيا جنوب الصحراء",
    "419": "أمريكا اللاتينية ومنطقة البحر الكاريبي",
}

# Currencies that ended earlier are in no record an agency would bring along.
ENDED_SINCE = (2000, 1, 1)
# Where one currency took over from one, old records show it.
CURRENCY_SUCCESSORS = {
    "BYR": "BYN",
    "GHC": "GHS",
    "MGF": "MGA",
    "MRO": "MRU",
    "MZM": "MZN",
    "ROL": "RON",
    "SDD": "SDG",
    "SLL": "SLE",
    "STD": "STN",
    "TRL": "TRY",
    "ZMK": "ZMW",
}

LEVELS = ("Region", "Sub-region", "Intermediate Region")
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: row["code"]))


def m49(number: str) -> str:
    """M49 codes have three digits; spreadsheets lose the zeros."""
    return number.zfill(3) if number else ""


def lineage(country: Row) -> list[str]:
    """The regions a country lies in, widest first."""
    return [m49(country[f"{level} Code"]) for level in LEVELS if country[f"{level} Code"]]


def regions(countries: list[Row], french: list[Row]) -> Iterable[Row]:
    found: dict[str, Row] = {}
    in_french = {m49(row[f"{level} Code"]): row[f"{level} Name"] for row in french for level in LEVELS}
    for country in countries:
        above = ""
        names = [country[f"{level} Name"] for level in LEVELS if country[f"{level} Code"]]
        for code, name in zip(lineage(country), names, strict=True):
            arabic = ARABIC_REGIONS.get(code) or CLDR["ar"].territories.get(code, "")
            found[code] = {
                "code": code,
                "name_en": name,
                "name_fr": in_french.get(code, ""),
                "name_ar": arabic,
                "parent": f"region:{above}" if above else "",
            }
            above = code
    return found.values()


def country_row(country: Row) -> Row:
    code = country["ISO3166-1-Alpha-2"]
    lies_in = lineage(country)
    row = {"code": code, "parent": f"region:{lies_in[-1]}" if lies_in else ""}
    for language in LANGUAGES:
        united_nations = country[f"official_name_{language}"]
        row[f"name_{language}"] = united_nations if code in UN_NAMES else CLDR[language].territories[code]
    return row


def currencies() -> Iterable[Row]:
    """Legal tender somewhere, now or until lately, with the day the last country gave it up."""
    ends: dict[str, list[tuple[int, int, int] | None]] = {}
    for periods in get_global("territory_currencies").values():
        for code, _, end, is_tender in periods:
            if is_tender:
                ends.setdefault(code, []).append(end)
    for code, days in ends.items():
        ended = [day for day in days if day is not None]
        last = max(ended) if len(ended) == len(days) else None
        if last is not None and last < ENDED_SINCE:
            continue
        successor = CURRENCY_SUCCESSORS.get(code, "")
        yield {
            "code": code,
            **{f"name_{language}": CLDR[language].currencies.get(code, "") for language in LANGUAGES},
            "valid_to": "{:04}-{:02}-{:02}".format(*last) if last else "",
            "successor": f"currency:{successor}" if successor else "",
        }


def languages() -> Iterable[Row]:
    for code in map(str, CLDR["en"].languages):
        if len(code) == 2:
            names = {f"name_{language}": CLDR[language].languages.get(code, "") for language in LANGUAGES}
            yield {"code": code, **names}


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
            "name_en": row["name_en"].strip(),
            "name_fr": row["name_fr"].strip(),
            "parent": f"sector:{row['code']}" if detail else f"sector-category:{row['category']}",
        }


def build(standards: Path, into: Path = DATA) -> None:
    iso, oecd = standards / "iso", standards / "oecd"
    countries = [row for row in read(iso / "country-codes.csv") if row["ISO3166-1-Alpha-2"]]
    lists = {
        "region": regions(countries, read(iso / "unsd-m49-fr.csv")),
        "country": map(country_row, countries),
        "currency": currencies(),
        "language": languages(),
        "sector-category": sector_categories(read(oecd / "sector_categories.csv")),
        "sector": sectors(read(oecd / "sectors.csv")),
    }
    for name, rows in lists.items():
        write(into / f"{name}.csv", rows)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else STANDARDS)
