"""Exchange rates brought in, replaced and taken back: always many at once, by a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.figures.models import CurrencyRate
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import AuditEvent, User

TOLD = ("rate", "source", "licence", "source_on")


@dataclass(frozen=True)
class Published:
    """A rate as a source published it: of which currencies and time, how much, who says so since when."""

    currency: str
    per: str
    rate_of: str
    day: date
    rate: Decimal
    source: str
    licence: str
    source_on: date

    @property
    def time(self) -> tuple[str, str, str, date]:
        """What names it: no two rates share this."""
        return self.currency, self.per, self.rate_of, self.day


def alone() -> None:
    """Be the only one to judge and write rates until the caller's transaction ends: two batches would overwrite."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rates'))")


def rates_at(rates: Sequence[Published]) -> dict[tuple[str, str, str, date], CurrencyRate]:
    """The rates held for the same currencies and times: one SQL statement."""
    found = CurrencyRate.objects.filter(day__in={one.day for one in rates})
    found = found.filter(currency__in={one.currency for one in rates})
    return {(one.currency_id, one.per_id, one.rate_of, one.day): one for one in found}


def keep_rates(
    rates: Sequence[Published], *, actor: User, organisation: Organisation, batch: int
) -> list[tuple[CurrencyRate, AuditEvent]]:
    """Hold these rates for the whole installation, each in place of the one held for the same currencies and time.

    From then on every figure counts with them. In the order given, each with its entry in the record, which tells the
    batch and what stood there before. The caller sees to who may, and that no rate of another agency is replaced.
    """
    with transaction.atomic():
        alone()
        held = rates_at(rates)
        return [_keep(one, held.get(one.time), actor, organisation, batch) for one in rates]


def _keep(
    one: Published, held: CurrencyRate | None, actor: User, organisation: Organisation, batch: int
) -> tuple[CurrencyRate, AuditEvent]:
    before = {name: getattr(held, name) for name in TOLD} if held else {}
    made = held or CurrencyRate(
        currency_id=one.currency,
        per_id=one.per,
        rate_of=one.rate_of,
        day=one.day,
        organisation=organisation,
        is_example=organisation.is_example,
        version=0,
    )
    for name in TOLD:
        setattr(made, name, getattr(one, name))
    made.recorded_by, made.recorded_at, made.version = actor, clock.now(), made.version + 1
    made.save()
    step = "rate-replaced" if held else "rate-brought-in"
    return made, _told(made, step, actor, before=before, batch=batch)


def put_back(
    rates: Sequence[tuple[int, dict[str, Any] | None]], *, actor: User, organisation: Organisation, batch: int
) -> None:
    """Undo what a batch did: by key, None for a rate that was new and goes, else what stood there before.

    Nobody has replaced one of them since: the caller saw to that. The record keeps both.
    """
    with transaction.atomic():
        held = CurrencyRate.objects.in_bulk([pk for pk, _before in rates])
        for pk, before in rates:
            rate = held[pk]
            _told(rate, "rate-put-back", actor, before={n: getattr(rate, n) for n in TOLD}, batch=batch)
            if before is None:
                rate.delete()
                continue
            for name in TOLD:
                setattr(rate, name, before[name])
            rate.version -= 1
            rate.save()


def _told(rate: CurrencyRate, step: str, actor: User, *, before: dict[str, Any], batch: int) -> AuditEvent:
    told = {"before": before, "batch": batch} | {name: getattr(rate, name) for name in TOLD}
    return record(
        rate,  # type: ignore[arg-type]  # a kind without states
        step,
        actor=actor,
        organisation_id=rate.organisation_id,
        role=Role.ADMINISTRATOR,
        detail=told,
    )
