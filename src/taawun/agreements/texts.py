"""The texts of notes, Records of Discussions and amendments, as search finds them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from taawun.agreements.in_force import agreements_visible_to
from taawun.agreements.models import Amendment, Instrument, InstrumentKind
from taawun.cycle.queries import requests_among
from taawun.cycle.texts import codes_of
from taawun.foundation.readable import Cases, Readable, joined


def instruments_found_by(user: Any, cases: Cases | None = None) -> QuerySet[Instrument]:
    """The agreements this person may read and open: a note is opened on its request's page."""
    opened = Q(operation_id__isnull=False) | Q(coop_request_id__in=requests_among(user, cases))
    return agreements_visible_to(user, cases).filter(opened)


def of_instruments(rows: QuerySet[Instrument]) -> Iterable[Readable]:
    """An instrument in each language it is written in, under the title of its case."""
    held = rows.select_related("operation", "coop_request").prefetch_related("versions")
    numbers = dict(Amendment.objects.filter(instrument__in=rows).values_list("instrument_id", "number"))
    for each in held:
        texts = {version.language: version.text for version in each.versions.all()}
        prevailing = each.prevailing_language or _case(each).language
        for language, text in (texts or {prevailing: each.text}).items():
            yield _readable(
                each, language, text, _page_of(each, language if texts else "", numbers.get(each.pk))
            )


def _case(instrument: Instrument) -> Any:
    return instrument.operation or instrument.coop_request


def _page_of(instrument: Instrument, language: str, amendment: int | None) -> str:
    """Where a text is read: on its paper in its language; what has none, on the page of its case."""
    case = _case(instrument)
    if instrument.kind == InstrumentKind.NOTE_VERBALE:
        return reverse("agreements:note-verbale-paper", args=[case.pk])
    if not instrument.operation_id:
        return str(case.get_absolute_url())
    if amendment and language:
        return reverse("agreements:amendment-paper", args=[case.pk, amendment]) + f"?language={language}"
    if instrument.kind == InstrumentKind.RECORD_OF_DISCUSSIONS and language:
        return reverse("agreements:record-of-discussions-paper", args=[case.pk]) + f"?language={language}"
    return reverse("agreements:agreements", args=[case.pk])


def _readable(instrument: Instrument, language: str, text: str, address: str) -> Readable:
    case = _case(instrument)
    return Readable(
        object_id=instrument.pk,
        address=address,
        language=language,
        title=case.title,
        body=joined(text),
        code=instrument.number,
        **codes_of(case),
        day=instrument.dated_on,
    )
