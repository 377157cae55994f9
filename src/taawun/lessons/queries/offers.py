"""What is offered to a request or an operation, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from taawun.cycle.models import CooperationRequest, Operation, settings_for, settings_of
from taawun.lessons import matching, reasons
from taawun.lessons.matching import Facts
from taawun.lessons.models import Lesson
from taawun.lessons.queries.citations import applied_counts
from taawun.lessons.workflow import LessonState
from taawun.reference import names

NOTHING = Q(pk__in=())
POOL = 100  # lessons looked at for each thing in common; the newest first


@dataclass(frozen=True)
class Offer:
    """A certified lesson near a request or an operation, with the reasons why it is offered."""

    lesson: Lesson
    rank: int
    kept: list[dict[str, Any]] = field(default_factory=list)
    cited_count: int = 0

    @property
    def code(self) -> str:
        return self.lesson.code

    @property
    def title(self) -> str:
        return self.lesson.title

    @property
    def language(self) -> str:
        return self.lesson.language

    @property
    def url(self) -> str:
        return self.lesson.get_absolute_url()

    @property
    def situation(self) -> str:
        return self.lesson.situation

    @property
    def countermeasure(self) -> str:
        return self.lesson.countermeasure

    @property
    def reasons(self) -> list[str]:
        """Why, in sentences of the reader's language."""
        return reasons.sentences(self.kept)


def offers_for_request(coop_request: CooperationRequest) -> list[Offer]:
    """The certified lessons nearest to a request as it stands now; nothing is stored. Four SQL statements.

    What its own operation taught later is not told back to it: it was learnt from what the request became.
    """
    own = Q(operation__coop_request_id=coop_request.pk)
    return _offers(facts_of_request(coop_request), settings_for(coop_request).lessons_offered, own=own)


def offers_for_facts(
    *,
    sector_id: str | None = None,
    country_id: str | None = None,
    modality_id: str | None = None,
    title: str = "",
    texts: Iterable[str] = (),
    provider_id: int | None = None,
) -> list[Offer]:
    """The same for what has been typed and not saved yet."""
    facts = Facts(_chain(sector_id), _chain(country_id), modality_id or "", title, "\n".join(texts))
    return _offers(facts, settings_of(provider_id).lessons_offered if provider_id else matching.MOST)


def offers_for_operation(operation: Operation) -> list[Offer]:
    """The certified lessons nearest to an operation that is being planned; not those it taught itself."""
    source = operation.coop_request
    texts = facts_of_request(source).body if source else ""
    facts = Facts(
        _chain(operation.sector_id),
        _chain(operation.country_id),
        operation.modality_id,
        operation.title,
        texts,
    )
    return _offers(facts, settings_for(operation).lessons_offered, own=Q(operation_id=operation.pk))


def facts_of_request(coop_request: CooperationRequest) -> Facts:
    """What of a request is compared."""
    texts = [coop_request.need, coop_request.background, coop_request.overall_goal, coop_request.purpose]
    texts += [output.text for output in coop_request.outputs.all()]
    return Facts(
        _chain(coop_request.sector_id),
        _chain(coop_request.country_id),
        coop_request.modality_id,
        coop_request.title,
        "\n".join(texts),
    )


def facts_of_lesson(lesson: Lesson) -> Facts:
    """What of a lesson is compared."""
    return Facts(
        _chain(lesson.sector_id),
        _chain(lesson.country_id),
        lesson.modality_id,
        f"{lesson.title}\n{lesson.keywords}",
        f"{lesson.situation}\n{lesson.countermeasure}",
    )


def _offers(wanted: Facts, limit: int, own: Q = NOTHING) -> list[Offer]:
    candidates = {lesson.pk: lesson for lesson in _candidates(wanted).exclude(own)}
    matches = matching.best(
        wanted, {pk: facts_of_lesson(lesson) for pk, lesson in candidates.items()}, limit=limit
    )
    applied = applied_counts([match.key for match in matches])
    return [
        Offer(
            candidates[match.key],
            rank,
            [reason.kept() for reason in match.reasons],
            applied.get(match.key, 0),
        )
        for rank, match in enumerate(matches, start=1)
    ]


def _candidates(wanted: Facts) -> QuerySet[Lesson]:
    """The lessons worth comparing: of the same sector or its neighbours, of the same country or region, the newest.

    One statement, each part by its index and cut short: an agency's ten thousand lessons are not read for a page.
    A lesson that shares nothing but words is found among the newest alone.
    """
    certified = Lesson.objects.filter(state=LessonState.CERTIFIED).order_by("-pk").values("pk")
    pools = [
        certified.filter(sector_id__in=wanted.sectors[:1]),
        certified.filter(sector_id__in=_neighbours(wanted.sectors)),
        certified.filter(country_id__in=wanted.countries[:1]),
        certified.filter(country_id__in=_neighbours(wanted.countries)),
    ]
    near = certified[:POOL].union(*(pool[:POOL] for pool in pools), all=True)
    return Lesson.objects.filter(pk__in=near)


def _chain(code_id: str | None) -> tuple[str, ...]:
    """A code and those above it, nearest first."""
    return (code_id, *names.ancestors(code_id)) if code_id else ()


def _neighbours(chain: tuple[str, ...]) -> list[str]:
    """The codes of the same list under the nearest heading of another (the DAC category, the region)."""
    if not chain:
        return []
    own_list = chain[0].partition(":")[0]
    heading = next((code for code in chain if code.partition(":")[0] != own_list), None)
    listing = names.known().get(own_list, names.Listing())
    return [code for code in listing.entries if heading and heading in names.ancestors(code)]
