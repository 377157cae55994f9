"""Countries, regions, currencies and languages: ISO's and the United Nations' codes, named by CLDR through Babel."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

from babel import Locale
from babel.core import get_global

from tools.codelists.sheet import Row, read

LANGUAGES = ("en", "fr", "ar")
MORE = ("es", "pt")  # held for countries and regions beside the three languages of the interface
CLDR = {language: Locale(language) for language in (*LANGUAGES, *MORE)}

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

# What the OECD calls otherwise than the United Nations and CLDR do.
OECD_NAMES = {"550": "PS", "730": "CN", "732": "TW", "742": "KR"}


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
                **{f"name_{language}": CLDR[language].territories.get(code, "") for language in MORE},
                "parent": f"region:{above}" if above else "",
            }
            above = code
    return found.values()


def country_row(country: Row) -> Row:
    code = country["ISO3166-1-Alpha-2"]
    lies_in = lineage(country)
    row = {"code": code, "parent": f"region:{lies_in[-1]}" if lies_in else ""}
    for language in (*LANGUAGES, *MORE):
        united_nations = country.get(f"official_name_{language}") if code in UN_NAMES else ""
        row[f"name_{language}"] = united_nations or CLDR[language].territories[code]
    return row


def countries(found: list[Row], oecd: Path) -> Iterable[Row]:
    """Each country with what the other systems call it: ISO's three letters and number, M49, the OECD's number."""
    numbers = oecd_numbers(found, oecd)
    for country in found:
        yield {
            **country_row(country),
            "also_alpha-3": country["ISO3166-1-Alpha-3"],
            "also_numeric": m49(country["ISO3166-1-numeric"]),
            "also_m49": m49(country["M49"]),
            "also_dac": numbers.get(country["ISO3166-1-Alpha-2"], ""),
        }


def oecd_numbers(found: list[Row], oecd: Path) -> dict[str, str]:
    """The OECD's number of each country that receives or provides: its files know countries by name alone."""
    called = {folded(name): row["ISO3166-1-Alpha-2"] for row in found for name in _names(row)}
    numbers = {}
    for file in ("recipients.csv", "dac_members.csv", "non_dac_donors.csv"):
        for row in read(oecd / file):
            code = OECD_NAMES.get(row["code"]) or called.get(folded(row["name_en"]))
            code = code or called.get(folded(row["name_fr"]))
            if code:
                numbers[code] = row["code"]
    return numbers


def _names(country: Row) -> list[str]:
    """Every name a country has in English and French, the United Nations' and CLDR's."""
    code = country["ISO3166-1-Alpha-2"]
    held = [country[column] for column in ("official_name_en", "official_name_fr", "UNTERM English Short")]
    held += [country["UNTERM English Formal"], country["CLDR display name"]]
    held += [CLDR[language].territories[code] for language in ("en", "fr")]
    return [name for name in held if name]


def folded(name: str) -> str:
    """A name without case, accents, points and article."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in letters if letter.isalnum()).casefold().replace("the", "")


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


def lists(iso: Path, oecd: Path) -> dict[str, list[Row]]:
    """The four lists."""
    found = [row for row in read(iso / "country-codes.csv") if row["ISO3166-1-Alpha-2"]]
    return {
        "region": list(regions(found, read(iso / "unsd-m49-fr.csv"))),
        "country": list(countries(found, oecd)),
        "currency": list(currencies()),
        "language": list(languages()),
    }
