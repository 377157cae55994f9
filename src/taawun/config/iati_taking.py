"""What `python -m taawun iati take-over` does: what the page of taking over does, with options for its fields."""

import argparse
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from taawun.config.iati_files import NOT_UNDERSTOOD, REFUSED, SOUND
from taawun.directory.models import Organisation
from taawun.foundation.models import User
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.interchange import actions, queries, taking_pages
from taawun.interchange.models import PublishedActivity
from taawun.interchange.taking_form import TakePublishedForm
from taawun.reference.names import code_name
from taawun.ui import words

# The fields of the page's form by the option that fills them, in the order in which they are told.
FIELDS = {
    **{"provider": "provider", "partner": "partner", "supplier": "supplier", "title": "title"},
    **{"texts": "language", "modality": "modality_id", "sector": "sector_id", "site": "site"},
    **{"begins": "starts_on", "ends": "ends_on", "state": "state", "state_on": "state_on"},
}
HOUSES, CODES = ("provider", "partner", "supplier"), ("modality", "sector")


class _Unknown(Exception):
    """Something that the command names is not here."""


def run(options: argparse.Namespace) -> int:
    """Take the activity over, or say what would be entered; returns the exit code."""
    with translation.override(options.language):
        code, told = _told(options)
        if options.json:
            named = {"identifier": options.identifier, **told}
            print(json.dumps(named, ensure_ascii=False, indent=1, default=str))
        else:
            print("\n".join(_lines(options.identifier, told)), flush=True)
    return code


def _told(options: argparse.Namespace) -> tuple[int, dict[str, Any]]:
    try:
        return SOUND, _taken(options)
    except _Unknown as unknown:
        return NOT_UNDERSTOOD, _failed([str(unknown)])
    except PermissionDenied:
        return REFUSED, _failed([_("Only a desk officer of the agency may do this.")])
    except Refused as refused:
        return REFUSED, _failed([str(obstacle) for obstacle in refused.obstacles])


def _failed(whys: list[str]) -> dict[str, Any]:
    return {"outcome": "failed", "why": whys}


def _taken(options: argparse.Namespace) -> dict[str, Any]:
    actor = _actor(options.actor)
    activity = _activity(actor, options.identifier)
    form = _form(options, actor, activity)
    values = dict(form.cleaned_data)
    houses = {name: values.pop(name) for name in ("provider", "partner")}
    with transaction.atomic():
        made = actions.take_over_published(actor=actor, activity=activity, values=values, **houses)
        if options.dry_run:
            transaction.set_rollback(True)
    return {
        "outcome": "trial" if options.dry_run else "taken-over",
        "operation": None if options.dry_run else made.code,
        "entered": [[str(form.fields[name].label), _shown(form, name)] for name in FIELDS.values()],
        **_read(activity, form.cleaned_data["language"]),
    }


def _read(activity: PublishedActivity, language: str) -> dict[str, Any]:
    """The design the file tells of, what of it has no place there, and what it does not say."""
    draft = queries.draft_for(activity, queries.record_of(queries.text_of(activity)), language)
    return {
        **taking_pages.design_shown(draft),
        "left": taking_pages.left_shown((one.slug, one.where, one.written) for one in draft.left),
        "not_said": taking_pages.not_said_shown(draft.not_said),
    }


def _actor(address: str) -> User:
    actor = User.objects.filter(email__iexact=address).first()
    if actor is None:
        raise _Unknown(_("Nobody signs in with the address “%(address)s”.") % {"address": address})
    if not queries.may_take_over(actor):
        raise PermissionDenied
    return actor


def _activity(actor: User, identifier: str) -> PublishedActivity:
    rows = queries.published_visible_to(actor).filter(identifier=identifier)
    held = rows.select_related("feed", "load").first()
    if held is None:
        told = _("No published activity “%(identifier)s” is held here.")
        raise _Unknown(told % {"identifier": identifier})
    return held


def _form(options: argparse.Namespace, actor: User, activity: PublishedActivity) -> TakePublishedForm:
    """The page's form, filled with what the file says and, before that, with what the options say. Refuses as it."""
    told = queries.record_of(queries.text_of(activity))
    empty = TakePublishedForm(who=standing(actor), told=told)
    said = {name: empty.get_initial_for_field(field, name) for name, field in empty.fields.items()}
    said |= {FIELDS[name]: value for name, value in _given(options)}
    form = TakePublishedForm(
        {name: getattr(value, "pk", value) for name, value in said.items() if value is not None},
        who=standing(actor),
        told=told,
    )
    if not form.is_valid():
        raise Refused(list(_wrong(form)))
    return form


def _given(options: argparse.Namespace) -> Iterator[tuple[str, Any]]:
    for name in FIELDS:
        value = getattr(options, name)
        if value is None:
            continue
        if name in HOUSES:
            value = _house(value)
        elif name in CODES and ":" not in value:
            value = f"{name}:{value}"
        yield name, value


def _house(name: str) -> Organisation:
    """An organisation by its short name, or by its whole name in any language."""
    found = Organisation.objects.filter(slug=name).first() or queries.known_here([name]).get(name)
    if found is None:
        raise _Unknown(_("The directory has no organisation “%(name)s”.") % {"name": name})
    return found


def _wrong(form: TakePublishedForm) -> Iterator[str]:
    option = {field: f"--{name.replace('_', '-')}" for name, field in FIELDS.items()}
    for name, errors in form.errors.items():
        for error in errors:
            where = f"{form.fields[name].label} ({option[name]})" if name in option else ""
            yield words.labelled(where, error) if where else str(error)


def _shown(form: TakePublishedForm, name: str) -> str:
    """What is entered in a field, as a reader calls it."""
    value = form.cleaned_data.get(name)
    if value in (None, ""):
        return words.NOTHING
    if isinstance(value, Organisation):
        return str(value.name)
    if isinstance(value, date):
        return words.written(value, "d MMM y")
    if name in ("modality_id", "sector_id"):
        return str(code_name(value))
    return str(dict(getattr(form.fields[name], "choices", ())).get(value, value))


def _lines(identifier: str, told: dict[str, Any]) -> Iterator[str]:
    """The answer for a reader: what was entered, the design, what the file says that has no place, what it does not."""
    if told["outcome"] == "failed":
        yield from (words.labelled(identifier, why) for why in told["why"])
        return
    yield identifier
    yield from (f"  {words.labelled(label, text)}" for label, text in told["entered"])
    yield from _part(_("The design it comes with"), _design(told["objectives"]))
    left = (words.listed(filter(None, (one["where"], one["written"]))) for one in told["left"])
    whys = (one["why"] for one in told["left"])
    yield from _part(_("What it says that has no place in a design"), map(words.labelled, left, whys))
    yield from _part(_("What the file does not say"), told["not_said"])
    if told["operation"]:
        yield "  " + _("Taken over as %(number)s.") % {"number": told["operation"]}
    else:
        yield "  " + _("This was a trial: nothing was changed.")


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    held = list(lines)
    if held:
        yield f"  {heading}"
        yield from (f"    {line}" for line in held)


def _design(objectives: Iterable[dict[str, Any]]) -> Iterator[str]:
    for one in objectives:
        yield words.labelled(one["label"], " ".join(one["text"].split()))
        yield from (f"  {words.labelled(aim['name'], _aim(aim))}" for aim in one["aims"])


def _aim(aim: dict[str, Any]) -> str:
    """The numbers of an indicator, each with the day it stands for."""
    values = words.listed(f"{value['number']} ({value['day']})" for value in aim["values"])
    target = f"{aim['target']} ({aim['target_on']})" if aim["target_on"] else aim["target"]
    told = {_("Baseline"): aim["baseline"], _("Target"): target, _("Values"): values or words.NOTHING}
    return words.parted(words.labelled(label, text) for label, text in told.items())
