"""What people do to evaluate an operation and to answer what is recommended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation, TeamFunction, TeamMember, settings_for
from taawun.directory.models import Person
from taawun.evaluation import judging, queries
from taawun.evaluation.criteria import CRITERIA
from taawun.evaluation.models import CriterionRating, Evaluation, EvaluationType, Recommendation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks


def name_evaluator(
    operation: Operation, *, person: Person, actor: User, sort: str = EvaluationType.EXTERNAL
) -> Evaluation:
    """Name who evaluates an operation: the person gets access to it, and the rule set in force is fixed.

    Refuses (`Refused`) whoever holds no post of an evaluator, and whoever is not independent: held a post on the
    operation, took a step on it or its request, or would evaluate for an organisation that takes part. An internal
    evaluation is the provider's own: there only a post on the operation stands against it. Naming again replaces
    the evaluator until the evaluation is recorded; what was written stays.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "name-evaluator")
        if locked.state not in queries.NAMED_IN:
            raise editing.Frozen
        candidate = queries.post_to_evaluate(locked, person.pk, sort)
        if candidate is None:
            raise Refused(
                [Obstacle(_("%(person)s does not hold the post of an evaluator.") % {"person": person.name})]
            )
        if candidate.ties:
            raise Refused([Obstacle(tie) for tie in candidate.ties])
        if settings_for(locked).rating_rules and queries.rules_in_force(locked, clock.today()) is None:
            raise Refused(
                [Obstacle(_("The provider's rating scheme is not known here: ask your administrator."))]
            )
        evaluation = _appoint(locked, candidate.post, actor, sort)
        record(
            locked,
            "evaluator-named",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"person": person.pk, "type": sort},
        )
        sync_tasks(Operation.objects.get(pk=locked.pk))
    return evaluation


def _appoint(operation: Operation, post: Any, actor: User, sort: str) -> Evaluation:
    member, _made = TeamMember.objects.get_or_create(
        operation=operation,
        person_id=post.person_id,
        function=TeamFunction.EVALUATOR,
        defaults={"organisation_id": post.organisation_id, "held_from": clock.today()},
    )
    rules = queries.rules_in_force(operation, clock.today())
    evaluation, _made = Evaluation.objects.update_or_create(
        operation=operation,
        defaults={"evaluator": member, "type": sort},
        create_defaults={
            "evaluator": member,
            "type": sort,
            "named_by": actor,
            "rule_set": rules.slug if rules else "",
            "rule_set_version": rules.version if rules else None,
        },
    )
    # Whoever was named before no longer evaluates: the operation closes for them.
    TeamMember.objects.filter(operation=operation, function=TeamFunction.EVALUATOR).exclude(
        pk=member.pk
    ).delete()
    return evaluation


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

    The overall rating is computed by the rule set. Where the evaluator departs from it, or it holds no grade for the
    sub-ratings, the judgement needs its reasons (`Refused` otherwise). Never over another's save (`editing.Conflict`).
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(pk=evaluation.operation_id)
        seat, _organisation = rights.require(operation, actor, "evaluation-texts")
        if operation.state not in queries.WRITTEN_IN:
            raise editing.Frozen
        held = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
        rules = queries.rules_of(held)
        given = judging.overall(rules, findings.levels, findings.overall, findings.judgement_reason)
        _refuse_what_does_not_fit(operation, rules, findings, given)
        editing.bump(held, base_version, theirs=texts_of(held), mine=_texts(findings))
        Evaluation.objects.filter(pk=held.pk).update(
            evaluated_on=findings.evaluated_on,
            summary=findings.summary,
            overall=given.grade,
            computed=given.computed,
            judgement_reason="" if given.computed else findings.judgement_reason,
        )
        _write_ratings(held, findings)
        _write_recommendations(held, findings.recommendations)
        record(
            operation,
            "evaluation-edited",
            actor=actor,
            organisation_id=held.evaluator.organisation_id,
            role=seat.role,
            detail={"levels": dict(findings.levels), "overall": given.grade, "computed": given.computed},
        )
        sync_tasks(operation)
    return Evaluation.objects.get(pk=held.pk)


def _refuse_what_does_not_fit(
    operation: Operation, rules: Any, findings: Findings, given: judging.Overall
) -> None:
    """Sub-ratings, grades, owners that do not exist here: sent by hand, or of another operation."""
    rated = {criterion.slug for criterion in rules.criteria} if rules else set()
    levels = {level for level in findings.levels.values() if level is not None}
    grades = {grade.slug for grade in rules.grades} if rules else set()
    owners = {owner_id for _text, owner_id in findings.recommendations}
    fits = {
        _("A criterion is not one of this evaluation."): set(findings.levels) <= rated
        and set(findings.evidence) <= set(CRITERIA),
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
    held |= {f"evidence_{r.criterion}": r.evidence for r in ratings if r.criterion in CRITERIA}
    held |= {f"level_{r.criterion}": r.level for r in ratings if r.level is not None}
    held["judgement_reason"] = evaluation.judgement_reason
    return held | {_("Recommendations"): "\n".join(r.text for r in evaluation.recommendations.all())}


def _texts(findings: Findings) -> dict[str, Any]:
    mine: dict[str, Any] = {"evaluated_on": findings.evaluated_on, "summary": findings.summary}
    mine |= {f"evidence_{slug}": text for slug, text in findings.evidence.items()}
    mine |= {f"level_{slug}": level for slug, level in findings.levels.items() if level is not None}
    mine["judgement_reason"] = findings.judgement_reason
    return mine | {_("Recommendations"): "\n".join(text for text, _owner in findings.recommendations)}


def answer_recommendation(
    recommendation: Recommendation, *, response: str, actor: User, base_version: int
) -> Recommendation:
    """Answer a recommendation for its owner, while the operation is evaluated and not yet closed.

    Refuses (403) whoever does not act for the owner; `Frozen` outside that state; never over another's save.
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(
            pk=recommendation.evaluation.operation_id
        )
        rights.require(operation, actor, "recommendation-response")
        seat = queries.answering_seat(operation, recommendation.owner_id, fresh_standing(actor))
        if seat is None:
            raise PermissionDenied
        if operation.state not in queries.ANSWERED_IN:
            raise editing.Frozen
        held = Recommendation.objects.get(pk=recommendation.pk)
        editing.bump(held, base_version, theirs={"response": held.response}, mine={"response": response})
        Recommendation.objects.filter(pk=held.pk).update(
            response=response, responded_on=clock.today(), responded_by=actor
        )
        record(
            operation,
            "recommendation-answered",
            actor=actor,
            organisation_id=seat[0],
            role=seat[1],
            detail={"number": held.number, "response": response},
        )
        sync_tasks(operation)
    return Recommendation.objects.get(pk=held.pk)
