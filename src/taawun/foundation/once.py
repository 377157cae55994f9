"""A form sent twice is answered once."""

import uuid
from collections.abc import Callable

from django.db import transaction

from taawun.foundation.models import OnceKey, User


def once(user: User, key: str, act: Callable[[], str]) -> str:
    """Run `act` (which returns the address of its result) unless this key was used; then return the first address.

    A second sending that arrives while the first still runs waits for it. Without a usable key it simply acts. Either
    way all of the act or nothing is kept.
    """
    try:
        wanted = uuid.UUID(key)
    except (ValueError, TypeError, AttributeError):
        with transaction.atomic():
            return act()
    with transaction.atomic():
        row, made = OnceKey.objects.get_or_create(user=user, key=wanted)
        if not made:
            return row.address or "/"
        address = act()
        OnceKey.objects.filter(pk=row.pk).update(address=address[:500])
    return address
