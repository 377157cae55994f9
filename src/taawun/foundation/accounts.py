"""Sign-in by e-mail; accounts are given, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """No public sign-up: an agency invites its users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
