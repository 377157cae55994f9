"""What a figure is: its words, its rows, how one of them counts and why some are left out.

    define(Definition("operations", _("Operations"), says=_("Every operation …"), rows=operations_visible_to, …))

in the `ports.py` of the room that owns the rows. A figure is then asked for by its slug (`counting.figure`), and its
page is there: `/figures/operations/?country=country:KE`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Expression, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from taawun.kernel.definitions import Definitions
from taawun.reference.forms import code_choices, sort_key
from taawun.reference.names import code_name
from taawun.ui.lists import Column

UNSTATED = "none"  # how an address says: where this is not stated
Rows = QuerySet[Any]
By = str | Expression | F


@dataclass(frozen=True)
class Question:
    """Who asks, of which rows (through the gate, not narrowed), and the value the address gives, if any."""

    user: Any
    rows: Rows
    value: str


@dataclass(frozen=True)
class Shares:
    """A row that belongs to several codes, a percentage of it to each: an amount 40 % to Kenya counts 40 there.

    `relation`: the path to the rows that say so; `when`: which of them, by paths that begin with `relation`; `code`
    and `percent`: their columns. A row with no share counts whole where nothing is stated; what shares lack to a
    hundred is told as not shared out. `nearer`: shares that hold in place of these where a row has some (its own
    before those of what it is a part of); `when` then keeps these from such a row. `among(code)`: what holds of every
    row that counts for a code, where the database finds them sooner so. `whole`: the name of what is shared out, where
    several dimensions share out the same (sectors, and their categories): they are never asked for together.
    """

    relation: str
    code: str
    percent: str
    when: Q = field(default_factory=Q)
    nearer: "Shares | None" = None
    among: Callable[[str], Q] = lambda code: Q()
    whole: str = ""


@dataclass(frozen=True)
class Dimension:
    """Something the rows can be narrowed to and grouped by: a country, a state, a year.

    `by`: the column or expression. `choices(question)`: what can be asked for, as (value, words). `names(values)`:
    the words of values that were found, in the order they are told. `shares`: instead of `by`, where a row has several.
    """

    slug: str
    label: Any
    choices: Callable[[Question], Iterable[tuple[Any, Any]]]
    by: By = ""
    names: Callable[[Collection[Any]], Mapping[Any, Any]] = lambda values: {value: value for value in values}
    shares: Shares | None = None

    @property
    def alias(self) -> str:
        """What its value is called in a statement."""
        return f"of_{self.slug.replace('-', '_')}"


def by_name(names: Mapping[Any, str]) -> dict[Any, str]:
    """Names as a reader's alphabet sorts them."""
    return dict(sorted(names.items(), key=lambda one: sort_key(one[1])))


def code_dimension(slug: str, label: Any, code_list: str, by: By = "", **more: Any) -> Dimension:
    """A dimension whose values are codes of a list."""
    return Dimension(
        slug,
        label,
        choices=lambda question: code_choices(code_list, also=question.value or None),
        by=by,
        names=lambda values: by_name({value: code_name(value) for value in values}),
        **more,
    )


@dataclass(frozen=True)
class Count:
    """Each row counts one."""


@dataclass(frozen=True)
class Quantity:
    """Each row counts as much as a column says; `digits` after the point are shown."""

    value: By
    digits: int = 0


@dataclass(frozen=True)
class Amount:
    """Each row is money: an amount in a currency (a code's id).

    `of`: the column with the day of its rate, or with the year whose average rate holds; none: the day asked for.
    """

    amount: By
    currency: By
    of: By | None = None


@dataclass(frozen=True)
class Reason:
    """Why a row is left out: a slug for addresses, a sentence for readers, and which rows."""

    slug: str
    sentence: Any
    when: Q


@dataclass(frozen=True)
class Definition:
    """A figure that can be asked for.

    * `label`, `says`: its name, and in whole sentences what is counted and how.
    * `unit`: what is counted, in the plural ("operations"); of an amount, the currency is the unit.
    * `rows(user)`: the rows this person may see, through the gate of the room that owns them. `narrows`: the dimensions
      a gate can look within, each with its column; `rows(user, {column: value})` then lists no more than is asked for.
    * `columns`: of the table of its rows. `dressed`: what they need besides; not worked out for rows only counted.
    * `reasons`: tried in this order; a row is left out for the first that holds.
    * `origin`: where the rows come from.
    """

    slug: str
    label: Any
    says: Any
    unit: Any
    rows: Callable[..., Rows]
    columns: Sequence[Column]
    origin: Any
    dimensions: Sequence[Dimension] = ()
    counts: Count | Quantity | Amount = Count()
    reasons: Sequence[Reason] = ()
    dressed: Callable[[Rows], Rows] = lambda rows: rows
    order: str = "-pk"
    narrows: Mapping[str, str] = field(default_factory=dict)

    def dimension(self, slug: str) -> Dimension | None:
        """What it can be narrowed to and grouped by under this name."""
        return next((one for one in self.dimensions if one.slug == slug), None)

    def together(self, slugs: Iterable[str]) -> list[str]:
        """Those of these dimensions that can be asked for together: of several that share out one whole, the first."""
        kept: dict[str, str] = {}
        for one in (found for slug in slugs if (found := self.dimension(slug))):
            whole = one.shares.whole if one.shares else ""
            kept.setdefault(whole or one.slug, one.slug)
        return list(kept.values())

    def seen_by(self, user: Any, filters: Mapping[str, str]) -> Rows:
        """The rows this person may see; no more than these filters ask for where the gate can look within them."""
        asked = [(name, filters[name]) for name in self.narrows if filters.get(name, UNSTATED) != UNSTATED]
        return (
            self.rows(user, {self.narrows[name]: value for name, value in asked})
            if asked
            else self.rows(user)
        )

    @property
    def adds(self) -> bool:
        """Whether it is a sum, and not a count of rows."""
        return not isinstance(self.counts, Count)

    @property
    def is_money(self) -> bool:
        """Whether it is a sum of money, which needs a currency."""
        return isinstance(self.counts, Amount)


NO_RATE_SENTENCE = _("There is no exchange rate for it.")
_figures: Definitions[Definition] = Definitions()
# Let a figure be asked for and opened: called by the room that owns its rows. The figure of a name, or none.
define, forget, definition_of = _figures.define, _figures.forget, _figures.named


def definitions() -> list[Definition]:
    """Every figure, in the order of their names in the reader's language."""
    return sorted(_figures.all(), key=lambda one: str(one.label))
