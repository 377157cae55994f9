"""Changing the clauses of an agency: each change is a new version, with its reason."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.agreements.actions.shared import refuse
from taawun.agreements.clausebook import Held, has_headings, held_of, versions_of
from taawun.agreements.fields import field_problems
from taawun.agreements.models import Clause, Standing
from taawun.agreements.usual import places
from taawun.cycle.models import LANGUAGES
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation.audit import record
from taawun.foundation.editing import Conflict
from taawun.foundation.models import User
from taawun.foundation.standing import fresh_standing
from taawun.reference.names import Listing, known

NEW_KEY = "own-"


@dataclass(frozen=True)
class Place:
    """Which clause: of which paper, under which key ("" for one that is to be added), for which modality."""

    instrument: str
    key: str = ""
    modality_id: str | None = None


def save_clause(
    agency: Organisation,
    place: Place,
    values: dict[str, Any],
    *,
    actor: User,
    reason: str,
    base_version: int,
) -> Clause:
    """Make the next version of a clause of an agency, or add one.

    `values`: standing (own, usual, left-out), position, titles and texts by language (of its own text alone).
    Refuses (403) whoever is not the agency's administrator; an unknown field, an own text that says nothing, a title
    without its text, no reason, no difference. A `Conflict` with whoever changed it since `base_version` (0: there was
    no version). Papers already written keep their texts.
    """
    with transaction.atomic():
        # The agency's row orders competing versions.
        Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
        if agency.pk not in fresh_standing(actor).holding(Role.ADMINISTRATOR):
            raise PermissionDenied
        place = place if place.key else Place(place.instrument, _new_key(agency, place), place.modality_id)
        versions = versions_of(agency.pk, place.instrument, place.key, place.modality_id)
        last = versions[0] if versions else None
        mine = told(values)
        if last and last.version != base_version:
            raise Conflict(last, told(_values_of(last)), mine)
        _refuse_clause(place, values, reason, last)
        own = values["standing"] == Standing.OWN
        made: Any = Clause.objects.create(
            provider=agency,
            instrument=place.instrument,
            key=place.key,
            modality_id=place.modality_id,
            version=last.version + 1 if last else 1,
            standing=values["standing"],
            position=values["position"],
            titles=_said(values["titles"]) if own else {},
            texts=_said(values["texts"]) if own else {},
            reason=reason.strip(),
            made_by=actor,
        )
        record(
            made,
            "clause-made",
            actor=actor,
            organisation_id=agency.pk,
            role=Role.ADMINISTRATOR,
            audience_id=agency.pk,
            detail={
                "reason": made.reason,
                "instrument": made.instrument,
                "clause": made.key,
                "version": made.version,
                "standing": made.standing,
            },
        )
    return made


def told(values: dict[str, Any]) -> dict[str, Any]:
    """A version as its form names it: to compare it, and to show it beside another's."""
    found: dict[str, Any] = {name: values[name] for name in ("standing", "position")}
    for language, _name in LANGUAGES:
        found[f"title_{language}"] = values["titles"].get(language, "")
        found[f"text_{language}"] = values["texts"].get(language, "")
    return found


def _values_of(clause: Clause) -> dict[str, Any]:
    return {name: getattr(clause, name) for name in ("standing", "position", "titles", "texts")}


def _said(by_language: dict[str, str]) -> dict[str, str]:
    return {language: text for language, text in by_language.items() if text}


def _new_key(agency: Organisation, place: Place) -> str:
    rows = Clause.objects.filter(
        provider_id=agency.pk, instrument=place.instrument, key__startswith=NEW_KEY
    ).values_list("key", flat=True)
    taken = set(rows)
    return next(key for n in range(1, len(taken) + 2) if (key := f"{NEW_KEY}{n}") not in taken)


def _refuse_clause(place: Place, values: dict[str, Any], reason: str, last: Clause | None) -> None:
    own = values["standing"] == Standing.OWN
    refuse(
        "" if reason.strip() else _("Give the reason."),
        _("There is no usual text of this clause: give it one, or leave it out.")
        if values["standing"] == Standing.USUAL and not has_usual(place)
        else "",
        _("A clause is for a modality of the list, or for every modality.")
        if place.modality_id and place.modality_id not in known().get("modality", Listing()).entries
        else "",
        *(text_problems(place.instrument, values["titles"], values["texts"]) if own else []),
        "" if _differs(place, values, last) else _("Nothing differs from what holds now."),
    )


def has_usual(place: Place) -> bool:
    """Whether a clause can go back to a usual text: the program's, or the agency's own for every modality."""
    return bool(place.modality_id) or place.key in places(place.instrument)


def text_problems(instrument: str, titles: dict[str, str], texts: dict[str, str]) -> list[str]:
    """What is wrong with the wording of a clause."""
    problems = field_problems(instrument, *titles.values(), *texts.values())
    if not any(texts.values()):
        problems.append(_("Write the clause in one language at least."))
    if has_headings(instrument) and any(bool(titles.get(c)) != bool(texts.get(c)) for c, _name in LANGUAGES):
        problems.append(_("A clause has its title and its text in the same languages."))
    return problems


def _differs(place: Place, values: dict[str, Any], last: Clause | None) -> bool:
    held: Held = held_of(place.instrument, place.key, place.modality_id, last)
    if last is None and place.modality_id:
        return True
    if (values["standing"], values["position"]) != (held.standing, held.position):
        return True
    if values["standing"] != Standing.OWN:
        return False
    return (_said(values["titles"]), _said(values["texts"])) != (held.titles, held.texts)
