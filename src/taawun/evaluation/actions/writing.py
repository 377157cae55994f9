"""Writing an evaluation: findings, ratings, recommendations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.evaluation import judging, queries
from taawun.evaluation.criteria import CRITERIA
from taawun.evaluation.models import CriterionRating, Evaluation, Recommendation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.ratings import RuleSet


@dataclass(frozen=True)
class Findings:
    """What an evaluator writes. `overall` empty: as the rule set computes."""

    evaluated_on: date | None
    summary: str
    evidence: Mapping[str, str]
    levels: Mapping[str, int | None]
    overall: str = ""
    judgement_reason: str = ""
    recommendations: tuple[tuple[str, int], ...] = ()


def save_evaluation(
    evaluation: Evaluation, findings: Findings, *, actor: User, base_version: int
) -> Evaluation:
    """Write the findings; the named evaluator alone, while the evaluation is due (`Frozen` once it is recorded).

    The overall rating is computed by the rule set in force in the year of the evaluation. Where the evaluator departs
    from it, or it holds no grade for the sub-ratings, the judgement needs its reasons (`Refused` otherwise) and stands
    in the record beside what the rule set gives. Never over another's save (`editing.Conflict`).
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(pk=evaluation.operation_id)
        seat, _organisation = rights.require(operation, actor, "evaluation-texts")
        if operation.state not in queries.WRITTEN_IN:
            raise editing.Frozen
        held = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
        rules, findings = _rules_of_the_year(held, operation, findings)
        given = judging.overall(rules, findings.levels, findings.overall, findings.judgement_reason)
        _refuse_what_does_not_fit(operation, rules, findings, given)
        editing.bump(held, base_version, theirs=texts_of(held), mine=_texts(findings))
        Evaluation.objects.filter(pk=held.pk).update(
            evaluated_on=findings.evaluated_on,
            summary=findings.summary,
            overall=given.grade,
            computed=given.computed,
            judgement_reason="" if given.computed else findings.judgement_reason,
            **judging.named_rules(rules),
        )
        _write_ratings(held, findings)
        _write_recommendations(held, findings.recommendations)
        record(
            operation,
            "evaluation-edited",
            actor=actor,
            organisation_id=held.evaluator.organisation_id,
            role=seat.role,
            detail=_judgement(findings, given, rules),
        )
        sync_tasks(operation)
    return Evaluation.objects.get(pk=held.pk)


def _rules_of_the_year(
    evaluation: Evaluation, operation: Operation, findings: Findings
) -> tuple[RuleSet | None, Findings]:
    """The rule set in force in the year of the evaluation, and what was written under it.

    A date in a year in which another one is in force changes it: the texts stay, the ratings are asked anew.
    """
    held = queries.rules_of(evaluation)
    due = queries.rules_in_force(operation, findings.evaluated_on) if findings.evaluated_on else None
    if due is None or judging.named_rules(due) == judging.named_rules(held):
        return held, findings
    CriterionRating.objects.filter(evaluation=evaluation).exclude(criterion__in=CRITERIA).delete()
    texts = {slug: text for slug, text in findings.evidence.items() if slug in CRITERIA}
    return due, replace(findings, evidence=texts, levels={}, overall="", judgement_reason="")


def _judgement(findings: Findings, given: judging.Overall, rules: RuleSet | None) -> dict[str, Any]:
    """What the record keeps of a rating: the grade, what the rule set gives, and why it was departed from."""
    kept = {"levels": dict(findings.levels), "overall": given.grade, "computed": given.computed}
    if rules:
        kept |= {**judging.named_rules(rules), "by_rule": given.by_rule}
    return kept if given.computed else kept | {"judgement": findings.judgement_reason}


def _refuse_what_does_not_fit(
    operation: Operation, rules: RuleSet | None, findings: Findings, given: judging.Overall
) -> None:
    """Sub-ratings, grades, owners that do not exist here: sent by hand, or of another operation."""
    rated = {criterion.slug for criterion in rules.criteria} if rules else set()
    told = {item.slug for item in rules.narratives} if rules else set()
    levels = {level for level in findings.levels.values() if level is not None}
    grades = {grade.slug for grade in rules.grades} if rules else set()
    owners = {owner_id for _text, owner_id in findings.recommendations}
    fits = {
        _("A criterion is not one of this evaluation."): set(findings.levels) <= rated
        and set(findings.evidence) <= {*CRITERIA, *told},
        _("A sub-rating is not one of the rule set."): levels <= (rules.scores if rules else set()),
        _("The overall rating is not one of the rule set."): not given.grade or given.grade in grades,
        _("A recommendation is addressed to an organisation that takes no part."): owners
        <= set(queries.owners_of(operation)),
        _("The date of the evaluation lies in the future."): not findings.evaluated_on
        or findings.evaluated_on <= clock.today(),
        _("Give the reasons for the overall rating."): not given.needs_reason,
    }
    if wrong := [Obstacle(text) for text, right in fits.items() if not right]:
        raise Refused(wrong)


def _write_ratings(evaluation: Evaluation, findings: Findings) -> None:
    for slug in dict.fromkeys([*findings.evidence, *findings.levels]):
        CriterionRating.objects.update_or_create(
            evaluation=evaluation,
            criterion=slug,
            defaults={"evidence": findings.evidence.get(slug, ""), "level": findings.levels.get(slug)},
        )


def _write_recommendations(evaluation: Evaluation, rows: tuple[tuple[str, int], ...]) -> None:
    """The rows given replace those held: nothing is answered before the evaluation is recorded."""
    evaluation.recommendations.all().delete()
    Recommendation.objects.bulk_create(
        Recommendation(evaluation=evaluation, number=number, text=text, owner_id=owner_id)
        for number, (text, owner_id) in enumerate(rows, start=1)
    )


def texts_of(evaluation: Evaluation) -> dict[str, Any]:
    """What is held, by the names of the form's fields: for a conflict."""
    ratings = list(evaluation.ratings.all())
    held: dict[str, Any] = {"evaluated_on": evaluation.evaluated_on, "summary": evaluation.summary}
    held |= {f"evidence_{r.criterion}": r.evidence for r in ratings if r.criterion in CRITERIA or r.evidence}
    held |= {f"level_{r.criterion}": r.level for r in ratings if r.level is not None}
    held["judgement_reason"] = evaluation.judgement_reason
    return held | {_("Recommendations"): "\n".join(r.text for r in evaluation.recommendations.all())}


def _texts(findings: Findings) -> dict[str, Any]:
    mine: dict[str, Any] = {"evaluated_on": findings.evaluated_on, "summary": findings.summary}
    mine |= {f"evidence_{slug}": text for slug, text in findings.evidence.items()}
    mine |= {f"level_{slug}": level for slug, level in findings.levels.items() if level is not None}
    mine["judgement_reason"] = findings.judgement_reason
    return mine | {_("Recommendations"): "\n".join(text for text, _owner in findings.recommendations)}
