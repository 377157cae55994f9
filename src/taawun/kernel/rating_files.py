"""Rule sets read from files: those that come with the program, and an agency's own."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from taawun.kernel.ratings import (
    COMPLETE,
    CONFIRMED,
    FALLBACK,
    OPEN,
    STATUSES,
    Criterion,
    Grade,
    Level,
    RuleSet,
    all_vectors,
)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHIPPED = Path(__file__).parent / "data" / "ratings"


class RuleSetError(ValueError):
    """A rule set that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


def rule_set(data: Mapping[str, Any]) -> RuleSet:
    """A rule set from plain data, shaped as the files in `data/ratings`; refused with all its problems."""
    problems = [*_shape_problems(data)]
    if not problems:
        problems = [*_content_problems(data)]
    if problems:
        raise RuleSetError(problems)
    return RuleSet(
        slug=data["slug"],
        version=data["version"],
        family=data.get("family", data["slug"]),
        in_force_from=data["in_force_from"],
        in_force_to=data.get("in_force_to"),
        status=data.get("status") or (COMPLETE if _covers_all(data) else CONFIRMED),
        labels=data["labels"],
        criteria=tuple(_criterion(item) for item in data["criteria"]),
        levels=tuple(Level(item["score"], item["labels"]) for item in data["levels"]),
        grades=tuple(Grade(item["slug"], item["labels"]) for item in data["grades"]),
        table={tuple(row["vector"]): row["overall"] for row in data["table"]},
        narratives=tuple(_criterion(item) for item in data.get("narratives", [])),
        source=data.get("source", ""),
        family_labels=data.get("family_labels", {}),
    )


def load(path: Path) -> RuleSet:
    """A rule set from a JSON file."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise RuleSetError([f"{path.name} is not JSON: {error}"]) from error
    return rule_set(data)


@cache
def shipped() -> tuple[RuleSet, ...]:
    """The rule sets that come with the program."""
    return tuple(load(path) for path in sorted(SHIPPED.glob("*.json")))


def read(folder: Path) -> tuple[tuple[RuleSet, ...], list[str]]:
    """An agency's own rule sets, beside those that come with the program, and what is wrong with its files.

    A file that cannot be used is left out; so is one that says again what is known: a version never changes.
    """
    rules, problems = _read(tuple((path, _stamp(path)) for path in sorted(folder.glob("*.json"))))
    return rules, list(problems)


def _stamp(path: Path) -> tuple[int, ...]:
    """By what it is told that a file has changed."""
    try:
        told = path.stat()
    except OSError:
        return ()
    return told.st_ctime_ns, told.st_mtime_ns, told.st_size, told.st_ino


@lru_cache(maxsize=8)
def _read(files: tuple[tuple[Path, tuple[int, ...]], ...]) -> tuple[tuple[RuleSet, ...], tuple[str, ...]]:
    """The same, as long as no file changes: a list of evaluations asks for its rule set row by row."""
    known = {(rules.slug, rules.version): rules for rules in shipped()}
    problems = []
    for path, _changed in files:
        try:
            rules = load(path)
        except (RuleSetError, OSError, UnicodeDecodeError) as error:
            problems.append(f"{path.name}: {error}")
            continue
        if (rules.slug, rules.version) in known:
            problems.append(f"{path.name}: {rules.slug} version {rules.version} is known already")
            continue
        known[rules.slug, rules.version] = rules
    return tuple(known.values()), tuple(problems)


def _covers_all(data: Mapping[str, Any]) -> bool:
    wanted = all_vectors((item["score"] for item in data["levels"]), len(data["criteria"]))
    return {tuple(row["vector"]) for row in data["table"]} >= wanted


def _criterion(item: Mapping[str, Any]) -> Criterion:
    meanings = {int(score): labels for score, labels in item.get("meanings", {}).items()}
    return Criterion(item["slug"], item["labels"], meanings)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _are_labels(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _are_meanings(value: object) -> bool:
    return isinstance(value, dict) and all(score.isdecimal() and _are_labels(value[score]) for score in value)


def _is_vector(value: object) -> bool:
    return isinstance(value, list) and all(_is_number(score) for score in value)


Check = Callable[[object], bool]


# What may be left out: read as its default.
SHAPE_OF_EXTRAS: Mapping[str, tuple[Check, object]] = {
    "family": (_is_text, ""),
    "in_force_to": (lambda value: value is None or _is_number(value), None),
    "status": (_is_text, ""),
    "source": (_is_text, ""),
    "family_labels": (_are_labels, {}),
    "narratives": (lambda value: isinstance(value, list), []),
}
SHAPE: Mapping[str, Check] = {
    "slug": _is_text,
    "version": _is_number,
    "in_force_from": _is_number,
    "labels": _are_labels,
}
SHAPE_OF_ITEMS: Mapping[str, Mapping[str, Check]] = {
    "criteria": {"slug": _is_text, "labels": _are_labels},
    "narratives": {"slug": _is_text, "labels": _are_labels},
    "levels": {"score": _is_number, "labels": _are_labels},
    "grades": {"slug": _is_text, "labels": _are_labels},
    "table": {"vector": _is_vector, "overall": _is_text},
}


def _shape_problems(data: object) -> Iterable[str]:
    """What is missing or misshapen; only data of the right shape can be asked further."""
    if not isinstance(data, Mapping):
        yield "a rule set is an object with fields"
        return
    yield from (f"{name} is missing or misshapen" for name, fits in SHAPE.items() if not fits(data.get(name)))
    yield from (
        f"{name} is misshapen"
        for name, (fits, default) in SHAPE_OF_EXTRAS.items()
        if not fits(data.get(name, default))
    )
    for name, shape in SHAPE_OF_ITEMS.items():
        items = data.get(name, [] if name == "narratives" else None)
        if not isinstance(items, list):
            yield f"{name} is missing or misshapen"
            continue
        for place, item in enumerate(items, start=1):
            yield from (f"{name} {place}: {problem}" for problem in _item_problems(item, shape))


def _item_problems(item: object, shape: Mapping[str, Check]) -> Iterable[str]:
    if not isinstance(item, Mapping):
        yield "not an object with fields"
        return
    yield from (f"{name} is missing or misshapen" for name, fits in shape.items() if not fits(item.get(name)))
    if not _are_meanings(item.get("meanings", {})):
        yield "meanings are misshapen"


def _content_problems(data: Mapping[str, Any]) -> Iterable[str]:
    if not SLUG.fullmatch(data["slug"]):
        yield f"{data['slug']!r} is not a slug"
    if data["version"] < 1:
        yield "versions are counted from 1"
    yield from _validity_problems(data)
    yield from _label_problems(data)
    yield from _list_problems(data)
    yield from _table_problems(data)


def _validity_problems(data: Mapping[str, Any]) -> Iterable[str]:
    if data.get("in_force_to") is not None and data["in_force_to"] < data["in_force_from"]:
        yield "it ends before it begins"
    status = data.get("status", "")
    if status and status not in STATUSES:
        yield f"{status!r} is not a status"
    if status == COMPLETE and not _covers_all(data):
        yield "it is called complete, and its table is not"
    if status == OPEN and data["table"]:
        yield "it is called to be completed, and its table is begun"


def _label_problems(data: Mapping[str, Any]) -> Iterable[str]:
    labelled = [("the rule set", data["labels"])]
    for name, key in (("criteria", "slug"), ("levels", "score"), ("grades", "slug"), ("narratives", "slug")):
        labelled += [(f"{name} {item[key]}", item["labels"]) for item in data.get(name, [])]
    for item in data["criteria"]:
        labelled += [
            (f"criteria {item['slug']} at {score}", text) for score, text in item.get("meanings", {}).items()
        ]
    for owner, labels in labelled:
        if not labels.get(FALLBACK):
            yield f"{owner} has no label in the fallback language {FALLBACK!r}"


def _list_problems(data: Mapping[str, Any]) -> Iterable[str]:
    for name, key, least in (("criteria", "slug", 1), ("levels", "score", 2), ("grades", "slug", 2)):
        keys = [item[key] for item in data[name]]
        if len(keys) < least:
            yield f"{name}: at least {least} needed"
        yield from (
            f"{name}: {again} stands there twice" for again, times in Counter(keys).items() if times > 1
        )
    scores = {str(item["score"]) for item in data["levels"]}
    for item in data["criteria"]:
        for score in item.get("meanings", {}):
            if score not in scores:
                yield f"criteria {item['slug']}: {score} is not a level"


def _table_problems(data: Mapping[str, Any]) -> Iterable[str]:
    scores = {item["score"] for item in data["levels"]}
    grades = {item["slug"] for item in data["grades"]}
    seen: set[tuple[int, ...]] = set()
    for place, row in enumerate(data["table"], start=1):
        vector = tuple(row["vector"])
        if len(vector) != len(data["criteria"]):
            yield f"table {place}: {len(data['criteria'])} sub-ratings needed, {len(vector)} given"
        if unknown := [score for score in vector if score not in scores]:
            yield f"table {place}: {unknown[0]!r} is not a level"
        if row["overall"] not in grades:
            yield f"table {place}: {row['overall']!r} is not a grade"
        if vector in seen:
            yield f"table {place}: {vector} stands there twice"
        seen.add(vector)
