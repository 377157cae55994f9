"""Answering what an evaluation recommends."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.evaluation import queries
from taawun.evaluation.models import Recommendation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.standing import fresh_standing
from taawun.foundation.tasks import sync_tasks


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
