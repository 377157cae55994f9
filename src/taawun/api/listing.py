"""A list as programs read it: the rows of the page's gate, narrowed as the page narrows them, a stretch at a time."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, create_model

from taawun.api import cursors
from taawun.api.problems import misunderstood
from taawun.ui.asked import LONGEST_SEARCH, clean
from taawun.ui.lists import Filter, ListPage

USUAL, MOST = 25, 100  # rows in one answer
Rows = QuerySet[Any]
Dressed = Callable[[Rows], Rows]


class Asked(Schema):
    """What every list is asked."""

    cursor: str = Field(
        "", max_length=cursors.LONGEST, description="Where to go on: from `next` of the answer before."
    )
    limit: int = Field(USUAL, ge=1, le=MOST, description="How many rows at most.")


class Page(Schema):
    """A stretch of a list."""

    next: str | None = Field(description="The address of the next stretch; null at the end of the list.")


SEARCH = Field("", max_length=LONGEST_SEARCH, description="Words to be found in it.")


def asking(name: str, filters: Sequence[Filter], *, searched: bool = True) -> type[Asked]:
    """The parameters of a list: those of every list, and the filters of its page under their own names."""
    fields: dict[str, Any] = {one.name: _parameter(one) for one in filters}
    if searched:
        fields["q"] = (str, SEARCH)
    return create_model(name, __base__=Asked, **fields)


def _parameter(one: Filter) -> tuple[Any, Any]:
    """A filter whose choices stand in the program is one of them; any other is a word that is looked up."""
    told = f"Only those with this: {str(one.label).lower()}."
    if callable(one.choices):
        return str, Field("", max_length=200, description=told)
    return Literal[("", *(str(value) for value, _label in one.choices))], Field("", description=told)


def stretch(
    request: HttpRequest,
    asked: Asked,
    page: ListPage,
    told: Callable[[Any], Any],
    *,
    dressed: Dressed | None = None,
    rising: bool = False,
) -> dict[str, Any]:
    """The rows asked for of the list that the page shows, newest first (`rising`: by key), and where it goes on.

    `dressed`: what the answer needs of a row, where that is more than the page shows. One SQL statement, and those of
    `dressed`. Problem: a parameter or a value nobody knows, a cursor of another list.
    """
    given = given_in(request, asked)
    rows = narrowed(page, given).order_by("pk" if rising else "-pk")
    if asked.cursor:
        key = cursors.opened(request.path, asked.cursor, given)
        rows = rows.filter(**{"pk__gt" if rising else "pk__lt": key})
    held = list((dressed or page.dressed)(rows)[: asked.limit + 1])
    shown = held[: asked.limit]
    last = str(shown[-1].pk) if len(held) > len(shown) else ""
    return {"items": [told(row) for row in shown], "next": goes_on(request, last, given)}


def given_in(request: HttpRequest, asked: Schema) -> dict[str, str]:
    """What narrows a list, by parameter. Problem: a parameter that this list has not."""
    names = type(asked).model_fields.keys()
    unknown = [(name, _("There is no such parameter here.")) for name in request.GET if name not in names]
    values: dict[str, str] = {
        name: str(value) for name, value in asked if name not in Asked.model_fields and value
    }
    if "q" in values:
        values["q"] = clean(values["q"])
    unknown += [(name, _("There is no such value.")) for name in values if not values[name].isprintable()]
    if unknown:
        raise misunderstood(unknown)
    return values


def narrowed(page: ListPage, given: dict[str, str]) -> Rows:
    """The rows of the filters chosen. Problem: a value that the filter has not."""
    rows, unknown = page.queryset, []
    for one in page.filters:
        value = given.get(one.name, "")
        if value and value not in {option for option, _label in one.options()}:
            unknown.append((one.name, _("There is no such value.")))
        elif value:
            rows = one.narrow(rows, value)
    if unknown:
        raise misunderstood(unknown)
    return page.search(rows, given["q"]) if page.search and given.get("q") else rows


def goes_on(request: HttpRequest, last: str, given: dict[str, str]) -> str | None:
    """The address of the next stretch, after the row of this key; None where that was the last."""
    if not last:
        return None
    asked = QueryDict(mutable=True)
    asked.update({name: str(value) for name, value in request.GET.items() if name != "cursor"})
    asked["cursor"] = cursors.seal(request.path, last, given)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
