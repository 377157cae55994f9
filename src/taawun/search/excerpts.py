"""Words found, shown where they stand: a title whole, a text by the stretch that has most of them. Escaped, marked."""

from bisect import bisect_left
from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from taawun.kernel.analysis import TOKEN, analyse, terms_of
from taawun.kernel.asking import Question, found_in
from taawun.search.models import SearchText

READ = 20_000  # letters of a text in which the words are looked for
SHOWN, BEFORE = 260, 60

Span = tuple[int, int]


def marked(text: str, language: str, question: Question) -> SafeString:
    """The whole of a short text, the words found marked."""
    return _marked(text, spans_in(text, language, question))


def excerpt(text: str, language: str, question: Question) -> SafeString:
    """The stretch of a text with most of the words found; its beginning where it has none of them."""
    text = " ".join(text.split("\n"))
    spans = spans_in(text, language, question)
    start, end = _stretch(text, spans)
    shown = _marked(text[start:end], [(a - start, b - start) for a, b in spans if start <= a and b <= end])
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")


def context(text: SearchText, language: str, question: Question) -> SafeString:
    """The stretch of a text with most of the words found. An organisation is named in the reader's language; in
    another one too where only that name has the words.
    """
    names = (_named(each, language, question) for each in text.names)
    return excerpt("\n".join((text.body[:READ], *names)).strip(), language, question)


def _named(names: Mapping[str, str], language: str, question: Question) -> str:
    shown = names.get(get_language() or "en") or names.get("en") or next(iter(names.values()), "")
    if spans_in(shown, language, question):
        return shown
    other = next((name for name in names.values() if spans_in(name, language, question)), "")
    return f"{shown} ({other})" if other else shown


def spans_in(text: str, language: str, question: Question) -> list[Span]:
    """Where the words of a question stand in a text."""
    single = {way[0] for word in question.sought for way in word.ways if len(way) == 1 and not word.begins}
    known: dict[str, list[Span]] = {}
    spans: list[Span] = []
    for token in TOKEN.finditer(text):
        written = token.group()
        if written not in known:
            known[written] = _in_token(written, language, question, single)
        spans += [(token.start() + a, token.start() + b) for a, b in known[written]]
    return spans


def _in_token(written: str, language: str, question: Question, single: set[str]) -> list[Span]:
    """What is written together is looked at once: no way of a word goes beyond it."""
    if written.isascii() and written.isalnum():
        return [(0, len(written))] if single & terms_of(written.lower(), language) else []
    return found_in(analyse(written, language), question.sought)


def _stretch(text: str, spans: list[Span]) -> Span:
    if not spans or len(text) <= SHOWN:
        return 0, _space(text, SHOWN)
    starts = [start for start, _end in spans]
    best = max(
        enumerate(spans),
        key=lambda each: (bisect_left(starts, each[1][0] + SHOWN - BEFORE) - each[0], -each[0]),
    )[1]
    start = 0 if best[0] <= BEFORE else text.find(" ", best[0] - BEFORE, best[0]) + 1 or best[0]
    return start, _space(text, start + SHOWN)


def _space(text: str, end: int) -> int:
    """The last space before a place, so that no word is cut; Japanese has none."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - 40, end)
    return space if space > 0 else end


def _marked(text: str, spans: list[Span]) -> SafeString:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [(text[at:start], text[start:end])]
        at = end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[at:])
