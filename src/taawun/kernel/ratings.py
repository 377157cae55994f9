"""Rating schemes as versioned decision tables: sub-ratings in, an overall grade out.

A table holds what its agency has published, and nothing guessed. A combination it does not hold has no
computed grade: the evaluator gives one, with reasons.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
FALLBACK = "en"
SHIPPED = Path(__file__).parent / "data" / "ratings"

Labels = Mapping[str, str]


class RuleSetError(ValueError):
    """A rule set that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = list(problems)


def _in(labels: Labels, language: str) -> str:
    return labels.get(language) or labels[FALLBACK]


@dataclass(frozen=True)
class Level:
    """A sub-rating an evaluator may give; the higher score is the better one."""

    score: int
    labels: Labels

    def label(self, language: str) -> str:
        return _in(self.labels, language)


@dataclass(frozen=True)
class Criterion:
    """What is judged, and what each level means for it."""

    slug: str
    labels: Labels
    meanings: Mapping[int, Labels] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return _in(self.labels, language)

    def meaning(self, score: int, language: str) -> str:
        """What this level means for this criterion, or nothing where the scheme does not say."""
        labels = self.meanings.get(score)
        return _in(labels, language) if labels else ""


@dataclass(frozen=True)
class Grade:
    """An overall rating."""

    slug: str
    labels: Labels

    def label(self, language: str) -> str:
        return _in(self.labels, language)


@dataclass(frozen=True)
class RuleSet:
    """One version of an agency's rating scheme, in force from a fiscal year on until a later version is."""

    slug: str
    version: int
    in_force_from: int
    labels: Labels
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]
    grades: tuple[Grade, ...]
    table: Mapping[tuple[int, ...], str]
    source: str = ""

    @property
    def scores(self) -> frozenset[int]:
        return frozenset(level.score for level in self.levels)

    def label(self, language: str) -> str:
        return _in(self.labels, language)

    def vector(self, sub_ratings: Mapping[str, int]) -> tuple[int, ...]:
        """Sub-ratings by criterion slug, put in the scheme's order; one missing or too many is refused."""
        wanted = [criterion.slug for criterion in self.criteria]
        if set(sub_ratings) != set(wanted):
            raise ValueError(f"sub-ratings for {', '.join(wanted)} are needed, one each")
        return tuple(sub_ratings[slug] for slug in wanted)

    def overall(self, vector: Mapping[str, int] | Sequence[int]) -> str | None:
        """The slug of the overall grade; None where the table is silent: a reasoned judgement is needed."""
        scores = self.vector(vector) if isinstance(vector, Mapping) else tuple(vector)
        if len(scores) != len(self.criteria) or not self.scores.issuperset(scores):
            raise ValueError(f"{scores} is not a vector of {self.slug} version {self.version}")
        return self.table.get(scores)

    def grade(self, slug: str) -> Grade:
        return next(grade for grade in self.grades if grade.slug == slug)

    def level(self, score: int) -> Level:
        return next(level for level in self.levels if level.score == score)


def in_force(rule_sets: Iterable[RuleSet], slug: str, fiscal_year: int) -> RuleSet | None:
    """The version of a scheme that holds in a fiscal year: the latest that began by then."""
    begun = [rules for rules in rule_sets if rules.slug == slug and rules.in_force_from <= fiscal_year]
    return max(begun, key=lambda rules: (rules.in_force_from, rules.version), default=None)


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
        in_force_from=data["in_force_from"],
        labels=data["labels"],
        criteria=tuple(_criterion(item) for item in data["criteria"]),
        levels=tuple(Level(item["score"], item["labels"]) for item in data["levels"]),
        grades=tuple(Grade(item["slug"], item["labels"]) for item in data["grades"]),
        table={tuple(row["vector"]): row["overall"] for row in data["table"]},
        source=data.get("source", ""),
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

SHAPE: Mapping[str, Check] = {
    "slug": _is_text,
    "version": _is_number,
    "in_force_from": _is_number,
    "labels": _are_labels,
}
SHAPE_OF_ITEMS: Mapping[str, Mapping[str, Check]] = {
    "criteria": {"slug": _is_text, "labels": _are_labels},
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
    for name, shape in SHAPE_OF_ITEMS.items():
        items = data.get(name)
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
    yield from _label_problems(data)
    yield from _list_problems(data)
    yield from _table_problems(data)


def _label_problems(data: Mapping[str, Any]) -> Iterable[str]:
    labelled = [("the rule set", data["labels"])]
    for name, key in (("criteria", "slug"), ("levels", "score"), ("grades", "slug")):
        labelled += [(f"{name} {item[key]}", item["labels"]) for item in data[name]]
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
