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
from taawun.directory.models import Organisation
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.seats import Letter, seat_taken
from taawun.foundation.standing import fresh_standing, take_seat
from taawun.foundation.steps import Context, Refused, perform
from taawun.foundation.taking_back import Back, take_back


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
    step = coop_request.workflow.find("forward", "retained")
    taken = seat_taken(coop_request, step, fresh_standing(actor)) if step else None
    if taken is None:
        raise PermissionDenied
    take_seat(actor, *taken.held)


def same_list(coop_request: CooperationRequest) -> Q:
    """The requests ranked together: one coordination body, one provider, one round (or none: out of round)."""
    return Q(
        coordination_id=coop_request.coordination_id,
        provider_id=coop_request.provider_id,
        round_id=coop_request.round_id,
    )


def lot_of(coop_request: CooperationRequest) -> list[CooperationRequest]:
    """The retained requests that would be forwarded with this one, by rank."""
    return list(
        CooperationRequest.objects.filter(
            same_list(coop_request),
            state="retained",
        ).order_by(F("rank").asc(nulls_last=True), "pk")
    )


def _hold_the_list(coop_request: CooperationRequest) -> None:
    """Lock what orders competing acts on one ranked list: its round; out of round, the coordination body."""
    if coop_request.round_id is None:
        Organisation.objects.select_for_update().get(pk=coop_request.coordination_id)
    else:
        Round.objects.select_for_update().get(pk=coop_request.round_id)


def forward_lot(
    requests: list[CooperationRequest],
    *,
    actor: User,
    letter_number: str,
    letter_date: date,
    scan: Any = None,
) -> Lot:
    """Forward a ranked list to the provider under one covering letter: all of it, or nothing (`Refused`).

    `scan`: the letter of a coordination body that does not sign in, for which the office records. Ranks run 1…n
    without gap; they are frozen from here on. Each request records its own step; the letter
    enters the registers of both sides (service `covering-letter-left`).
    """
    if not requests:
        raise Refused([Obstacle(_("No retained request waits in this round."))])
    first = requests[0]
    with transaction.atomic():
        # Two officers cannot both send the list.
        _hold_the_list(first)
        present = lot_of(first)
        if {r.pk for r in present} != {r.pk for r in requests}:
            raise Refused([Obstacle(_("The list has changed meanwhile: look at it again before it leaves."))])
        lot = Lot.objects.create(
            coordination_id=first.coordination_id,
            provider_id=first.provider_id,
            round_id=first.round_id,
            letter_number=letter_number,
            letter_date=letter_date,
        )
        for coop_request in present:
            letter = Letter(letter_number, letter_date, scan)
            perform(
                coop_request, "forward", actor=actor, acted_on=letter_date, letter=letter, data={"lot": lot}
            )
        if entered := registry.services.get("covering-letter-left"):
            entered(lot, present, actor, scan)
    return lot


def rank_last(coop_request: CooperationRequest, ctx: Context) -> None:
    """A retained request enters at the end of its round's list; those already forwarded keep their ranks."""
    # Two retained at once follow one another: else both would take the same rank.
    _hold_the_list(coop_request)
    last = (
        CooperationRequest.objects.filter(
            same_list(coop_request),
        )
        .filter(Q(state="retained") | Q(lot__isnull=False))
        .aggregate(last=Max("rank"))["last"]
    )
    coop_request.rank = (last or 0) + 1
    coop_request.save(update_fields=["rank"])


def leave_rank(coop_request: CooperationRequest, back: Back) -> None:
    """A retained request leaves the list again: those behind it move up, so that no gap remains."""
    rank, coop_request.rank = coop_request.rank, None
    coop_request.save(update_fields=["rank"])
    CooperationRequest.objects.filter(
        same_list(coop_request),
        state="retained",
        rank__gt=rank,
    ).update(rank=F("rank") - 1)


def leave_lot(coop_request: CooperationRequest, back: Back) -> None:
    """A list forwarded by mistake comes back whole, with its ranks: all its requests, or none (`Refused`)."""
    lot_id = coop_request.lot_id or 0
    coop_request.lot, coop_request.forwarded_on = None, None
    coop_request.save(update_fields=["lot", "forwarded_on"])
    for other in CooperationRequest.objects.filter(lot_id=lot_id, state="endorsed").order_by("pk"):
        # Each takes the rest with it, and finds none left but itself.
        take_back(other, actor=back.actor, reason=back.reason)
    if CooperationRequest.objects.filter(lot_id=lot_id).exists():
        raise Refused(
            [Obstacle(_("The provider has acted on a request of this list: it stays with the provider."))]
        )
    if struck := registry.services.get("covering-letter-taken-back"):
        struck(lot_id, back.reason, back.actor)
