"""Naming who evaluates an operation."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation, TeamFunction, TeamMember, settings_for
from taawun.directory.models import Person
from taawun.evaluation import independence, judging, queries
from taawun.evaluation.models import Evaluation, EvaluationType
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks


def name_evaluator(
    operation: Operation,
    *,
    person: Person,
    actor: User,
    sort: str = EvaluationType.EXTERNAL,
    reason: str = "",
) -> Evaluation:
    """Name who evaluates an operation: the person gets access to it, and the rule set in force is fixed.

    Refuses (`Refused`) a type the provider's settings do not allow, and an internal one without the reason they ask
    for; whoever may not be asked, and whoever is not independent: held a post on the operation, took a step on it or
    its request, or would evaluate for an organisation that takes part. An internal evaluation is the provider's own:
    there only a post on the operation stands against it, and of the country office's people not even that. Naming
    again replaces the evaluator until the evaluation is recorded; what was written stays.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "name-evaluator")
        if locked.state not in queries.NAMED_IN:
            raise editing.Frozen
        _refuse_the_type(locked, sort, reason)
        candidate = independence.post_to_evaluate(locked, person.pk, sort)
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
        evaluation = _appoint(locked, candidate.post, actor, sort, reason.strip())
        record(
            locked,
            "evaluator-named",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"person": person.pk, "type": sort, "type_reason": reason.strip()},
        )
        sync_tasks(Operation.objects.get(pk=locked.pk))
    return evaluation


def _refuse_the_type(operation: Operation, sort: str, reason: str) -> None:
    rule = independence.type_rule(operation)
    if sort not in rule.allowed:
        raise Refused([Obstacle(rule.why)])
    if sort == EvaluationType.INTERNAL and rule.reasoned and not reason.strip():
        raise Refused([Obstacle(_("Say why the evaluation is internal."))])


def _appoint(operation: Operation, post: Any, actor: User, sort: str, reason: str) -> Evaluation:
    member, _made = TeamMember.objects.get_or_create(
        operation=operation,
        person_id=post.person_id,
        function=TeamFunction.EVALUATOR,
        defaults={"organisation_id": post.organisation_id, "held_from": clock.today()},
    )
    if member.organisation_id != post.organisation_id:
        TeamMember.objects.filter(pk=member.pk).update(organisation_id=post.organisation_id)
    rules = queries.rules_in_force(operation, clock.today())
    told = {"type": sort, "type_reason": reason if sort == EvaluationType.INTERNAL else ""}
    evaluation, _made = Evaluation.objects.update_or_create(
        operation=operation,
        defaults={"evaluator": member, **told},
        create_defaults={
            "evaluator": member,
            **told,
            "named_by": actor,
            **judging.named_rules(rules),
        },
    )
    # Whoever was named before no longer evaluates: the operation closes for them.
    TeamMember.objects.filter(operation=operation, function=TeamFunction.EVALUATOR).exclude(
        pk=member.pk
    ).delete()
    return evaluation
