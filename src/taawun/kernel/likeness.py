"""Whether two names are probably the same: plain comparison, no guessing of spellings."""

import re
import unicodedata

# Arabic letters that are written one for another, beside the marks that decomposition takes off.
WRITTEN_ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ـ": None})
ASIDE = re.compile(r"\([^)]*\)")
WORD = re.compile(r"\w+")


def plain(name: str) -> str:
    """A name without case, accents, punctuation, remarks in brackets and the order of its words; "" where none is left.

    Two names with the same plain form are probably the same.
    """
    bare = unicodedata.normalize("NFKD", ASIDE.sub(" ", name)).casefold()
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(sorted(WORD.findall(letters.translate(WRITTEN_ALIKE))))


def plain_address(address: str) -> str:
    """An e-mail address without case and without what stands after a plus before the @."""
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}" if local else ""
