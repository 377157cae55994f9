"""Shutting an account: who signs in by it no more, and whoever must know of it."""

from django.dispatch import Signal

from taawun.foundation.models import User

account_closed = Signal()  # `user_id`, `actor`: sent within the transaction that shuts it


def close_account(user_id: int, *, actor: User) -> bool:
    """Whether an open account was closed: it no longer signs in, and whoever is signed in by it is out at once.

    What else its holder left open (tokens) is shut by those who listen. One SQL statement, and theirs.
    """
    closed = bool(User.objects.filter(pk=user_id, is_active=True).update(is_active=False))
    if closed:
        account_closed.send(sender=User, user_id=user_id, actor=actor)
    return closed
