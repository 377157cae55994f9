"""The rating rule sets as tables: what each level means, which combination gives which overall rating."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.evaluation.judging import known
from taawun.evaluation.showing import anchor_of
from taawun.kernel.ratings import COMPLETE, CONFIRMED, OPEN, RuleSet

STATUS = {
    COMPLETE: gettext_lazy("Complete"),
    CONFIRMED: gettext_lazy("Confirmed combinations only"),
    OPEN: gettext_lazy("To be completed by the agency"),
}
TONES = {COMPLETE: "ok", CONFIRMED: "wait", OPEN: "late"}


@dataclass(frozen=True)
class RuleSheet:
    """One rule set as the page shows it."""

    rules: RuleSet
    name: str
    anchor: str
    family: str
    years: str
    status: Any
    tone: str
    levels: list[str]
    criteria: list[tuple[str, list[str]]]
    narratives: list[str]
    grades: list[tuple[str, str]]
    table: list[tuple[tuple[int, ...], str, str]]

    @property
    def combinations(self) -> int:
        return self.rules.combinations

    @property
    def explained(self) -> bool:
        """Whether the scheme says what its levels mean."""
        return any(meaning for _label, meanings in self.criteria for meaning in meanings)


def rule_sheets() -> list[RuleSheet]:
    """Every rule set known here, by family, the later ones first."""
    rows = sorted(known(), key=lambda rules: (-rules.in_force_from, -rules.version))
    return [_sheet(rules, get_language() or "en") for rules in sorted(rows, key=lambda rules: rules.family)]


def _sheet(rules: RuleSet, language: str) -> RuleSheet:
    scores = sorted(rules.scores, reverse=True)
    grades = {grade.slug: grade.label(language) for grade in rules.grades}
    return RuleSheet(
        rules=rules,
        name=rules.label(language),
        anchor=anchor_of(rules),
        family=rules.family_label(language),
        years=_years(rules),
        status=STATUS[rules.status],
        tone=TONES[rules.status],
        levels=[f"{score} – {rules.level(score).label(language)}" for score in scores],
        criteria=[
            (criterion.label(language), [criterion.meaning(score, language) for score in scores])
            for criterion in rules.criteria
        ],
        narratives=[item.label(language) for item in rules.narratives],
        grades=list(grades.items()),
        table=[(vector, grade, grades[grade]) for vector, grade in sorted(rules.table.items(), reverse=True)],
    )


def _years(rules: RuleSet) -> str:
    if rules.in_force_to is None:
        return _("from fiscal year %(first)s on") % {"first": rules.in_force_from}
    return _("fiscal years %(first)s to %(last)s") % {
        "first": rules.in_force_from,
        "last": rules.in_force_to,
    }
