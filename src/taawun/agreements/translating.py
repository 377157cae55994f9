"""A text in several languages, clause by clause: what is written, what is not translated and stands in another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from taawun.agreements.composing import is_untranslated, language_of, unmarked, untranslated
from taawun.kernel.clauses import Clause, keyed, numbered

Texts = dict[str, list[Clause]]


def source_of(key: str, language: str, texts: Texts, order: Iterable[str]) -> tuple[str, Clause] | None:
    """The clause that stands where this language has none: the prevailing language's, else another's that has it."""
    if not key:
        return None
    for code in order:
        for clause in texts.get(code, []) if code != language else []:
            if clause.key == key and clause.text:
                return code, clause
    return None


def completed(texts: Texts, order: Sequence[str], known: Texts) -> Texts:
    """The texts as they are kept. What was left blank stands in another language and bears the mark.

    `order`: the languages to look in, the prevailing one first; `known`: what stood there before, where none has it.
    A blank clause that stands nowhere is none.
    """
    return {
        language: numbered(keyed(list(_completed(language, clauses, texts, order, known.get(language, [])))))
        for language, clauses in texts.items()
    }


def _completed(
    language: str, clauses: list[Clause], texts: Texts, order: Sequence[str], known: list[Clause]
) -> Iterator[Clause]:
    marked = {one.key: one for one in known if one.key and is_untranslated(one.text, language)}
    for clause in clauses:
        if clause.text:
            yield clause
        elif found := source_of(clause.key, language, texts, order):
            code, source = found
            text = f"{untranslated(language, code)}\n{source.text}"
            yield replace(clause, title=clause.title or source.title, text=text, origin="")
        elif clause.key in marked:
            held = marked[clause.key]
            yield replace(clause, title=clause.title or held.title, text=held.text, origin="")
        elif clause.title:
            yield clause


def to_write(clauses: Iterable[Clause], language: str, others: Texts) -> list[Clause]:
    """A text as its form asks for it: what is not translated is blank, to be written."""
    titles = {(one.key, one.title) for code, text in others.items() if code != language for one in text}
    return [_blank(one, titles) if is_untranslated(one.text, language) else one for one in clauses]


def _blank(clause: Clause, titles: set[tuple[str, str]]) -> Clause:
    title = "" if (clause.key, clause.title) in titles else clause.title
    return replace(clause, title=title, text="", origin="")


def under_keys(clauses: Sequence[Clause], composed: Sequence[Clause]) -> list[Clause]:
    """Clauses read from a whole text take the keys of the agency's clauses of the same title."""
    taken = {one.key for one in clauses}
    named = {" ".join(one.title.split()).casefold(): one.key for one in composed if one.title}
    found = []
    for clause in clauses:
        key = named.get(" ".join(clause.title.split()).casefold(), "")
        if clause.key.startswith("clause-") and key and key not in taken:
            taken.add(key)
            clause = replace(clause, key=key)
        found.append(clause)
    return found


def is_anew(clause: Clause, composed: Clause | None, language: str) -> bool:
    """Whether the agency's clause says something else now than when this one was composed of it."""
    if composed is None or is_untranslated(composed.text, language):
        return False
    if not clause.text:
        return True
    same = [" ".join(clause.title.split()), *clause.text.split()] == [
        " ".join(composed.title.split()),
        *composed.text.split(),
    ]
    return bool(clause.origin) and clause.origin != composed.origin and not same


@dataclass(frozen=True)
class Shown:
    """A clause as a paper shows it: what is not translated under its mark, in the language it stands in."""

    key: str
    heading: str
    mark: str
    text: str
    language: str


def shown(clauses: Iterable[Clause], language: str) -> list[Shown]:
    """The clauses of a paper in one language."""
    found = []
    for one in clauses:
        stands_in = language_of(one.text, language)
        mark = untranslated(language, stands_in) if stands_in != language else ""
        heading = f"{one.number}. {one.title}" if one.title else ""
        found.append(Shown(one.key, heading, mark, unmarked(one.text) if mark else one.text, stands_in))
    return found
