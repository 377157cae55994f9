"""Reading lessons: the gate, what is offered to whom and why, where it was cited."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case as SqlCase, Count, Q, QuerySet, Value, When

from taawun.cycle.models import CooperationRequest, Operation, settings_for, settings_of
from taawun.cycle.queries import operations_visible_to, provider_ids, requests_visible_to
from taawun.directory.roles import Role
from taawun.foundation.standing import standing
from taawun.lessons import matching, reasons
from taawun.lessons.matching import Facts
from taawun.lessons.models import Answer, Citation, Lesson, SimilarSeen
from taawun.lessons.workflow import INSIDE, OPEN, LessonState
from taawun.reference import names

POOL = 100  # lessons looked at for each thing in common; the newest first
CASES_SHOWN = 10
CITATIONS_SHOWN = 50
UNPUBLISHED = ("planning", "appraised")  # what an operation plans is its parties' own until it is agreed


# ── The gate ──


def lessons_visible_to(user: Any) -> QuerySet[Lesson]:
    """Lessons this person may know of: certified and retired ones are everybody's; a draft is its side's alone.

    That side is the provider at headquarters, its office in the operation's country, the organisation that drafted
    it, and its author.
    """
    who = standing(user)
    rows = Lesson.objects.all()
    if who.user_id is None:
        return rows.none()
    growing = rows.filter(state__in=INSIDE).order_by().values("pk")
    provider = growing.filter(provider_id__in=provider_ids(who))
    office = growing.filter(operation__country_office_id__in=who.holding(Role.COUNTRY_OFFICE))
    drafter = growing.filter(drafted_by_id__in=who.organisations)
    author = growing.filter(created_by_id=who.user_id)
    # Nearly all lessons are everybody's: only the few that grow go through the union.
    return rows.filter(Q(state__in=OPEN) | Q(pk__in=provider.union(office, drafter, author, all=True)))


def lessons_with_head(user: Any) -> QuerySet[Lesson]:
    """The same, with what the head of a lesson's page shows."""
    return lessons_visible_to(user).select_related("operation", "provider", "created_by__person")


def is_inside(lesson: Lesson, user: Any) -> bool:
    """Whether the person saw it grow: they alone read how a certified lesson came about."""
    who = standing(user)
    return (
        lesson.provider_id in provider_ids(who)
        or lesson.operation.country_office_id in who.holding(Role.COUNTRY_OFFICE)
        or lesson.drafted_by_id in who.organisations
        or lesson.created_by_id == who.user_id
    )


def lessons_of(operation: Operation, user: Any) -> list[Lesson]:
    """What an operation taught, as far as this person may see it."""
    return list(lessons_visible_to(user).filter(operation=operation).order_by("-pk"))


# ── What is offered ──


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
    """The certified lessons nearest to a request as it stands now; nothing is stored. Four SQL statements."""
    return _offers(facts_of_request(coop_request), settings_for(coop_request).lessons_offered)


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
    return _offers(facts, settings_for(operation).lessons_offered, own=operation.pk)


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


def _offers(wanted: Facts, limit: int, own: int | None = None) -> list[Offer]:
    candidates = {lesson.pk: lesson for lesson in _candidates(wanted) if lesson.operation_id != own}
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


def _candidates(wanted: Facts) -> Iterable[Lesson]:
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


# ── Seen at review ──


@dataclass(frozen=True)
class SimilarCase:
    """An earlier request or an operation that resembles a request."""

    case: CooperationRequest | Operation
    why: list[str]


def requests_to_compare(user: Any) -> QuerySet[CooperationRequest]:
    """The requests this person may know of, with what of them is compared."""
    return requests_visible_to(user).prefetch_related("outputs")


def similar_cases(coop_request: CooperationRequest, user: Any) -> list[SimilarCase]:
    """Earlier requests and operations of the same sector or country that this person may see, nearest first.

    A request that became an operation is shown as the operation. Two SQL statements besides the gates'.
    """
    requests = requests_visible_to(user).exclude(pk=coop_request.pk).exclude(state="confirmed")
    operations = operations_visible_to(user).exclude(coop_request_id=coop_request.pk)
    found = [*_nearest(operations, coop_request), *_nearest(requests, coop_request)]
    return [SimilarCase(case, _in_common(case, coop_request)) for case in found]


def _nearest(rows: QuerySet[Any], coop_request: CooperationRequest) -> list[Any]:
    same_sector = Q(sector_id=coop_request.sector_id) if coop_request.sector_id else Q(pk__in=[])
    same_country = Q(country_id=coop_request.country_id)
    near = SqlCase(
        When(same_sector & same_country, then=Value(3)), When(same_sector, then=Value(2)), default=Value(1)
    )
    return list(rows.filter(same_sector | same_country).order_by(near.desc(), "-pk")[:CASES_SHOWN])


def _in_common(case: Any, coop_request: CooperationRequest) -> list[str]:
    shared = []
    if case.sector_id and case.sector_id == coop_request.sector_id:
        shared.append({"slug": "same-sector", "value": case.sector_id})
    if case.country_id == coop_request.country_id:
        shared.append({"slug": "same-country", "value": case.country_id})
    return reasons.sentences(shared)


def seen_of(coop_request: CooperationRequest) -> SimilarSeen | None:
    """Who looked at what resembles the request, and when."""
    return SimilarSeen.objects.filter(coop_request=coop_request).select_related("seen_by__person").first()


def offers_seen(coop_request: CooperationRequest) -> list[Offer]:
    """The lessons that were looked at, as they were offered that day."""
    return _kept(Citation.objects.filter(coop_request=coop_request))


def _kept(citations: QuerySet[Citation]) -> list[Offer]:
    held = list(citations.select_related("lesson"))
    applied = applied_counts([citation.lesson_id for citation in held])
    return [Offer(c.lesson, c.rank, c.reasons, applied.get(c.lesson_id, 0)) for c in held]


# ── Citations ──


def citations_of(operation: Operation) -> list[Citation]:
    """The lessons offered to an operation with their answers, most relevant first: one SQL statement."""
    return list(Citation.objects.filter(operation=operation).select_related("lesson"))


def answers_of(operation: Operation) -> list[Citation]:
    """The answers given, for the ex-ante evaluation table and for the evaluation: one SQL statement."""
    return [citation for citation in citations_of(operation) if citation.answer]


def uses_of(lesson: Lesson, user: Any) -> list[Citation]:
    """Where a lesson was answered, in operations this person may see, the newest first."""
    seen = Citation.objects.filter(lesson=lesson, operation__in=operations_visible_to(user)).exclude(
        answer=""
    )
    return list(seen.select_related("operation").order_by("-answered_on", "-pk")[:CITATIONS_SHOWN])


def applied_counts(lesson_ids: list[int]) -> dict[int, int]:
    """How many operations applied each lesson, counting those whose ex-ante table is out: they were agreed."""
    applied = Citation.objects.filter(lesson_id__in=lesson_ids, answer=Answer.APPLIED)
    counted = (
        applied.exclude(operation__state__in=UNPUBLISHED)
        .order_by()
        .values("lesson_id")
        .annotate(n=Count("pk"))
    )
    return {row["lesson_id"]: row["n"] for row in counted} if lesson_ids else {}
