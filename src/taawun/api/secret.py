"""The secret word of a token: how it is made, and the fingerprint under which it is found.

It is long and random: a plain digest of it tells nothing, and nobody guesses it.
"""

import hashlib
import secrets

PREFIX, BYTES, HINT = "taawun_", 32, 4


def new_secret() -> str:
    """A word nobody had before."""
    return PREFIX + secrets.token_urlsafe(BYTES)


def digest_of(secret: str) -> str:
    """Its fingerprint, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hint_of(secret: str) -> str:
    """Its first signs, to tell it from others."""
    return f"{secret[: len(PREFIX) + HINT]}…"
