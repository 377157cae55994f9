"""Published activities like a request: those worth comparing, in one statement, and the nearest of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from taawun.cycle.models import CooperationRequest
from taawun.foundation.searching import said
from taawun.interchange import likeness
from taawun.interchange.likeness import Asked, Told
from taawun.interchange.models import PublishedActivity, PublishedSeen, PublishedShare
from taawun.interchange.models.activities import ACTIVITY_WORDS
from taawun.interchange.texts import Text, best
from taawun.lessons.reasons import sentences
from taawun.reference import names

POOL = 60  # activities looked at for each thing in common; the newest first
WORDS_ASKED = 8
SECTORS, PLACES = ("sector", "sector-category"), ("country", "region", "dac-region")


@dataclass(frozen=True)
class Alike:
    """A published activity near a request; `key`: of the activity, None where it is held no longer."""

    key: int | None
    identifier: str
    titles: dict[str, str]
    publisher: str
    rank: int
    kept: list[dict[str, Any]] = field(default_factory=list)
    digest: str = ""
    load_id: int = 0

    @property
    def title(self) -> Text:
        return best(self.titles) if best(self.titles).text else Text(self.identifier, "")

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("interchange:activity", args=[self.key]) if self.key else ""

    @property
    def reasons(self) -> list[str]:
        """Why, in sentences of the reader's language."""
        return sentences(self.kept)


def published_like(coop_request: CooperationRequest) -> list[Alike]:
    """The published activities nearest to a request as it stands now, five at most; one SQL statement."""
    asked = asked_of(coop_request)
    rows = {row.pk: row for row in _candidates(asked, coop_request)}
    matches = likeness.nearest(asked, {pk: told_of(row) for pk, row in rows.items()})
    return [
        _alike(rows[match.key], rank, [reason.kept() for reason in match.reasons])
        for rank, match in enumerate(matches, start=1)
    ]


def _alike(row: Any, rank: int, kept: list[dict[str, Any]]) -> Alike:
    told = (row.pk, row.identifier, row.titles, str(row.feed))
    return Alike(*told, rank, kept, row.digest, row.load_id)


def published_seen(coop_request: CooperationRequest) -> list[Alike]:
    """Those that were looked at before its review, as they were offered that day: one SQL statement."""
    held = PublishedActivity.objects.filter(identifier=OuterRef("identifier")).values("pk")[:1]
    rows = PublishedSeen.objects.filter(coop_request=coop_request).annotate(held=Subquery(held))
    return [
        Alike(one.held, one.identifier, one.titles, str(one.load.feed), one.rank, one.reasons, one.digest)
        for one in rows.select_related("load__feed").order_by("rank")
    ]


def asked_of(coop_request: CooperationRequest) -> Asked:
    """What of a request is compared."""
    said_of_it = (coop_request.title, coop_request.need, coop_request.purpose)
    return Asked(
        chain_of(coop_request.sector_id) if coop_request.sector_id else (),
        tuple(_places_of(coop_request.country_id)),
        likeness.terms_of("\n".join(said_of_it), coop_request.language),
    )


def told_of(row: Any) -> Told:
    """What of an activity is compared. `row`: one of `_candidates`, with its codes."""
    sectors = [chain_of(code) for code in row.codes if code.partition(":")[0] in SECTORS]
    places = [c for code in row.codes if code.partition(":")[0] in PLACES for c in _places_of(code)]
    return Told(tuple(sectors), tuple(places), row.titles)


def chain_of(code_id: str) -> tuple[str, ...]:
    """A code and those above it in the lists, the nearest first."""
    return (code_id, *names.ancestors(code_id))


def _places_of(code_id: str) -> Iterable[tuple[str, ...]]:
    """A country or region by each way of grouping: by the United Nations', and by the OECD's."""
    slug, _colon, code = code_id.partition(":")
    if slug != "dac-region":
        yield chain_of(code_id)
    region = likeness.regions_of_countries().get(code) if slug == "country" else None
    start = code if slug == "dac-region" else region
    if start:
        own = (code_id,) if slug == "country" else ()
        yield (*own, *(f"dac-region:{one}" for one in likeness.wider(start)))


def _candidates(asked: Asked, coop_request: CooperationRequest) -> QuerySet[Any]:
    """Those worth comparing: of the sector or its category, of the country or its regions, with words of its title.

    Each part by its index and cut short, so that a store of a hundred thousand is not read for a page.
    """
    pools = [_newest(some) for some in _code_pools(asked) if some]
    pools += [_with_words(coop_request)]
    near = pools[0].union(*pools[1:], all=True) if len(pools) > 1 else pools[0]
    shares = PublishedShare.objects.filter(activity=OuterRef("pk"), amount__isnull=True, listed__isnull=False)
    rows = PublishedActivity.objects.filter(pk__in=near).select_related("feed")
    return rows.annotate(codes=ArraySubquery(shares.values("listed")))


def _code_pools(asked: Asked) -> Iterable[list[str]]:
    yield list(asked.sectors[:1])
    yield [*asked.sectors[1:2], *_under(asked.sectors[1:2], "sector")]
    yield [chain[0] for chain in asked.places[:1]]
    yield [*(code for chain in asked.places for code in chain[1:]), *_regions_within(asked)]
    yield _under(asked.places[0][1:2] if asked.places else (), "country")


def _under(headings: tuple[str, ...], slug: str) -> list[str]:
    """The codes of a list right under a heading."""
    listing = names.known().get(slug, names.Listing())
    return [code for code, one in listing.entries.items() if one.parent_id in headings]


def _regions_within(asked: Asked) -> list[str]:
    """The narrower regions of the OECD's inside the one a country belongs to."""
    mine = {
        code.partition(":")[2] for chain in asked.places for code in chain if code.startswith("dac-region:")
    }
    return [f"dac-region:{one}" for one, above in likeness.WIDER.items() if above in mine]


def _newest(codes: list[str]) -> QuerySet[Any]:
    rows = PublishedShare.objects.filter(listed__in=codes, amount__isnull=True)
    return rows.order_by("-activity").values("activity").distinct()[:POOL]


def _with_words(coop_request: CooperationRequest) -> QuerySet[Any]:
    terms = likeness.terms_of(coop_request.title, coop_request.language)
    asked = sorted(dict.fromkeys(terms.values()), key=len, reverse=True)[:WORDS_ASKED]
    any_of_them = Q(pk__in=())
    for word in asked:
        any_of_them |= Q(said(word, *ACTIVITY_WORDS))
    return PublishedActivity.objects.filter(any_of_them).order_by("-pk").values("pk")[:POOL]
