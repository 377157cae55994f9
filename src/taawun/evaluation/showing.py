"""How an evaluation is shown: findings, sub-ratings with what they mean, the overall rating with its source."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext as _

from taawun.cycle.models import Operation
from taawun.evaluation import independence, judging, queries
from taawun.evaluation.criteria import CRITERIA
from taawun.evaluation.models import Evaluation, EvaluationType, Recommendation
from taawun.kernel.ratings import RuleSet
from taawun.ui import words


@dataclass(frozen=True)
class Finding:
    """The evidence on one criterion."""

    slug: str
    label: Any
    question: Any
    evidence: str
    asked: bool = True


@dataclass(frozen=True)
class SubRating:
    """One sub-rating of the rule set; `level` empty while none is given."""

    label: str
    level: int | None
    level_label: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Rating:
    """The sub-ratings and the overall rating, with the rule set they follow."""

    name: str
    version: int
    source: str
    sub_ratings: list[SubRating]
    grade: str
    grade_label: str
    computed: bool
    silent: bool
    reason: str
    by_rule: str = ""
    by_rule_label: str = ""
    anchor: str = ""


def findings_of(evaluation: Evaluation) -> list[Finding]:
    """The six criteria with their evidence, and what the rule set asks to be told besides."""
    held = {rating.criterion: rating.evidence for rating in evaluation.ratings.all()}
    rules = queries.rules_of(evaluation)
    found = [Finding(slug, label, ask, held.get(slug, "")) for slug, (label, ask) in CRITERIA.items()]
    language = get_language() or "en"
    told = [(item.slug, item.label(language)) for item in rules.narratives] if rules else []
    return found + [Finding(slug, label, "", held.get(slug, ""), asked=False) for slug, label in told]


def rating_of(evaluation: Evaluation) -> Rating | None:
    """The rating; None where the provider rates nothing."""
    rules = queries.rules_of(evaluation)
    if rules is None:
        return None
    language = get_language() or "en"
    levels = {rating.criterion: rating.level for rating in evaluation.ratings.all()}
    grade = rules.grade(evaluation.overall) if evaluation.overall else None
    computed = judging.computed_by(rules, levels)
    return Rating(
        name=rules.label(language),
        version=rules.version,
        source=rules.source,
        sub_ratings=[
            _sub_rating(rules, criterion, levels.get(criterion.slug), language)
            for criterion in rules.criteria
        ],
        grade=grade.slug if grade else "",
        grade_label=grade.label(language) if grade else "",
        computed=evaluation.computed,
        silent=judging.is_silent(rules, levels),
        reason=evaluation.judgement_reason,
        by_rule=computed or "",
        by_rule_label=rules.grade(computed).label(language) if computed else "",
        anchor=anchor_of(rules),
    )


def anchor_of(rules: RuleSet) -> str:
    """Where a rule set stands on the page of all of them."""
    return f"{rules.slug}-{rules.version}"


def _sub_rating(rules: Any, criterion: Any, level: int | None, language: str) -> SubRating:
    if level is None:
        return SubRating(criterion.label(language), None)
    return SubRating(
        criterion.label(language),
        level,
        rules.level(level).label(language),
        criterion.meaning(level, language),
    )


@dataclass(frozen=True)
class Advice:
    """A recommendation with whether the reader may answer it, and by which letter it was answered, if by one."""

    recommendation: Recommendation
    may_answer: bool
    letter: str = ""


def advice_of(operation: Operation, evaluation: Evaluation, user: Any) -> list[Advice]:
    """The recommendations, in their order."""
    rows = evaluation.recommendations.all()
    letters = queries.letters_that_answer(operation) if any(row.response for row in rows) else {}
    return [Advice(r, queries.may_answer(operation, r, user), letters.get(r.number, "")) for r in rows]


def independence_of(evaluation: Evaluation) -> str:
    """How the page tells who evaluated, and in which relation to the operation."""
    names = {
        "person": evaluation.evaluator.person.name,
        "organisation": evaluation.evaluator.organisation.name,
    }
    if evaluation.type == EvaluationType.INTERNAL:
        told = _("Internal ex-post evaluation by %(organisation)s (%(person)s), the provider's own.") % names
        served = words.listed(independence.served_as(evaluation))
        if not served:
            return told
        return " ".join(
            [told, _("%(person)s served on this operation: %(functions)s.") % {**names, "functions": served}]
        )
    return (
        _("External evaluation by %(person)s, %(organisation)s, who held no post on this operation.") % names
    )
