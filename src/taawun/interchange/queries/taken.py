"""Operations taken over from publications: which, from what text, and what a person may see of it."""

import zlib
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_visible_to
from taawun.directory.models import Organisation
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation.standing import standing
from taawun.interchange.drafting import Draft, draft_of
from taawun.interchange.iati.records import Activity
from taawun.interchange.kept import activity_of
from taawun.interchange.models import Load, PublishedActivity, PublishedXml, Taking

LANGUAGES_ASKED = ("en", "fr", "ar", "es", "pt")


def may_take_over(user: Any) -> bool:
    """Whether this person takes work over: the desk officers of agencies."""
    return bool(standing(user).holding(Role.DESK))


def came_from_a_publication() -> Exists:
    """Whether an operation was taken over from a publication, as a column of its row."""
    return Exists(Taking.objects.filter(operation=OuterRef("pk")))


def takings_of(activity: PublishedActivity, user: Any) -> list[Taking]:
    """What was made of an activity, as far as this person may see it: one SQL statement."""
    rows = Taking.objects.filter(identifier=activity.identifier, operation__in=operations_visible_to(user))
    return list(rows.select_related("operation").order_by("pk"))


def taking_of(operation: Operation) -> Taking | None:
    """From what an operation was taken over."""
    rows = Taking.objects.filter(operation=operation).select_related("load__feed")
    return rows.first()


def taken_already(identifier: str, provider: Organisation) -> Taking | None:
    """The operation an agency made of an activity before."""
    rows = Taking.objects.filter(identifier=identifier, operation__provider=provider)
    return rows.select_related("operation").first()


def text_of(activity: PublishedActivity) -> PublishedXml:
    """The text of an activity that is held now."""
    return PublishedXml.objects.get(activity=activity, is_former=False)


def record_of(kept: Taking | PublishedXml) -> Activity:
    """What a kept text says."""
    return activity_of(zlib.decompress(bytes(kept.deflated)), kept.standard)


def draft_for(activity: PublishedActivity, told: Activity, language: str) -> Draft:
    """The design an activity tells of; known at the latest on the day its text was taken in."""
    return draft_of(told, language=language, known_on=taken_in_on(activity.load))


def draft_of_taking(taking: Taking, told: Activity, language: str) -> Draft:
    """The design an operation was taken over with, read again from the text it was made from."""
    return draft_of(told, language=language, known_on=taken_in_on(taking.load))


def taken_in_on(load: Load) -> date:
    """The day on which a file was taken in."""
    return (load.applied_at or load.made_at).date()


def is_its_desk(operation: Operation, user: Any) -> bool:
    """Whether this person sits at the desk of the agency an operation is of."""
    return operation.provider_id in standing(user).holding(Role.DESK)


def address_after(operation: Operation) -> str:
    """Where one goes when an operation is given back: to what it was made of, or where that would stand."""
    taking = taking_of(operation)
    held = taking and PublishedActivity.objects.filter(identifier=taking.identifier).first()
    return held.get_absolute_url() if held else reverse("interchange:published")


def known_here(names: list[str]) -> dict[str, Organisation]:
    """Which of these names are an organisation of the directory, written alike in any language: one SQL statement."""
    alike = Q(pk__in=())
    for name in names:
        for language in LANGUAGES_ASKED:
            alike |= Q(**{f"names__{language}__iexact": name})
    found: dict[str, Organisation] = {}
    for body in offered().filter(alike) if names else []:
        found |= {text.casefold(): body for text in body.names.values() if text}
    return {name: found[name.casefold()] for name in names if name.casefold() in found}
