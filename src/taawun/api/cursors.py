"""Where a list goes on: the key of the last row, sealed together with what was asked.

A cursor tells nothing and promises nothing; changed by a sign, or sent to another list or with other filters, it is
refused. So nobody walks by guessed keys, and no list goes on in the middle of another.
"""

from collections.abc import Mapping

from django.core import signing
from django.utils.translation import gettext as _

from taawun.api.problems import Problem

LONGEST = 400


def seal(place: str, key: str, asked: Mapping[str, str]) -> str:
    """The cursor after the row of this key, in the list of `place`, narrowed by what was asked."""
    return _signer(place, asked).sign(_written(key))


def opened(place: str, cursor: str, asked: Mapping[str, str]) -> str:
    """The key in a cursor. Problem: it is none of this list, with these filters."""
    try:
        if len(cursor) > LONGEST or not cursor.isascii():
            raise signing.BadSignature
        return _read(_signer(place, asked).unsign(cursor))
    except (signing.BadSignature, ValueError):
        raise Problem("bad-cursor", refusal()) from None


def refusal() -> str:
    """What is wrong with it, and what to do."""
    return _(
        "A cursor goes on in the list, and with the filters, of the answer it came with. Begin anew without one."
    )


def _signer(place: str, asked: Mapping[str, str]) -> signing.Signer:
    told = "&".join(f"{name}={value}" for name, value in sorted(asked.items()))
    return signing.Signer(salt=f"taawun.api.cursor {place}?{told}", sep=".")


def _written(key: str) -> str:
    return signing.b64_encode(key.encode()).decode()


def _read(text: str) -> str:
    return signing.b64_decode(text.encode()).decode()
