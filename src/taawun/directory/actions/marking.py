"""Marking an organisation on paper, and taking the mark off."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.directory import bodies
from taawun.directory.handovers import GOVERNING
from taawun.directory.merging_cases import hold_cases, kinds_and_keys, seats_in_tasks
from taawun.directory.models import Organisation, PaperMark
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks


def mark_on_paper(body: Organisation, *, on_paper: bool, actor: User, reason: str) -> PaperMark:
    """Mark that an organisation does not sign in, or that it does again.

    From then on what waits on it lies on the desk of the office that records for it, whose people are told by mail; or
    on its own desks again. What was done stays as it was. By its administrator, that of the body above it or, where
    nobody signs in for it, that of an agency with an office in its country (403 to others). One entry in the record.
    Refuses (`Refused`) with every obstacle.
    """
    with transaction.atomic():
        hold_cases(seats_in_tasks(body))
        held = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
        who = fresh_standing(actor)
        scope = bodies.marking_scope(held, who)
        if scope is None:
            raise PermissionDenied
        told = bodies.marking_obstacles(held, on_paper, who)
        told += [] if reason.strip() else [_("Give the reason.")]
        if told:
            raise Refused([Obstacle(text) for text in told])
        Organisation.objects.filter(pk=held.pk).update(on_paper=on_paper)
        made = PaperMark.objects.create(
            organisation=held, on_paper=on_paper, scope_id=scope, reason=reason.strip(), made_by=actor
        )
        for case in kinds_and_keys(seats_in_tasks(held)):
            sync_tasks(case)
        record(
            made,  # type: ignore[arg-type]  # a kind without states
            "marked-on-paper" if on_paper else "signs-in-again",
            actor=actor,
            organisation_id=scope,
            role=GOVERNING,
            detail={"reason": made.reason, "organisation": held.pk},
        )
    return made
