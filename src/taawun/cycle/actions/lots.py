"""Ranking what was retained, and forwarding it under one letter."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from taawun.cycle.models import (
    CooperationRequest,
    Lot,
    Round,
)
from taawun.directory.roles import Role
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Context, Refused, perform


def rank_lot(requests: list[CooperationRequest], ranks: dict[int, int], *, actor: User) -> None:
    """Set the ranks of retained requests of one provider and round, before they are forwarded. Changed freely."""
    with transaction.atomic():
        held = {
            r.pk: r
            for r in CooperationRequest.objects.select_for_update(of=("self",))
            .filter(pk__in=[r.pk for r in requests])
            .order_by("pk")
        }
        for pk, coop_request in held.items():
            _require_coordination(coop_request, actor)
            if coop_request.state != "retained":
                raise Refused(
                    [
                        Obstacle(
                            _("“%(title)s” is no longer in the list: it has moved on.")
                            % {"title": coop_request.title}
                        )
                    ]
                )
            if coop_request.rank != ranks[pk]:
                CooperationRequest.objects.filter(pk=pk).update(rank=ranks[pk])
                record(coop_request, "ranked", actor=actor, detail={"rank": [coop_request.rank, ranks[pk]]})


def _require_coordination(coop_request: CooperationRequest, actor: User) -> None:
    if coop_request.coordination_id not in fresh_standing(actor).holding(Role.COORDINATION):
        raise PermissionDenied


def lot_of(coop_request: CooperationRequest) -> list[CooperationRequest]:
    """The retained requests that would be forwarded with this one, by rank."""
    return list(
        CooperationRequest.objects.filter(
            coordination_id=coop_request.coordination_id,
            provider_id=coop_request.provider_id,
            round_id=_round(coop_request),
            state="retained",
        ).order_by(F("rank").asc(nulls_last=True), "pk")
    )


def _round(coop_request: CooperationRequest) -> int:
    """The round a request stands in; it entered one when it was submitted."""
    if coop_request.round_id is None:
        raise Refused([Obstacle(_("The request stands in no round."))])
    return coop_request.round_id


def forward_lot(
    requests: list[CooperationRequest], *, actor: User, letter_number: str, letter_date: date, key: Any = None
) -> Lot:
    """Forward a ranked list to the provider under one covering letter: all of it, or nothing (`Refused`).

    Ranks run 1…n without gap; they are frozen from here on. Each request records its own step; the letter enters the
    registers of both sides (service `covering-letter-left`).
    """
    if not requests:
        raise Refused([Obstacle(_("No retained request waits in this round."))])
    first = requests[0]
    with transaction.atomic():
        # The round's row orders competing forwards: two officers cannot both send the list.
        Round.objects.select_for_update().get(pk=_round(first))
        present = lot_of(first)
        if {r.pk for r in present} != {r.pk for r in requests}:
            raise Refused([Obstacle(_("The list has changed meanwhile: look at it again before it leaves."))])
        lot = Lot.objects.create(
            coordination_id=first.coordination_id,
            provider_id=first.provider_id,
            round_id=_round(first),
            letter_number=letter_number,
            letter_date=letter_date,
        )
        for coop_request in present:
            perform(coop_request, "forward", actor=actor, acted_on=letter_date, data={"lot": lot})
        if entered := registry.services.get("covering-letter-left"):
            entered(lot, present, actor)
    return lot


def rank_last(coop_request: CooperationRequest, ctx: Context) -> None:
    """A retained request enters at the end of its round's list; those already forwarded keep their ranks."""
    # Two retained at once follow one another: else both would take the same rank.
    Round.objects.select_for_update().get(pk=_round(coop_request))
    last = (
        CooperationRequest.objects.filter(
            coordination_id=coop_request.coordination_id,
            provider_id=coop_request.provider_id,
            round_id=_round(coop_request),
        )
        .filter(Q(state="retained") | Q(lot__isnull=False))
        .aggregate(last=Max("rank"))["last"]
    )
    coop_request.rank = (last or 0) + 1
    coop_request.save(update_fields=["rank"])
