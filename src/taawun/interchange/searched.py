"""The texts of published activities, as search finds them: whoever is signed in reads all of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from taawun.foundation.readable import Readable, joined
from taawun.interchange.models import LoadEntry, PublishedActivity, PublishedShare
from taawun.interchange.texts import best

LANGUAGE_UNKNOWN = "en"  # of a text for which the file names none


def touched_by_loads(ids: Iterable[int]) -> Q:
    """The activities that loads wrote, and those they had changed and that were brought back."""
    told = LoadEntry.objects.filter(load_id__in=list(ids)).values("identifier")
    return Q(load_id__in=list(ids)) | Q(identifier__in=told)


def of_published(rows: QuerySet[PublishedActivity]) -> Iterable[Readable]:
    """Titles and descriptions, a text for each language, with the names of those who take part and of the sectors."""
    shares = PublishedShare.objects.filter(amount__isnull=True, kind__in=("country", "sector"))
    of_whole = Prefetch("shares", shares.select_related("listed").order_by("pk"), to_attr="told_shares")
    for each in rows.prefetch_related("parties", of_whole):
        known, names = {"country": _first(each, "country"), "sector": _first(each, "sector")}, _names(each)
        for language, texts in _by_language(each).items():
            title = each.titles.get(language) or best(each.titles, language).text or each.identifier
            yield Readable(
                object_id=each.pk,
                address=each.get_absolute_url(),
                language=language,
                title=title,
                body=joined(*texts, each.identifier if len(each.identifier) > 120 else ""),
                names=names,
                code=each.identifier[:120],
                **known,
                day=each.starts_on,
            )


def _by_language(each: PublishedActivity) -> dict[str, list[str]]:
    """The descriptions in each language it has any text in."""
    unknown = (each.language or LANGUAGE_UNKNOWN)[:10]
    told: dict[str, list[str]] = {}
    for words in (each.titles, *each.descriptions.values()):
        for language, text in words.items():
            texts = told.setdefault(language[:10] or unknown, [])
            texts += [text] if words is not each.titles or not language else []
    return told or {unknown: []}


def _names(each: Any) -> tuple[Mapping[str, str], ...]:
    sectors = (
        share.listed.names if share.listed else share.names
        for share in each.told_shares
        if share.kind == "sector"
    )
    every = (each.reporting_names, *(party.names for party in each.parties.all()), *sectors)
    return tuple({tuple(names.items()): names for names in every if names}.values())


def _first(each: Any, kind: str) -> str:
    """The code most of it goes to; of two that share alike, and where no share is said, the first."""
    held = [share for share in each.told_shares if share.kind == kind and share.listed_id]
    most = max(held, key=lambda share: share.percentage or 0, default=None)
    return str(most.listed_id) if most else ""
