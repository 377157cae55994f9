"""Secret addresses of calendars: made, revoked, made anew; found by what is written in them."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from taawun.foundation import clock
from taawun.foundation.models import FeedAddress, User

NONCE, MAC = 16, 32  # hexadecimal digits


def token_of(nonce: str) -> str:
    """The secret word of an address: nobody makes it without the installation's secret key."""
    return nonce + salted_hmac("taawun.feed", nonce, algorithm="sha256").hexdigest()[:MAC]


def issue(user: User, kind: str = "", subject_id: int | None = None) -> FeedAddress:
    """Make somebody's address of their dates, or of one case's; one they had of the same is revoked with it."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        open_addresses(user).filter(kind=kind, subject_id=subject_id).update(revoked_at=clock.now())
        return FeedAddress.objects.create(
            user=user, kind=kind, subject_id=subject_id, nonce=secrets.token_hex(NONCE // 2)
        )


def revoke(user: User, pk: int) -> bool:
    """Shut one of somebody's own addresses for good; whether there was such a one."""
    return bool(open_addresses(user).filter(pk=pk).update(revoked_at=clock.now()))


def open_addresses(user: User) -> Any:
    """The addresses somebody's calendars may read at."""
    return FeedAddress.objects.filter(user=user, revoked_at__isnull=True)


def find(token: str) -> FeedAddress | None:
    """The address with this secret word; None for a wrong one, a revoked one, and one whose account is shut."""
    nonce = token[:NONCE]
    if not constant_time_compare(token.encode(), token_of(nonce).encode()):
        return None
    rows = FeedAddress.objects.filter(nonce=nonce, revoked_at__isnull=True, user__is_active=True)
    return rows.select_related("user").first()
