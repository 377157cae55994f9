"""The provider's review of a request: opinions asked and given, the desk's note."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.actions.consents import void_consents
from taawun.cycle.deadlines import opinion_due
from taawun.cycle.models import (
    AppraisalNote,
    CooperationRequest,
    Decision,
    Opinion,
    settings_for,
)
from taawun.directory.roles import Role
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Context, Refused
from taawun.foundation.taking_back import Back
from taawun.foundation.tasks import sync_tasks


def ask_opinions(coop_request: CooperationRequest, ctx: Context) -> None:
    """Ask each chosen ministry for its opinion, with the deadline; each sees this case only.

    Where the settings count working days, they are those of the ministry's country.
    """
    rules, today = settings_for(coop_request), clock.today()
    for organisation in ctx.data.get("ministries", ()):
        due = ctx.data.get("due_on") or opinion_due(coop_request, today, rules, organisation.country_id)
        Opinion.objects.create(
            coop_request=coop_request, organisation=organisation, asked_on=ctx.acted_on, due_on=due
        )


def unask_opinions(coop_request: CooperationRequest, back: Back) -> None:
    """The review was opened by mistake: the ministries are asked no more. None has answered, or it could not be."""
    Opinion.objects.filter(coop_request=coop_request, given_on__isnull=True).delete()


def give_opinion(opinion: Opinion, *, verdict: str, text: str, actor: User) -> Opinion:
    """Answer for the ministry asked: once, while the request is under review. Refuses anyone else (403)."""
    with transaction.atomic():
        coop_request = CooperationRequest.objects.select_for_update(of=("self",)).get(
            pk=opinion.coop_request_id
        )
        held = Opinion.objects.select_for_update().get(pk=opinion.pk)
        if held.organisation_id not in fresh_standing(actor).holding(Role.OPINION):
            raise PermissionDenied
        if coop_request.state != "under_review":
            raise Refused([Obstacle(_("The review is over: the opinion can no longer be given."))])
        if held.given_on:
            raise Refused([Obstacle(_("Your ministry has already given its opinion."))])
        held.verdict, held.text, held.given_on, held.given_by = verdict, text, clock.today(), actor
        held.save()
        record(
            coop_request,
            "opinion",
            actor=actor,
            organisation_id=held.organisation_id,
            role=Role.OPINION,
            audience_id=coop_request.provider_id,
            detail={"verdict": verdict},
        )
        sync_tasks(coop_request)
    return held


def write_appraisal_note(
    coop_request: CooperationRequest, text: str, *, actor: User, base_version: int
) -> AppraisalNote:
    """Write the desk's internal assessment. A change voids approvals already given: they approved another text."""
    with transaction.atomic():
        locked = CooperationRequest.objects.select_for_update(of=("self",)).get(pk=coop_request.pk)
        seat, organisation_id = rights.require(locked, actor, "appraisal-note")
        if locked.state != "under_review":
            raise editing.Frozen
        note = AppraisalNote.objects.filter(coop_request=locked).first()
        if note is None:
            note = AppraisalNote.objects.create(coop_request=locked, text=text, written_by=actor)
        elif note.text == text:
            return note
        else:
            editing.bump(note, base_version, theirs={"text": note.text}, mine={"text": text})
            AppraisalNote.objects.filter(pk=note.pk).update(
                text=text, written_by=actor, written_at=clock.now()
            )
        void_consents(locked, "adopt")
        record(
            locked,
            "appraisal-note",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            audience_id=locked.provider_id,
        )
        sync_tasks(locked)
    return note


def keep_decision(coop_request: CooperationRequest, ctx: Context) -> None:
    """Keep why a request was deferred or declined, as the partner reads it. Refuses a decision without reason code."""
    if not ctx.data.get("reason_code"):
        raise Refused([Obstacle(_("Choose the reason of the decision."))])
    Decision.objects.create(
        coop_request=coop_request,
        outcome=coop_request.state,
        reason_id=ctx.data["reason_code"],
        text=ctx.reason,
        decided_on=ctx.acted_on,
        organisation_id=ctx.consenting_id or coop_request.provider_id,
        decided_by=ctx.actor,
    )
    void_consents(coop_request, "adopt")


def forget_decision(coop_request: CooperationRequest, back: Back) -> None:
    """The decision is taken back: the review goes on."""
    Decision.objects.filter(coop_request=coop_request).delete()
