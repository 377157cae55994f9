"""Sign-in by e-mail; accounts are given, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from taawun.foundation.models import Notice, User

# Counted with the account, in the statement each request begins with: no page asks a second time.
_OF_READER = Notice.objects.filter(user_id=OuterRef("pk"), read_at__isnull=True).order_by().values("user_id")
UNREAD = Coalesce(Subquery(_OF_READER.annotate(number=Count("pk")).values("number")), 0)


class ClosedAdapter(DefaultAccountAdapter):
    """No public sign-up: an agency invites its users."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class Backend(AuthenticationBackend):
    """Sign-in by e-mail; an account comes with the number of its unread notices (`unread`)."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, while it is open."""
        user = User.objects.annotate(counted=UNREAD).filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.unread = user.counted
        return user
