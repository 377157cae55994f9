"""Keeping the index current: after what the record tells, and as a whole."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from taawun.foundation import clock
from taawun.foundation.models import AuditEvent
from taawun.foundation.readable import SEARCHABLE, Searchable
from taawun.search.models import Mark, SearchText
from taawun.search.writing import alone, write

RECORD, WHOLE, GROWN = "record", "whole", "grown"
SOME = 200  # objects of one transaction
# Keys of entries are given before they are committed: so many back are looked at again for what came late.
BACK = 10_000
BACK_GROWN = 1_000  # the same of objects that come without an entry
Told = Callable[[str, int], None]


def catch_up() -> int:
    """Write anew what the acts since last time were done to; how many texts changed. The first time, everything.

    Costs whoever acts nothing: the record itself says what to look at. Safe beside another, and to run twice.
    """
    if not Mark.objects.filter(name=RECORD).exists():
        return _begin()
    with transaction.atomic():
        alone()
        mark = Mark.objects.select_for_update().get(name=RECORD)
        settled = _settled()
        if (
            settled < mark.settled
        ):  # another database, restored from this one's rows: its transactions count anew
            mark.settled = 0
        touched: dict[str, set[int]] = defaultdict(set)
        for pk, kind, subject_id in _since(mark):
            mark.last = max(mark.last, pk)
            touched[kind].add(subject_id)
        changed = sum(_write_of(kind, ids) for kind, ids in touched.items())
        changed += sum(_grown(each) for each in SEARCHABLE.values() if each.grows)
        mark.settled, mark.moved_at = settled, clock.now()
        mark.save()
    return changed


def _begin() -> int:
    """Everything, then the record from where it stood before."""
    settled, last = _settled(), AuditEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    changed = rebuild()
    Mark.objects.get_or_create(name=RECORD, defaults={"last": last, "settled": settled})
    return changed


def _settled() -> int:
    """The first transaction that is not over: what earlier ones wrote is all to be seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def _since(mark: Mark) -> Iterable[tuple[int, str, int]]:
    """The entries of transactions that were not over last time; some of them were seen then, and are seen again."""
    events = AuditEvent.objects.filter(pk__gt=max(0, mark.last - BACK), transaction_id__gte=mark.settled)
    return events.order_by("pk").values_list("pk", "kind", "subject_id")


def _write_of(kind: str, ids: set[int]) -> int:
    return sum(
        _write(each, list(rows))
        for each in SEARCHABLE.values()
        if kind == each.slug or kind in each.about or each.touched
        for rows in _chunks(_ids_of(each, kind, ids))
    )


def _grown(each: Searchable) -> int:
    """Write what came without an entry in the record, some hundreds at a time."""
    mark, _made = Mark.objects.get_or_create(name=f"{GROWN}:{each.slug}")
    kept = SearchText.objects.filter(kind=each.slug, object_id=OuterRef("pk"))
    come = each.grows().filter(~Exists(kept), pk__gt=mark.last - BACK_GROWN) if each.grows else kept.none()
    ids = list(come.order_by("pk").values_list("pk", flat=True)[:SOME])
    if not ids:
        return 0
    mark.last, mark.moved_at = max(mark.last, ids[-1]), clock.now()
    mark.save()
    return _write(each, ids)


def _ids_of(each: Searchable, kind: str, ids: set[int]) -> list[int]:
    """Its objects these cases touch, those that are kept and gone by now too."""
    found = set(each.of(kind, ids).values_list("pk", flat=True))
    return sorted(found | ids if kind == each.slug else found)


def _write(each: Searchable, ids: list[int]) -> int:
    return write(each, each.model._default_manager.filter(pk__in=ids).order_by("pk"), ids)


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), SOME):
        yield ids[start : start + SOME]


def rebuild(*, told: Told | None = None, anew: bool = False) -> int:
    """Look at every object of every room and write what differs; how many texts changed.

    It goes on where an earlier one was stopped; `anew` begins at the beginning and empties the index first. `told` is
    called with the kind and the last key after each piece. What is gone is taken out.
    """
    if anew:
        _forget_everything()
    return sum(_whole(each, told) for each in SEARCHABLE.values()) + _without_kind()


def _whole(each: Searchable, told: Told | None) -> int:
    mark, _made = Mark.objects.get_or_create(name=f"{WHOLE}:{each.slug}")
    changed = 0
    while ids := _next(each, mark.last):
        changed += _piece(each, mark, ids)
        if told:
            told(each.slug, ids[-1])
    Mark.objects.filter(pk=mark.pk).delete()  # whole: the next one begins at the beginning
    return changed


def _piece(each: Searchable, mark: Mark, ids: list[int]) -> int:
    with transaction.atomic():
        changed = _write(each, ids)
        mark.last, mark.moved_at = ids[-1], clock.now()
        mark.save()
    return changed


def _next(each: Searchable, last: int) -> list[int]:
    """The next keys, in order: of what there is, and of what is kept."""
    there = each.model._default_manager.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:SOME]
    kept = SearchText.objects.filter(kind=each.slug, object_id__gt=last).order_by("object_id")
    return sorted({*there, *kept.values_list("object_id", flat=True)[:SOME]})[:SOME]


def _without_kind() -> int:
    """What a room kept that this release knows no more."""
    _rows, gone = SearchText.objects.exclude(kind__in=list(SEARCHABLE)).delete()
    return gone.get(SearchText._meta.label, 0)


def _forget_everything() -> None:
    Mark.objects.filter(name__startswith=WHOLE).delete()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_searchtext, search_textmeaning, search_term")


def how_far() -> dict[str, Any]:
    """What an administrator asks: how many texts, how many entries of the record are not looked at yet."""
    mark = Mark.objects.filter(name=RECORD).first()
    newest = AuditEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    return {
        "texts": SearchText.objects.count(),
        "behind": newest - (mark.last if mark else 0),
        "since": mark.moved_at if mark else None,
    }
