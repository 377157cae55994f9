"""The consents of joint steps: given, counted, voided."""

from typing import Any

from django.core.exceptions import PermissionDenied

from taawun.cycle.models import (
    Consent,
)
from taawun.directory.queries import accounts_of
from taawun.foundation import clock
from taawun.foundation.seats import on_paper
from taawun.foundation.standing import Seat, Standing, acting_for
from taawun.foundation.steps import Context
from taawun.foundation.tasks import sync_tasks


def void_consents(case: Any, step: str) -> int:
    """What was consented to has changed: the consents given so far no longer count. Returns how many."""
    held = Consent.objects.filter(**_consent_subject(case), step=step, voided_at__isnull=True)
    voided = held.update(voided_at=clock.now())
    if voided:
        sync_tasks(case)
    return voided


def _consent_subject(case: Any) -> dict[str, Any]:
    return {"coop_request_id": case.pk} if case.kind == "request" else {"operation_id": case.pk}


def consents_given(case: Any, step: str) -> list[Consent]:
    """The consents that count, in the order they were given."""
    return list(
        Consent.objects.filter(**_consent_subject(case), step=step, voided_at__isnull=True).select_related(
            "organisation"
        )
    )


def withdraw_consent(case: Any, step: str, organisation_id: int | None) -> None:
    """One organisation takes its consent back; the others' stand."""
    held = Consent.objects.filter(**_consent_subject(case), step=step, voided_at__isnull=True)
    held.filter(organisation_id=organisation_id or 0).update(voided_at=clock.now())


def seats_left_to(case: Any, who: Standing, awaited: set[Seat], given: list[Consent]) -> set[Seat]:
    """Of the seats a joint step waits on, those in which this person may still consent.

    Several seats consent so that several people do. Nobody gives two consents to one step if either of the two is by
    delegation: the deputy of one seat leaves the other to its holder, to another officer there or to another deputy.
    Who was appointed to two seats in their own right consents in both. What was recorded for a party on paper is that
    party's letter, nobody's own consent.
    """
    mine = _given_by(who, given)
    mine = [consent for consent in mine if consent.organisation_id not in on_paper(case)]
    if any(consent.for_person_id for consent in mine):
        return set()
    return awaited - who.delegated.keys() if mine else awaited


def _given_by(who: Standing, given: list[Consent]) -> list[Consent]:
    """Those a person gave, also under the account of one merged into theirs; asked only where one was given."""
    if not given:
        return []
    accounts = accounts_of(who.person_id, who.user_id)
    return [consent for consent in given if consent.given_by_id in accounts]


def keep_consent(case: Any, ctx: Context) -> None:
    """Enter one seat's consent: its own, or that of the party it records for."""
    if ctx.consenting_id is None:
        raise PermissionDenied
    deputy = acting_for(ctx.actor, ctx.organisation_id, ctx.acting.role if ctx.acting else "")
    Consent.objects.create(
        **_consent_subject(case),
        step=ctx.step.name,
        organisation_id=ctx.consenting_id,
        given_by=ctx.actor,
        for_person_id=deputy.person_id if deputy else None,
        acted_on=ctx.acted_on,
    )
