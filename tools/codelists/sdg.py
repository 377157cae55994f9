"""The Sustainable Development Goals and their targets, in four languages, from the files of open-sdg."""

from __future__ import annotations

import re
from pathlib import Path

from tools.codelists.sheet import Row, plain

LANGUAGES = ("en", "fr", "ar", "es")
TATWEEL = "\N{ARABIC TATWEEL}"  # stretches a line in print, and hides a word from whoever looks for it
ENTRY = re.compile(r"(?P<key>[\w-]+): (?P<text>.*)")


def lists(folder: Path) -> dict[str, list[Row]]:
    """The goals by number, each target under its goal (1.1, 1.a)."""
    return {"sdg-goal": goals(folder), "sdg-target": targets(folder)}


def goals(folder: Path) -> list[Row]:
    """The seventeen."""
    return [{"code": key, **names} for key, names in _titles(folder, "goals").items()]


def targets(folder: Path) -> list[Row]:
    """All hundred and sixty-nine."""
    rows = _titles(folder, "targets").items()
    return [
        {"code": key.replace("-", "."), **names, "parent": f"sdg-goal:{key.partition('-')[0]}"}
        for key, names in rows
    ]


def _titles(folder: Path, what: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for language in LANGUAGES:
        for key, text in entries((folder / f"global_{what}.{language}.yml").read_text("utf-8")).items():
            if key.endswith("-title"):
                found.setdefault(key.removesuffix("-title"), {})[f"name_{language}"] = text
    return found


def entries(text: str) -> dict[str, str]:
    """The texts of one file by key. Of YAML these files use no more than quoted and continued lines."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in text.splitlines():
        if entry := ENTRY.fullmatch(line):
            key = entry["key"]
            found[key] = [entry["text"]]
        elif line.strip():
            found[key].append(line)
    return {key: _unquoted(plain(" ".join(lines))) for key, lines in found.items()}


def _unquoted(text: str) -> str:
    if text[:1] == text[-1:] and text[:1] in ("'", '"'):
        text = text[1:-1].replace("''", "'")
    return plain(text.replace(TATWEEL, ""))
