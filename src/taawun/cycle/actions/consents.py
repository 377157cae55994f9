"""The consents of joint steps: given, counted, voided."""

from typing import Any

from django.core.exceptions import PermissionDenied

from taawun.cycle.models import (
    Consent,
)
from taawun.foundation import clock
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


def keep_consent(case: Any, ctx: Context) -> None:
    """Enter one seat's consent: its own, or that of the party it records for."""
    if ctx.consenting_id is None:
        raise PermissionDenied
    Consent.objects.create(
        **_consent_subject(case),
        step=ctx.step.name,
        organisation_id=ctx.consenting_id,
        given_by=ctx.actor,
        acted_on=ctx.acted_on,
    )
