"""Texts of any language as the terms they are found by, and what somebody typed as a question to them.

A word becomes its stem (French, English, Spanish, Portuguese, Arabic), then loses accents and Arabic marks: stemmed as
it is written, and as it is written without them, so that *sante* finds *santé*. Japanese and Chinese are cut into pairs
of signs. A code (JP-2026-PRJ-0001) is a term of its own, and so is each of its parts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import Stemmer

DATA = Path(__file__).parent / "data"
NOTHING: frozenset[str] = frozenset()
LONGEST = 60  # letters of a term; what is longer is no word and is cut

LATIN = ("en", "fr", "es", "pt")
STEMMERS = {code: Stemmer.Stemmer(code) for code in (*LATIN, "ar")}

MARKS = "".join(chr(n) for n in range(0x300, 0x11000) if unicodedata.category(chr(n)) in ("Mn", "Mc"))
JOINTS = "-\u2010\u2011\u2013\uff0d/.:"
TOKEN = re.compile(rf"[\w{MARKS}]+(?:[{JOINTS}][\w{MARKS}]+)*")
PART = re.compile(rf"(?:(?!_)[\w{MARKS}])+")
ARABIC = re.compile("[\u0600-\u06ff]")
# Kana, ideographs, half-width kana: written without spaces between words.
SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
SIGNS = re.compile(f"[{SIGN}]+")
STRETCH = re.compile(f"[{SIGN}]+|[^{SIGN}]+")

ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None}
)
DIGITS = str.maketrans({chr(start + n): str(n) for start in (0x660, 0x6F0) for n in range(10)})
ARTICLE = re.compile("^(?:[وفبك]?ال|[وف]?لل)(?=..)")
# Endings the stemmers of these languages leave as they are: reuniões as reunião, voces as voz.
ENDINGS = {
    "pt": [(re.compile("(?<=..)(?:õe|oe|ãe)s$"), "ão"), (re.compile("(?<=..)ao$"), "ão")],
    "es": [(re.compile("(?<=.)ces$"), "z")],
}


class Word(NamedTuple):
    """A word of a text: where it stands (signs of the text, its place among the words) and its terms."""

    start: int
    end: int
    place: int
    terms: frozenset[str]


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    """Lower case, without accents or Arabic marks; letters written one for another written one way."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Cf"))
    return unicodedata.normalize("NFC", plain.translate(ARABIC_LETTERS).translate(DIGITS))


def _lines(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def _small() -> dict[str, frozenset[str]]:
    held: dict[str, set[str]] = {}
    for language, *words in _lines("small_words.txt"):
        held.setdefault(language, set()).update(words)
    return {language: frozenset(words) for language, words in held.items()}


SMALL = _small()
SMALL_ANYWHERE = frozenset(word for words in SMALL.values() for word in words)
PLURALS = {(language, folded(form)): word for language, form, word in _lines("plurals.txt")}


@lru_cache(maxsize=100_000)
def terms_of(word: str, language: str = "") -> frozenset[str]:
    """The terms of one word: its stems in the language (without one, in each that is written so), folded.

    A word of a language without a stemmer is itself, folded.
    """
    lower = unicodedata.normalize("NFKC", word).lower()
    plain = folded(lower)[:LONGEST]
    if not plain or plain.isdigit():
        return frozenset([plain] if plain else [])
    found = {stem for code in _languages_of(plain, language) for stem in _stems(lower, plain, code)}
    return frozenset(stem[:LONGEST] for stem in found if stem) or frozenset([plain])


def _languages_of(plain: str, language: str) -> tuple[str, ...]:
    if ARABIC.match(plain):
        return ("ar",)
    if not "a" <= plain[0] <= "z":
        return ()
    if not language:
        return LATIN
    return (language,) if language in LATIN else ()


def _stems(lower: str, plain: str, language: str) -> Iterator[str]:
    word = PLURALS.get((language, plain))
    if language == "ar":
        bare = ARTICLE.sub("", plain)
        word = word or PLURALS.get((language, bare))
        yield folded(STEMMERS["ar"].stemWord(bare))
    for form in (word, folded(word)) if word else (lower, plain):
        for ending, instead in ENDINGS.get(language, ()):
            form = ending.sub(instead, form)
        yield folded(STEMMERS[language].stemWord(form))


def analyse(text: str, language: str = "") -> list[Word]:
    """The words of a text with the terms it is found by; small words of its language have a place, but no terms.

    `language`: that of the text, as a code; "" = not known, and it is found by the stems of all. Places count words
    from 0: a code takes as many as it has parts, and is a term at the first of them.
    """
    small = SMALL.get(language, frozenset())
    found: list[Word] = []
    for place, piece in enumerate(pieces(text)):
        terms = NOTHING if piece.is_letter or folded(piece.written) in small else piece.terms(language)
        found.append(Word(piece.start, piece.end, place, terms | {piece.code} if piece.code else terms))
    return found


class Piece(NamedTuple):
    """What has a place of its own in a text: a word, a part of a code, a pair of signs; the code it is the first of.

    `run` numbers what is written together: the pairs of one run of signs, the parts of one code.
    """

    start: int
    end: int
    written: str
    code: str
    run: int
    is_signs: bool

    @property
    def is_letter(self) -> bool:
        """Whether it is one letter of an alphabet: it tells nothing."""
        return not self.is_signs and len(self.written) == 1 and not self.written.isdigit()

    def terms(self, language: str = "") -> frozenset[str]:
        """What it is found by in a text of this language."""
        return frozenset([self.written]) if self.is_signs else terms_of(self.written, language)


def pieces(text: str) -> Iterator[Piece]:
    """Everything of a text that has a place, in its order."""
    run = 0
    for token in TOKEN.finditer(text):
        written = token.group()
        if written.isascii() and written.isalnum():
            yield Piece(token.start(), token.end(), written.lower(), "", run, False)
        else:
            yield from _within(token.start(), written, run)
        run += len(written)


def _within(begin: int, token: str, run: int) -> Iterator[Piece]:
    """The pieces of a token that may be more than one word."""
    code = whole = _code_in(token)
    for part in PART.finditer(token):
        for stretch in STRETCH.finditer(part.group()):
            run += 0 if whole else 1
            for start, piece in _cut(stretch.group()):
                at = begin + part.start() + stretch.start() + start
                written = unicodedata.normalize("NFKC", piece).lower()
                yield Piece(at, at + len(piece), written, code, run, bool(SIGNS.match(piece)))
                code = ""


def _code_in(token: str) -> str:
    """A token as a code: parts that are joined, a digit in one of them; else nothing."""
    parts = PART.findall(token)
    if len(parts) < 2 or not any(sign.isdigit() for sign in token):
        return ""
    return "-".join(map(folded, parts))[:LONGEST]


def _cut(stretch: str) -> Iterator[tuple[int, str]]:
    """Letters as they are; signs as pairs that overlap."""
    if not SIGNS.match(stretch):
        yield 0, stretch
        return
    for n in range(max(1, len(stretch) - 1)):
        yield n, stretch[n : n + 2]
