"""Answering what an evaluation recommends."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.evaluation import queries
from taawun.evaluation.models import Recommendation
from taawun.foundation import clock, editing
from taawun.foundation.audit import label_of, record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.seats import Letter, missing_of_letter
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.letters.actions import letter_of_entry


def answer_recommendation(
    recommendation: Recommendation,
    *,
    response: str,
    actor: User,
    base_version: int,
    letter: Letter | None = None,
) -> Recommendation:
    """Answer a recommendation for its owner, while the operation is evaluated and not yet closed.

    Refuses (403) whoever does not act for the owner; `Frozen` outside that state; never over another's save. For an
    owner on paper the recording office enters the letter that answers, on its behalf (ADR 15): refused without
    number, date and scan, and with a date before the evaluation.
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(
            pk=recommendation.evaluation.operation_id
        )
        rights.require(operation, actor, "recommendation-response")
        who, owner = fresh_standing(actor), recommendation.owner_id
        seat = queries.answering_seat(operation, owner, who)
        office = None if seat else queries.office_recording(operation, owner, who)
        if seat is None and office is None:
            raise PermissionDenied
        if operation.state not in queries.ANSWERED_IN:
            raise editing.Frozen
        held = Recommendation.objects.select_related("evaluation").get(pk=recommendation.pk)
        paper = _letter_of(held, letter) if office else None
        editing.bump(held, base_version, theirs={"response": held.response}, mine={"response": response})
        Recommendation.objects.filter(pk=held.pk).update(
            response=response,
            responded_on=paper.dated_on if paper else clock.today(),
            responded_by=actor,
        )
        if office and paper:
            _enter_letter(operation, held, response, office, actor, paper)
        elif seat:
            record(
                operation,
                queries.ANSWERED,
                actor=actor,
                organisation_id=seat[0],
                role=seat[1],
                detail={"number": held.number, "response": response},
            )
        sync_tasks(operation)
    return Recommendation.objects.get(pk=held.pk)


def _letter_of(recommendation: Recommendation, letter: Letter | None) -> Letter:
    """The owner's letter, whole, and no older than what it answers."""
    missing = missing_of_letter(letter)
    evaluated = recommendation.evaluation.evaluated_on
    if letter and letter.dated_on and evaluated and letter.dated_on < evaluated:
        missing.append(Obstacle(_("The letter bears an earlier date than the evaluation it answers.")))
    if missing or letter is None:
        raise Refused(missing)
    return letter


def _enter_letter(
    operation: Operation, held: Recommendation, response: str, office: int, actor: User, letter: Letter
) -> None:
    seat = operation.workflow.recorder
    event = record(
        operation,
        queries.ANSWERED,
        actor=actor,
        organisation_id=office,
        role=seat.role if seat else "",
        on_behalf_of_id=held.owner_id,
        acted_on=letter.dated_on,
        detail={
            "number": held.number,
            "response": response,
            "on_paper": {"number": letter.number, "dated_on": letter.dated_on},
        },
    )
    registry.services["keep-letter"](letter.scan, actor, event)
    letter_of_entry(operation, event, letter, done=label_of(Operation.kind, queries.ANSWERED), actor=actor)
