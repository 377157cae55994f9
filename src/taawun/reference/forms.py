"""Choosing a code: the options sorted as the reader's language sorts them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from django import forms
from django.utils.translation import get_language

from taawun.foundation import clock
from taawun.reference import names
from taawun.reference.names import sort_key

Choice = tuple[str, str]
MOST_KEPT = 50
_SORTED: WeakKeyDictionary[names.Listing, dict[Any, list[Choice]]] = WeakKeyDictionary()


def code_choices(list_slug: str, *, also: str | None = None, on: date | None = None) -> list[Choice]:
    """The codes of a list that can be chosen on a day (today), each with its name in the reader's language.

    `also` keeps a code the record holds already, though it has been withdrawn since.
    """
    listing = names.known().get(list_slug, names.Listing())
    return list(_sorted_choices(listing, get_language() or "", on or clock.today(), also))


def _sorted_choices(listing: names.Listing, language: str, day: date, also: str | None) -> list[Choice]:
    """Sorting a long list takes longer than a page should: done once a language and day for each loaded list."""
    held = _SORTED.setdefault(listing, {})
    key = (language, day, also)
    if key not in held:
        if len(held) > MOST_KEPT:
            held.clear()
        offered = [one.id for one in listing.entries.values() if one.valid_on(day) or one.id == also]
        choices = [(code_id, names.code_name(code_id)) for code_id in offered]
        held[key] = sorted(choices, key=lambda choice: sort_key(choice[1])) if listing.by_name else choices
    return held[key]


def grouped_choices(
    list_slug: str, *, also: str | None = None, on: date | None = None
) -> list[tuple[str, list[Choice]]]:
    """The same under headings: each code stands under the nearest code above it that is in another list.

    Purpose codes stand under their sector, countries under their region; headings in the order they are met.
    """
    groups: dict[str, list[Choice]] = {}
    for choice in code_choices(list_slug, also=also, on=on):
        above = (code_id for code_id in names.ancestors(choice[0]) if code_id.partition(":")[0] != list_slug)
        groups.setdefault(next(above, ""), []).append(choice)
    return [(names.code_name(heading), choices) for heading, choices in groups.items()]


def _options(list_slug: str, grouped: bool, also: str | None) -> list[Any]:
    offer = grouped_choices if grouped else code_choices
    return [("", ""), *offer(list_slug, also=also)]


class CodeSelect(forms.Select):
    """Options lacking a name in the reader's language stand in English, and are marked as English."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        language = names.name_of(str(value)).language if value else get_language()
        if language != get_language():
            option["attrs"]["lang"] = language
        return option


class CodeField(forms.ChoiceField):
    """A choice from a code list; its cleaned value is the code's id (`country:MM`), or None.

    The options are worked out when the form is shown or checked, in the language of who reads it.
    """

    widget = CodeSelect

    def __init__(self, list_slug: str, *, grouped: bool = False, **kwargs: Any) -> None:
        self.list_slug, self.grouped = list_slug, grouped
        super().__init__(choices=partial(_options, list_slug, grouped, None), **kwargs)

    def keep(self, code_id: str | None) -> None:
        """Go on offering the code a record holds, though it has been withdrawn since."""
        self.choices = partial(_options, self.list_slug, self.grouped, code_id)

    def clean(self, value: Any) -> str | None:
        return super().clean(value) or None
