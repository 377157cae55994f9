"""Words of texts in English, French and Arabic, brought to a form in which they can be compared.

A light hand of our own: accents and Arabic marks are folded, frequent words dropped, the commonest endings cut.
It need not be right as a dictionary is; it must only cut the same word the same way in two texts.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

WORD = re.compile(r"[^\W\d_]{2,}")
ARABIC_MARKS = re.compile("[\u064b-\u065f\u0670\u0640]")
SHORTEST = 3
KEPT = 4  # letters that must be left when an ending is cut

STOP_WORDS = frozenset(
    word
    for line in (Path(__file__).parent / "data" / "stop_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
)

ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"}
)
ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
ARABIC_ENDINGS = ("ات", "ون", "ين", "يه", "ه")


def fold(text: str) -> str:
    """Lower case without accents or Arabic marks, letters of one sound written one way."""
    unified = text.casefold().translate(ARABIC_LETTERS)
    letters = unicodedata.normalize("NFKD", unified)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The part of a folded word that its forms share: deliveries, delivery → deliver; postal, postaux → post."""
    return _arabic(word) if "\u0600" <= word[0] <= "\u06ff" else _latin(word)


def _arabic(word: str) -> str:
    article = next((a for a in ARABIC_ARTICLES if word.startswith(a) and len(word) - len(a) >= SHORTEST), "")
    word = word.removeprefix(article)
    ending = next((e for e in ARABIC_ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST), "")
    return word.removesuffix(ending)


def _latin(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > KEPT + 1:
        word = f"{word[:-3]}al"
    for ending in (("s", "x"), ("e",), ("y", "i"), ("ing", "ed"), ("al",)):
        word = _cut(word, ending)
    return word


def _cut(word: str, endings: tuple[str, ...]) -> str:
    found = next((e for e in endings if word.endswith(e) and len(word) - len(e) >= KEPT), "")
    return word.removesuffix(found) if not word.endswith("ss") else word


@lru_cache(maxsize=4_000)
def terms(text: str) -> dict[str, str]:
    """The words of a text that can tell it from others: what is compared → as first written, in their order."""
    found: dict[str, str] = {}
    for match in WORD.finditer(ARABIC_MARKS.sub("", unicodedata.normalize("NFC", text))):
        written = match.group().lower()
        folded = fold(written)
        if len(folded) >= SHORTEST and folded not in STOP_WORDS:
            found.setdefault(stem(folded), written)
    return found
