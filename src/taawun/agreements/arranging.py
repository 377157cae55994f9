"""The clauses of a form put in another order by its buttons, as they were typed: nothing is judged, nothing is lost."""

from typing import Any

from django.http import QueryDict

from taawun.agreements.composing import is_untranslated
from taawun.agreements.translating import Texts
from taawun.agreements.version_forms import MOST_CLAUSES
from taawun.cycle.models import LANGUAGES
from taawun.foundation.answers import whole
from taawun.kernel.clause_lists import fresh_key, moved, place_for
from taawun.kernel.clauses import Clause, cut, keyed

NAMES = ("key", "origin", "title", "text")
Row = dict[str, str]
Lists = dict[str, list[Row]]


def prefix_of(language: str) -> str:
    """The names of the fields of a language's clauses begin with it."""
    return f"clauses-{language}"


def arranged(typed: QueryDict, composed: Texts) -> QueryDict:
    """What was typed after the act its button names (`up:fr:2`, `put:fr:taxes`…); `composed`: the agency's clauses.

    An act that is not understood changes nothing.
    """
    act, _colon, rest = typed.get("arrange", "").partition(":")
    language, _colon, what = rest.partition(":")
    lists = {code: rows_in(typed, code) for code, _name in LANGUAGES}
    if act in ACTS and language in lists:
        lists = ACTS[act](lists, language, what, composed)
    return _with(typed, lists)


def rows_in(typed: QueryDict, language: str) -> list[Row]:
    """The clauses of a language as they were typed."""
    prefix = prefix_of(language)
    total = min(whole(typed.get(f"{prefix}-TOTAL_FORMS"), 0), MOST_CLAUSES + 5)
    return [{name: typed.get(f"{prefix}-{n}-{name}", "") for name in NAMES} for n in range(total)]


def _with(typed: QueryDict, lists: Lists) -> QueryDict:
    data = typed.copy()
    for language, rows in lists.items():
        prefix = prefix_of(language)
        for name in [one for one in data if one.startswith(f"{prefix}-")]:
            del data[name]
        for count in ("TOTAL_FORMS", "INITIAL_FORMS"):
            data[f"{prefix}-{count}"] = str(len(rows))
        for n, row in enumerate(rows):
            for name, value in row.items():
                data[f"{prefix}-{n}-{name}"] = value
    return data


def with_clauses(typed: QueryDict) -> QueryDict:
    """What was typed when each version was one text (a draft of before): its texts read as clauses."""
    if any(f"{prefix_of(code)}-TOTAL_FORMS" in typed for code, _name in LANGUAGES):
        return typed
    lists: Lists = {code: [] for code, _name in LANGUAGES}
    for n in range(len(LANGUAGES)):
        language, text = typed.get(f"versions-{n}-language", ""), typed.get(f"versions-{n}-text", "")
        if language in lists:
            lists[language] = [row_of(one) for one in keyed(cut(text))]
    return _with(typed, lists)


def row_of(clause: Clause) -> Row:
    """A clause as its form holds it."""
    return {name: getattr(clause, name) for name in NAMES}


def _key(row: Row) -> str:
    return row["key"]


def _move(step: int) -> Any:
    return lambda lists, language, what, composed: moved(lists, language, whole(what, -1), step, _key)


def _out(lists: Lists, language: str, what: str, composed: Texts) -> Lists:
    place = whole(what, -1)
    rows = [row for n, row in enumerate(lists[language]) if n != place]
    return lists | {language: rows}


def _new(lists: Lists, language: str, what: str, composed: Texts) -> Lists:
    """A new clause stands at the end in every language, under one key."""
    if any(len(rows) >= MOST_CLAUSES for rows in lists.values()):
        return lists
    taken = {_key(row) for rows in lists.values() for row in rows}
    taken |= {clause.key for clauses in composed.values() for clause in clauses}
    blank = row_of(Clause(key=fresh_key(taken)))
    return {code: [*rows, dict(blank)] for code, rows in lists.items()}


def _put(lists: Lists, language: str, what: str, composed: Texts) -> Lists:
    """A clause that this language lacks and another has, or that the agency has now, at its place."""
    rows = lists[language]
    others = [[_key(row) for row in one] for code, one in lists.items() if code != language]
    others.append([one.key for one in composed.get(language, [])])
    known = any(what in keys for keys in others) and what not in [_key(row) for row in rows]
    if not known or len(rows) >= MOST_CLAUSES:
        return lists
    place = place_for(what, [_key(row) for row in rows], others)
    row = _composed_row(what, language, composed) or row_of(Clause(key=what))
    return lists | {language: [*rows[:place], row, *rows[place:]]}


def _anew(lists: Lists, language: str, what: str, composed: Texts) -> Lists:
    """The agency's clause as it reads now, in the place of what stood there."""
    place = whole(what, -1)
    rows = [
        (_composed_row(_key(row), language, composed) or row) if n == place else row
        for n, row in enumerate(lists[language])
    ]
    return lists | {language: rows}


def _composed_row(key: str, language: str, composed: Texts) -> Row | None:
    for one in composed.get(language, []):
        if one.key == key and not is_untranslated(one.text, language):
            return row_of(one)
    return None


ACTS: dict[str, Any] = {
    "up": _move(-1),
    "down": _move(1),
    "out": _out,
    "new": _new,
    "put": _put,
    "anew": _anew,
}
