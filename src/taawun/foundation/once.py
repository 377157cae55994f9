"""A form sent twice is answered once."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction

from taawun.foundation.models import OnceKey, User


def _read(key: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(key)
    except (ValueError, TypeError, AttributeError):
        return None


def first_answer(user: User, key: Any) -> str:
    """Where the first sending of a form led, if it is through; else nothing."""
    wanted = _read(key)
    if wanted is None:
        return ""
    return OnceKey.objects.filter(user=user, key=wanted).values_list("address", flat=True).first() or ""


def once(user: User, key: str, act: Callable[[], str]) -> str:
    """Run `act` (which returns the address of its result) unless this key was used; then return the first address.

    A second sending that arrives while the first still runs waits for it. Without a usable key it simply acts. Either
    way all of the act or nothing is kept.
    """
    wanted = _read(key)
    with transaction.atomic():
        if wanted is None:
            return act()
        row, made = OnceKey.objects.get_or_create(user=user, key=wanted)
        if not made:
            return row.address or "/"
        address = act()
        OnceKey.objects.filter(pk=row.pk).update(address=address[:500])
    return address
