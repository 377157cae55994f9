"""The port of texts: what each room holds that may be found by its words, supplied to the room that finds.

    @searchable("lesson", label=…, model=Lesson, visible_to=lessons_visible_to)
    def texts(lessons: QuerySet[Lesson]) -> Iterable[Readable]:
        …

in a room's `ports.py`. A text must hold nothing that its own page would hide from anybody who passes `visible_to`: a
gate opens the whole of it, and what is found is shown in its context.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

MOST_TEXT = 100_000  # letters of a body that are kept and found

Texts = Callable[[QuerySet[Any]], Iterable["Readable"]]


@dataclass(frozen=True)
class Readable:
    """An object's text in one language. `day`: the date it is known by; country, sector, modality: codes' ids.

    `names`: of the organisations it names, each by language. It is found by all of them and shows one.
    """

    object_id: int
    address: str
    language: str
    title: str
    body: str = ""
    names: tuple[Mapping[str, str], ...] = ()
    code: str = ""
    country: str = ""
    sector: str = ""
    modality: str = ""
    state: str = ""
    day: date | None = None

    @property
    def text(self) -> str:
        """All it is found by below its title."""
        return joined(self.body, *(name for each in self.names for name in each.values()))


Cases = Mapping[str, Any]  # the keys of the cases one may see, by kind: what may stand behind `__in`


def either(ways: Sequence[QuerySet[Any, Any]], cases: Cases | None, *, all: bool = False) -> QuerySet[Any]:
    """The objects that any of the ways (keys of one model) lets pass.

    A page lists keys, each way's from an index of its own (`all`: without comparing them). Where `cases` are at hand,
    the statement asks about single objects: each is held against all ways.
    """
    first, *others = ways
    if cases is None:
        return first.model._default_manager.filter(pk__in=first.union(*others, all=all))
    return reduce(or_, others, first)


@dataclass(frozen=True)
class Searchable:
    """A kind of text: its name, its model, its gate, who tells its texts.

    `visible_to(user)` depends on nothing but who the user stands for and the day. Where `by_cases`, the gate takes
    `cases` too, and lets the same pass: the statement of search works them out once for all kinds.
    `open_to_all`: whoever is signed in reads every one of them, so that they tell nothing of how much somebody sees.
    `one_by_one`: it is asked about each text found, for to list what it lets pass costs more.

    `grows` gives the objects that come without an entry in the record and stay as they were made: the newest are
    looked at each time.

    `about` names the kinds of case it hangs on, each with the column that holds the key, or the condition under which
    acts on some cases touch it: what is done to an operation may change the texts of its meetings.
    `touched(kind, ids)` says the same of every kind, nothing where acts on a kind touch none of its objects.
    `states` are the names of its states.
    """

    slug: str
    label: Any
    model: Any
    visible_to: Callable[..., QuerySet[Any]]
    texts: Texts
    by_cases: bool = False
    one_by_one: bool = False
    open_to_all: bool = False
    grows: Callable[[], QuerySet[Any]] | None = None
    touched: Callable[[str, Iterable[int]], Q | None] | None = None
    about: Mapping[str, str | Callable[[Iterable[int]], Q]] = field(default_factory=dict)
    states: dict[str, Any] = field(default_factory=dict)

    def of(self, kind: str, ids: Iterable[int]) -> QuerySet[Any]:
        """Its objects that an act on these cases may have changed."""
        rows: QuerySet[Any] = self.model._default_manager.order_by("pk")
        if self.touched:
            condition = self.touched(kind, ids)
            return rows.filter(condition) if condition else rows.none()
        hangs = self.about.get(kind, "pk" if kind == self.slug else "")
        if callable(hangs):
            return rows.filter(hangs(ids))
        return rows.filter(**{f"{hangs}__in": ids}) if hangs else rows.none()


SEARCHABLE: dict[str, Searchable] = {}


def searchable(slug: str, **kwargs: Any) -> Callable[[Texts], Texts]:
    """Supply the texts of a kind: the function gets some of its objects and yields what may be found of each."""

    def register(texts: Texts) -> Texts:
        if slug in SEARCHABLE:
            raise ValueError(f"“{slug}” has a provider already.")
        SEARCHABLE[slug] = Searchable(slug=slug, texts=texts, **kwargs)
        return texts

    return register


def joined(*texts: Any) -> str:
    """Texts of an object one below the other, without those that say nothing."""
    return "\n".join(str(text).strip() for text in texts if text and str(text).strip())[:MOST_TEXT]
