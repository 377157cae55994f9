"""The working days of a country for an agency: what the package knows, what the agency changed, and changing it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language, gettext as _

from taawun.cycle.models import AgencyDay
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.governance.queries import read_by
from taawun.reference.holidays import calendar_of, holidays_in, is_known, weekend_of


@dataclass(frozen=True)
class Line:
    """A day that is no usual working day, or no usual day off. `changed`: the agency's own entry."""

    day: date
    name: str
    works: bool
    changed: AgencyDay | None = None


def days_read_by(user: Any) -> Any:
    """The changed days of the agencies whose settings this person reads."""
    return AgencyDay.objects.filter(provider_id__in=read_by(user))


def year_of(agency: Organisation, country: str, year: int) -> dict[str, Any]:
    """A year of a country as the agency counts it: one SQL statement."""
    rows = AgencyDay.objects.filter(provider=agency, country_id=country, day__year=year)
    changed = {one.day: one for one in rows.select_related("made_by__person")}
    usual = holidays_in(country, year, get_language() or "en")
    lines = [
        Line(day, usual.get(day, ""), day in changed and changed[day].works, changed.get(day))
        for day in sorted({*usual, *changed})
    ]
    return {"lines": lines, "known": is_known(country), "weekend": sorted(weekend_of(country))}


def set_day(agency: Organisation, values: dict[str, Any], *, actor: User) -> AgencyDay:
    """Enter a day off, or a day on which work is done after all, with its reason and source.

    Deadlines in working days are counted anew soon after. Refuses (403) whoever is not the agency's administrator; a
    day that is already so, and one of which there is an entry.
    """
    with transaction.atomic():
        _lock(agency, actor)
        day, country = values["day"], values["country"]
        wrong = []
        if AgencyDay.objects.filter(provider=agency, country_id=country, day=day).exists():
            wrong.append(_("There is an entry for this day already: remove it first."))
        elif calendar_of(country).works_on(day) == values["works"]:
            told = _("It is a working day already.") if values["works"] else _("It is a day off already.")
            wrong.append(told)
        if wrong:
            raise Refused([Obstacle(one) for one in wrong])
        made = AgencyDay.objects.create(
            provider=agency,
            country_id=country,
            day=day,
            works=values["works"],
            reason=values["reason"],
            source=values["source"],
            made_by=actor,
        )
        _record(made, "day-entered", actor)
    return made


def drop_day(agency: Organisation, pk: int, *, actor: User) -> AgencyDay | None:
    """Take an entry out again; the record keeps what it said. None where the agency has no such one."""
    with transaction.atomic():
        _lock(agency, actor)
        held = AgencyDay.objects.filter(provider=agency, pk=pk).first()
        if held is not None:
            _record(held, "day-removed", actor)
            AgencyDay.objects.filter(pk=held.pk).delete()
    return held


def _lock(agency: Organisation, actor: User) -> None:
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    if agency.pk not in fresh_standing(actor).holding(Role.ADMINISTRATOR):
        raise PermissionDenied


def _record(held: AgencyDay, act: str, actor: User) -> None:
    told = {"country": held.country_id, "day": held.day, "works": held.works, "source": held.source}
    case: Any = held
    record(
        case,
        act,
        actor=actor,
        organisation_id=held.provider_id,
        role=Role.ADMINISTRATOR,
        audience_id=held.provider_id,
        detail=told | {"reason": held.reason},
    )
    registry.services["recount-deadlines"]()


def year_asked(text: str) -> int:
    """A year as an address names it; this year for whatever is none."""
    good = len(text) == 4 and text.isascii() and text.isdigit()
    first, last = clock.FIRST_DAY.year, clock.LAST_DAY.year
    return int(text) if good and first <= int(text) <= last else clock.today().year
