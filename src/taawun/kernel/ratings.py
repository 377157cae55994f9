"""Rating schemes as versioned decision tables: sub-ratings in, an overall grade out.

A table holds what its agency has published, and nothing guessed. A combination it does not hold has no
computed grade: the evaluator gives one, with reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

FALLBACK = "en"
COMPLETE, CONFIRMED, OPEN = "complete", "confirmed-only", "to-be-completed"
STATUSES = (COMPLETE, CONFIRMED, OPEN)

Labels = Mapping[str, str]


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
    """One version of an agency's rating scheme, in force from one fiscal year to another, or on.

    `family` binds the schemes that followed each other at one agency. `status`: whether the table holds every
    combination, only those the agency has published, or none yet: then the agency completes it. `narratives` are
    items that are told and not rated.
    """

    slug: str
    version: int
    family: str
    in_force_from: int
    in_force_to: int | None
    status: str
    labels: Labels
    criteria: tuple[Criterion, ...]
    levels: tuple[Level, ...]
    grades: tuple[Grade, ...]
    table: Mapping[tuple[int, ...], str]
    narratives: tuple[Criterion, ...] = ()
    source: str = ""
    family_labels: Labels = field(default_factory=dict)

    @property
    def scores(self) -> frozenset[int]:
        return frozenset(level.score for level in self.levels)

    def label(self, language: str) -> str:
        return _in(self.labels, language)

    def family_label(self, language: str) -> str:
        """The name of the family; where it has none, this scheme's."""
        return _in(self.family_labels or self.labels, language)

    @property
    def combinations(self) -> int:
        """How many combinations of sub-ratings there are; the table holds a grade for as many as it is long."""
        return len(self.levels) ** len(self.criteria)

    def holds_in(self, fiscal_year: int) -> bool:
        """Whether it was in force in a fiscal year."""
        return self.in_force_from <= fiscal_year <= (self.in_force_to or fiscal_year)

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


def in_force(rule_sets: Iterable[RuleSet], wanted: str, fiscal_year: int) -> RuleSet | None:
    """The version that holds in a fiscal year: of a family the one in force then, the latest begun where several are.

    A provider may also name one scheme of a family: then it keeps to that scheme whatever its agency did later, in
    its latest version begun by then.
    """
    rows = list(rule_sets)
    found = [rules for rules in rows if rules.family == wanted and rules.holds_in(fiscal_year)]
    if not any(rules.family == wanted for rules in rows):
        found = [rules for rules in rows if rules.slug == wanted and rules.in_force_from <= fiscal_year]
    return max(found, key=lambda rules: (rules.in_force_from, rules.version), default=None)


def choices(rule_sets: Iterable[RuleSet], language: str) -> list[tuple[str, str]]:
    """What a provider may set: a family, whose scheme the year decides, or one scheme."""
    rows = sorted(rule_sets, key=lambda rules: (rules.family, rules.in_force_from, rules.version))
    families = {rules.family: rules.family_label(language) for rules in rows}
    return [*families.items(), *{r.slug: r.label(language) for r in rows if r.slug not in families}.items()]


def all_vectors(levels: Iterable[int], criteria: int) -> set[tuple[int, ...]]:
    """Every combination of sub-ratings."""
    return set(product(sorted(levels), repeat=criteria))
