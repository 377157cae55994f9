"""What people do to lessons besides moving their state: draft, edit, see, answer, say whether it helped."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.actions import next_number
from taawun.cycle.models import CooperationRequest, Operation, TeamMember
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Context, Refused
from taawun.foundation.tasks import sync_tasks
from taawun.lessons.models import Citation, Lesson, SimilarSeen
from taawun.lessons.queries import Offer, offers_for_operation, offers_for_request, similar_cases
from taawun.lessons.sources import Source, keep_source
from taawun.lessons.workflow import LessonState


def draft_lesson(
    *, operation: Operation, values: dict[str, Any], actor: User, source: Source | None = None
) -> Lesson:
    """Draft a lesson from an operation: numbered, with the operation's country, sector and modality.

    Keeps the sheet or meeting it comes from (`source`), and the day: the one given, else the source's, else today.
    Records the draft and puts it on the knowledge officer's desk. Refuses (403) who has no seat in the operation.
    """
    with transaction.atomic():
        seat, organisation_id = rights.require(operation, actor, "lesson")
        given = {"noticed_on": (source and source.day) or clock.today()}
        given |= {name: value for name, value in values.items() if name != "noticed_on" or value}
        drafted_by = organisation_id or _team_organisation(operation, actor)
        year = clock.today().year
        lesson = Lesson.objects.create(
            state=LessonState.DRAFT,
            state_since=clock.now(),
            code=f"LES-{year}-{next_number(f'LES-{year}'):04d}",
            operation=operation,
            provider_id=operation.provider_id,
            drafted_by_id=drafted_by,
            country_id=operation.country_id,
            sector_id=operation.sector_id,
            modality_id=operation.modality_id,
            is_example=operation.is_example,
            created_by=actor,
            **given,
        )
        keep_source(lesson, source)
        record(
            lesson,
            "drafted",
            actor=actor,
            organisation_id=drafted_by,
            role=seat.role,
            to_state=LessonState.DRAFT,
            detail={"note": source.label} if source and source.label else {},
        )
        sync_tasks(lesson)
    return lesson


def _team_organisation(operation: Operation, actor: User) -> int:
    """The organisation an evaluator was named from."""
    mine = TeamMember.objects.filter(operation=operation, person__user=actor)
    return mine.values_list("organisation_id", flat=True).order_by("-pk")[0]


def edit_lesson(*, lesson: Lesson, values: dict[str, Any], actor: User, base_version: int) -> Lesson:
    """Change a lesson's texts while it is a draft or being analysed; never over another's save (`Conflict`).

    Refuses (403) who may not write it now, and `Frozen` once it is certified.
    """
    with transaction.atomic():
        rights.require(lesson, actor, "lesson-texts")
        saved = editing.save_part(lesson, "texts", values, actor=actor, base_version=base_version)
        sync_tasks(saved)
    return saved


def date_certification(lesson: Lesson, ctx: Context) -> None:
    """From this day on it is offered."""
    lesson.certified_on = ctx.acted_on
    lesson.save(update_fields=["certified_on"])


# ── At review ──


def mark_similar_seen(*, coop_request: CooperationRequest, actor: User) -> SimilarSeen:
    """Record that the desk looked at similar cases and at the lessons offered, also where there were none.

    The lessons are kept as they stood that day. The entry is the provider's alone. A second time changes nothing.
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
            detail={"lessons": [offer.code for offer in offers], "cases": len(cases)},
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


def _citation(offer: Offer, **where: Any) -> Citation:
    return Citation(
        lesson=offer.lesson, rank=offer.rank, reasons=offer.kept, offered_on=clock.today(), **where
    )


def offer_on_opening(coop_request: CooperationRequest, ctx: Context) -> None:
    """The confirmed request's operation is offered its lessons; runs after the effect that opens it."""
    operation = ctx.data["operation"]
    if offer_lessons(operation):
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


def record_outcomes(*, operation: Operation, outcomes: dict[int, str], actor: User) -> None:
    """The evaluator says of each lesson answered whether it helped: text by citation id, empty ones left out.

    Refuses (403) who does not evaluate the operation; citations of another operation are not touched.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "evaluation")
        told = {pk: text.strip() for pk, text in outcomes.items() if text.strip()}
        for citation in Citation.objects.filter(operation=locked, pk__in=told).exclude(answer=""):
            citation.outcome = told[citation.pk]
            citation.save(update_fields=["outcome"])
        if told:
            record(locked, "lesson-outcomes", actor=actor, organisation_id=organisation_id, role=seat.role)
