"""The search page: what was asked, what is found of it, how it can be narrowed, and what can be tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.foundation import clock
from taawun.foundation.readable import SEARCHABLE
from taawun.kernel.asking import Question
from taawun.reference.names import code_name
from taawun.search.close import beside
from taawun.search.excerpts import context, marked
from taawun.search.finding import Found, find, texts_of
from taawun.search.models import SavedSearch, SearchText
from taawun.search.saved import new_in, saved_by
from taawun.search.statement import FACETS
from taawun.ui import words

ON_A_PAGE, LONGEST, SHOWN = 20, 200, 12
EARLIER = 5  # years offered before those counted
LABELS = {
    "kind": gettext_lazy("Kind"),
    "state": gettext_lazy("State"),
    "country": gettext_lazy("Country"),
    "sector": gettext_lazy("Sector"),
    "year": gettext_lazy("Year"),
    "language": gettext_lazy("Language"),
}


@dataclass(frozen=True)
class Asked:
    """What an address asks for; what it cannot mean is left out."""

    q: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    page: int = 1
    left_out: bool = False

    def address(self, **changes: Any) -> str:
        """The same with other choices, from its first page."""
        values = {"q": self.q, **self.chosen, **changes}
        return "?" + urlencode({name: value for name, value in values.items() if value})


def asked_in(params: Mapping[str, str]) -> Asked:
    """Read the address: the words, the facets chosen, the page."""
    given = {name: params.get(name, "") for name in FACETS if params.get(name)}
    chosen = {name: value for name, value in given.items() if _is_known(name, value)}
    number = params.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
    return Asked(params.get("q", "").strip()[:LONGEST], chosen, max(1, page), chosen != given)


def _is_known(name: str, value: str) -> bool:
    if name == "kind":
        return value in SEARCHABLE
    if name == "year":
        return value.isascii() and value.isdigit() and len(value) == 4
    return len(value) <= 120 and "\0" not in value


def address_of(query: str) -> str:
    """What may be kept of an address somebody sends: what it asks for, its page left out."""
    return asked_in(dict(parse_qsl(query.removeprefix("?")))).address().removeprefix("?")


def page_for(user: Any, asked: Asked) -> dict[str, Any]:
    """The search page: some ten SQL statements, however much is found; two more where a model is switched on."""
    found = find(user, asked.q, asked.chosen)
    both = beside(user, asked.q, asked.chosen, found)
    pages = max(1, -(-len(both.hits) // ON_A_PAGE))
    page = min(asked.page, pages)
    shown = texts_of(both.hits[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    return {
        "asked": asked,
        "count": words.figure(found.total),
        "total": found.total,
        "is_all": found.is_all,
        "most": words.figure(len(found.hits)) if found.total > len(found.hits) else "",
        "close": len(both.close),
        "results": [
            {**_line(text, found.question), "is_close": (text.kind, text.object_id) in both.close}
            for text in shown
        ],
        "instead": [(word, words.listed(near)) for word, near in found.instead.items()],
        "facets": _facets(found, asked),
        "chosen": [
            (LABELS[name], _told(name, value, asked), asked.address(**{name: ""}))
            for name, value in asked.chosen.items()
        ],
        "page": page,
        "pages": [(number, asked.address(page=number)) for number in range(1, pages + 1)]
        if pages > 1
        else [],
        "earlier": asked.address(page=page - 1) if page > 1 else "",
        "later": asked.address(page=page + 1) if page < pages else "",
        "clear": asked.address(**dict.fromkeys(FACETS, "")),
        "saved": saved_of(user),
        "kinds": words.listed(str(each.label) for each in SEARCHABLE.values()),
    }


def _line(text: SearchText, question: Question) -> dict[str, Any]:
    """A result: the words found marked in its title and in the stretch of its text that has most of them."""
    language = text.language.partition("-")[0]
    return {
        "address": text.address,
        "kind": SEARCHABLE[text.kind].label,
        "code": text.code,
        "country": code_name(text.country) if text.country else "",
        "day": text.day,
        "state": SEARCHABLE[text.kind].states.get(text.state, ""),
        "language": text.language,
        "title": marked(text.title, language, question),
        "context": context(text, language, question),
    }


def _facets(found: Found, asked: Asked) -> list[dict[str, Any]]:
    """What the results can be narrowed by; states only within one kind, for each has its own."""
    one_kind = len(found.facets.get("kind", [])) == 1
    names = [name for name in LABELS if name not in asked.chosen and (name != "state" or one_kind)]
    told = [(name, _values(found, name)) for name in names]
    kind = found.facets["kind"][0][0] if one_kind else ""
    return [
        {
            "label": LABELS[name],
            "values": [
                (
                    _told(name, value, asked, kind),
                    words.figure(number) if number else "",
                    asked.address(**{name: value}),
                )
                for value, number in values[:SHOWN]
            ],
        }
        for name, values in told
        if len(values) > 1
    ]


def _values(found: Found, name: str) -> list[tuple[str, int]]:
    """What was counted; of the newest alone, the years before them too, of which there is no number.

    These are years of the calendar and not of the texts: which years others have texts of is not told.
    """
    values = found.facets.get(name, [])
    if found.is_all or name != "year":
        return values
    earliest = min((int(year) for year, _number in values), default=clock.today().year + 1)
    return [*values, *((str(earliest - back), 0) for back in range(1, EARLIER + 1))]


def _told(name: str, value: str, asked: Asked, kind: str = "") -> str:
    if name == "kind":
        return str(SEARCHABLE[value].label)
    if name in ("country", "sector"):
        return code_name(value)
    if name == "language":
        return _language(value)
    if name == "state":
        each = SEARCHABLE.get(kind or asked.chosen.get("kind", ""))
        return str(each.states.get(value, value)) if each else value
    return value


def _language(code: str) -> str:
    """A language by its own name, where the interface knows it; else as the code lists call it."""
    try:
        return words.own_name(code)
    except KeyError:
        return code_name(f"language:{code}")


def saved_of(user: Any) -> list[dict[str, Any]]:
    """The searches a person keeps, and how much each finds that is new: two SQL statements, one where none is kept."""
    held: list[SavedSearch] = list(saved_by(user))
    fresh = new_in(user, held)
    return [
        {
            "name": each.name,
            "new": fresh.get(each.pk, 0),
            "run": reverse("search-run", args=[each.pk]),
            "forget": reverse("search-forget", args=[each.pk]),
        }
        for each in held
    ]


def refusal() -> str:
    """Why one more search cannot be kept."""
    return _("You keep as many searches as one may keep. Forget one first.")
