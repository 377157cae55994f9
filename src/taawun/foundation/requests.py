"""The request of somebody who is signed in, and what every page behind the gate says of what is not there."""

from typing import TypeVar

from django.http import Http404, HttpRequest

from taawun.foundation.models import User

Thing = TypeVar("Thing")


class SignedRequest(HttpRequest):
    """A request that passed `login_required`: its user is an account, never a visitor."""

    user: User


def there(found: Thing | None) -> Thing:
    """What an address names; a 404 where it names nothing, or nothing that the reader may see."""
    if found is None:
        raise Http404
    return found
