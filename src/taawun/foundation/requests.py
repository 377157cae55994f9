"""The request of somebody who is signed in: what every page behind the gate receives."""

from django.http import HttpRequest

from taawun.foundation.models import User


class SignedRequest(HttpRequest):
    """A request that passed `login_required`: its user is an account, never a visitor."""

    user: User
