"""What every act on a batch begins with."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from taawun.batches.definitions import Definition, Scope
from taawun.batches.models import Batch
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused


def require(definition: Definition | None, organisation_id: int, actor: User) -> Definition:
    """Whoever holds one of the sheet's roles in the organisation, read anew; else 403."""
    if definition is None or organisation_id not in fresh_standing(actor).holding(*definition.roles):
        raise PermissionDenied
    return definition


def locked(batch: Batch, actor: User, *stages: str) -> tuple[Batch, Definition, Scope]:
    """The batch, locked in the caller's transaction, if it stands at one of these stages; else `Refused`."""
    held = (
        Batch.objects.select_for_update(of=("self",)).select_related("organisation", "file").get(pk=batch.pk)
    )
    definition = require(held.definition, held.organisation_id, actor)
    if held.stage not in stages:
        told = _("This is no longer open: the batch is now “%(stage)s”.")
        raise Refused([Obstacle(told % {"stage": held.get_stage_display()})])
    return held, definition, Scope(held.organisation, actor)


def remember(batch: Batch, act: str, actor: User, **detail: Any) -> None:
    """Enter an act in the batch's own record."""
    told = {"note": str(batch.label), **detail}
    record(batch, act, actor=actor, organisation_id=batch.organisation_id, detail=told)  # type: ignore[arg-type]
