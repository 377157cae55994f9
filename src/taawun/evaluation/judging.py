"""From sub-ratings to the overall rating: by the rule set, or by a judgement with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass

from taawun.kernel import ratings
from taawun.kernel.ratings import RuleSet


@dataclass(frozen=True)
class Overall:
    """The overall rating. `silent`: the rule set holds none; `needs_reason`: a judgement without its reasons."""

    grade: str = ""
    computed: bool = False
    needs_reason: bool = False
    silent: bool = False


def rule_set(slug: str, version: int | None) -> RuleSet | None:
    """The version of a rule set an evaluation goes by."""
    return next((r for r in ratings.shipped() if (r.slug, r.version) == (slug, version)), None)


def computed_by(rules: RuleSet | None, levels: Mapping[str, int | None]) -> str | None:
    """The grade the rule set gives; None while a sub-rating is missing, and where the rule set is silent."""
    given = {c.slug: levels.get(c.slug) for c in rules.criteria} if rules else {}
    known = {slug: level for slug, level in given.items() if level is not None}
    return rules.overall(known) if rules and len(known) == len(rules.criteria) else None


def is_silent(rules: RuleSet | None, levels: Mapping[str, int | None]) -> bool:
    """Whether every sub-rating is given and the rule set holds no grade for them."""
    complete = rules is not None and all(levels.get(c.slug) is not None for c in rules.criteria)
    return complete and computed_by(rules, levels) is None


def overall(rules: RuleSet | None, levels: Mapping[str, int | None], chosen: str, reason: str) -> Overall:
    """The overall rating from the sub-ratings and what the evaluator chose ("" = as the rule set computes)."""
    by_rule = computed_by(rules, levels)
    if by_rule and chosen in ("", by_rule):
        return Overall(by_rule, computed=True)
    silent = is_silent(rules, levels)
    return Overall(chosen, needs_reason=bool(chosen) and not reason.strip(), silent=silent)
