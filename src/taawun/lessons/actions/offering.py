"""Lessons offered: seen at review, answered before the appraisal, and later whether they helped."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.steps import Context, Refused
from taawun.foundation.tasks import sync_tasks
from taawun.lessons.actions.drafting import team_organisation
from taawun.lessons.models import Citation, SimilarSeen
from taawun.lessons.queries import Offer, offers_for_operation, offers_for_request, similar_cases

EVALUATED_IN = ("ex_post_due",)


# ── At review ──


def mark_similar_seen(*, coop_request: CooperationRequest, actor: User) -> SimilarSeen:
    """Record that the desk looked at similar cases, at the lessons and at the published activities offered.

    Also where there were none. Lessons and activities are kept as they stood that day. The entry is the provider's
    alone. A second time changes nothing.
    Refuses (403) anyone else, and once the review is open.
    """
    with transaction.atomic():
        locked = CooperationRequest.objects.select_for_update(of=("self",)).get(pk=coop_request.pk)
        seat, organisation_id = rights.require(locked, actor, "similar-seen")
        held = SimilarSeen.objects.filter(coop_request=locked).first()
        if held:
            return held
        if locked.state != "received":
            raise Refused(
                [Obstacle(_("This is recorded between the receipt of the request and its review."))]
            )
        offers, cases = offers_for_request(locked), similar_cases(locked, actor)
        Citation.objects.bulk_create(
            _citation(offer, coop_request=locked, seen_on=clock.today(), seen_by=actor) for offer in offers
        )
        published = registry.services["keep-published-seen"](locked, actor)
        seen = SimilarSeen.objects.create(
            coop_request=locked, seen_by=actor, seen_on=clock.today(), cases=len(cases), lessons=len(offers)
        )
        record(
            locked,
            "similar-seen",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            audience_id=locked.provider_id,
            detail={
                "lessons": [offer.code for offer in offers],
                "cases": len(cases),
                "published": published,
            },
        )
        sync_tasks(locked)
    return seen


# ── Before appraisal ──


def offer_lessons(operation: Operation) -> list[Citation]:
    """Keep the lessons offered to an operation as it opens. Offered once: one certified later changes nothing.

    The caller holds the transaction, and brings the desk up to date.
    """
    if not Citation.objects.filter(operation=operation).exists():
        Citation.objects.bulk_create(
            _citation(offer, operation=operation) for offer in offers_for_operation(operation)
        )
    return list(Citation.objects.filter(operation=operation))


def forget_offers(operations: Iterable[Operation]) -> None:
    """Take lessons back that were offered to operations whose entering is undone: nobody has answered one."""
    Citation.objects.filter(operation__in=[one.pk for one in operations], answer="").delete()


def _citation(offer: Offer, **where: Any) -> Citation:
    return Citation(
        lesson=offer.lesson, rank=offer.rank, reasons=offer.kept, offered_on=clock.today(), **where
    )


def offer_on_opening(coop_request: CooperationRequest, ctx: Context) -> None:
    """The confirmed request's operation is offered its lessons; runs after the effect that opens it."""
    operation = ctx.data["operation"]
    if operation.is_project and offer_lessons(operation):
        sync_tasks(operation)


def answer_lesson(*, citation: Citation, answer: str, how: str, actor: User, base_version: int) -> Citation:
    """Answer a lesson offered to an operation: applied how, or not applicable why. May be changed until appraisal.

    Records old and new answer. Refuses (403) who has no seat, `Frozen` once appraised, `Conflict` after another's save.
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(pk=citation.operation_id or 0)
        seat, organisation_id = rights.require(operation, actor, "lesson-answers")
        if not operation.is_editable:
            raise editing.Frozen
        held = Citation.objects.select_related("lesson").get(pk=citation.pk)
        before, after = {"answer": held.answer, "how": held.how}, {"answer": answer, "how": how}
        if before == after:
            return held
        editing.bump(held, base_version, theirs=before, mine=after)
        held.answer, held.how, held.answered_by, held.answered_on = answer, how, actor, clock.today()
        held.save(update_fields=["answer", "how", "answered_by", "answered_on"])
        record(
            operation,
            "lesson-answered",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"note": f"{held.lesson.code} {held.lesson.title}", "answer": [before, after]},
        )
        sync_tasks(operation)
    return held


def tell_outcome(
    *, citation: Citation, result: str, outcome: str, actor: User, base_version: int
) -> Citation:
    """Say whether a lesson helped in an operation, and how it showed; part of what its evaluator finds.

    Records that it was said; what was said is told to the others when the evaluation is recorded. Refuses (403) all
    but the named evaluator, `Refused` a lesson that was not answered, `Frozen` before and after the evaluation is
    due, `Conflict` after another's save.
    """
    with transaction.atomic():
        operation = Operation.objects.select_for_update(of=("self",)).get(pk=citation.operation_id or 0)
        seat, _organisation = rights.require(operation, actor, "evaluation-texts")
        if operation.state not in EVALUATED_IN:
            raise editing.Frozen
        held = Citation.objects.get(pk=citation.pk)
        if not held.answer:
            raise Refused([Obstacle(_("This lesson was not answered: there is nothing to judge."))])
        before, after = (
            {"result": held.result, "outcome": held.outcome},
            {"result": result, "outcome": outcome},
        )
        if before == after:
            return held
        editing.bump(held, base_version, theirs=before, mine=after)
        held.result, held.outcome, held.told_by, held.told_on = result, outcome, actor, clock.today()
        held.save(update_fields=["result", "outcome", "told_by", "told_on"])
        record(
            operation,
            "lesson-outcomes",
            actor=actor,
            organisation_id=team_organisation(operation, actor),
            role=seat.role,
        )
        sync_tasks(operation)
    return held
