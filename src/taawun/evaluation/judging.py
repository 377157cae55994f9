"""From sub-ratings to the overall rating: by the rule set, or by a judgement with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from taawun.kernel import rating_files
from taawun.kernel.ratings import RuleSet


@dataclass(frozen=True)
class Overall:
    """The overall rating. `silent`: the rule set holds none; `needs_reason`: a judgement without its reasons.

    `by_rule` is the grade the rule set gives, also where the evaluator departs from it.
    """

    grade: str = ""
    by_rule: str = ""
    computed: bool = False
    needs_reason: bool = False
    silent: bool = False


def known() -> tuple[RuleSet, ...]:
    """Those that come with the program, and the agency's own (`TAAWUN_RATINGS`, read anew where one changed)."""
    return rating_files.read(settings.RATINGS_ROOT)[0]


def rule_set(slug: str, version: int | None) -> RuleSet | None:
    """The version of a rule set an evaluation goes by."""
    return next((r for r in known() if (r.slug, r.version) == (slug, version)), None)


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
        return Overall(by_rule, by_rule, computed=True)
    silent = is_silent(rules, levels)
    return Overall(chosen, by_rule or "", needs_reason=bool(chosen) and not reason.strip(), silent=silent)


def named_rules(rules: RuleSet | None) -> dict[str, Any]:
    """The rule set as an evaluation keeps it."""
    return {
        "rule_set": rules.slug if rules else "",
        "rule_set_version": rules.version if rules else None,
    }
