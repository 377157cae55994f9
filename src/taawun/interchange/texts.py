"""A text that stands in several languages: which of them a reader is shown."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import get_language


class Text(NamedTuple):
    """A text and its language, "" where the file names none."""

    text: str
    language: str


def best(words: Mapping[str, str], language: str | None = None) -> Text:
    """The text in the reader's language, else in English, else the first there is; empty where there is none."""
    asked = language or get_language() or "en"
    wanted = (asked, asked.split("-")[0], "en", "", *words)
    return next((Text(words[one], one) for one in wanted if words.get(one)), Text("", ""))


def others(words: Mapping[str, str]) -> list[Text]:
    """The same in the other languages."""
    shown = best(words)
    return [Text(text, language) for language, text in words.items() if text and language != shown.language]
