"""Why two persons are not merged: what one evaluates, the other took part in."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from taawun.cycle.models import TeamFunction, TeamMember
from taawun.directory.models import Person
from taawun.evaluation.models import Evaluation, EvaluationType
from taawun.foundation.models import AuditEvent


def binds(gone: Any, kept: Any) -> list[str]:
    """An evaluation is made by somebody who never served on the operation: as one person they would have."""
    if not isinstance(gone, Person):
        return []
    external = Evaluation.objects.filter(type=EvaluationType.EXTERNAL)
    rows = external.filter(evaluator__person__in=[gone, kept]).select_related("evaluator")
    other = {gone.pk: kept, kept.pk: gone}
    ties, acts = Q(pk__in=[]), Q(pk__in=[])
    for one in rows:
        second = other[one.evaluator.person_id]
        ties |= Q(operation_id=one.operation_id, person=second)
        if second.user_id:
            acts |= Q(kind="operation", subject_id=one.operation_id, actor_id=second.user_id)
    served = TeamMember.objects.filter(ties).exclude(function=TeamFunction.EVALUATOR).exists()
    if served or AuditEvent.objects.filter(acts).exclude(role="").exists():
        return [_("What one of them evaluates, the other served or acted on: an evaluator is independent.")]
    return []
