"""What the interface supplies: the kind under which tokens are recorded, their gate, and whose they are.

A new password and a closed account revoke the tokens made before.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver
from django.utils.translation import gettext_lazy

from taawun.api import actions, queries
from taawun.api.models import ApiToken
from taawun.directory.references import stays
from taawun.foundation import ports
from taawun.foundation.closing import account_closed
from taawun.foundation.models import User

ports.kind(
    slug=ApiToken.kind,
    label=gettext_lazy("Token of the interface for programs"),
    model=ApiToken,
    visible_to=queries.tokens_visible_to,
    url_name="api:token",
)
ports.act(
    ApiToken.kind,
    "token-made",
    label=gettext_lazy("Make a token"),
    done=gettext_lazy("Token made"),
)
ports.act(
    ApiToken.kind,
    "token-revoked",
    label=gettext_lazy("Revoke a token"),
    done=gettext_lazy("Token revoked"),
)

stays("api.ApiToken", "user")


@receiver([password_changed, password_reset, password_set])
def end_with_the_password(user: User, **_told: Any) -> None:
    """A new password, changed, reset or set: the tokens made before it open nothing."""
    actions.revoke_all(actor=user, holder_id=user.pk)


@receiver(account_closed)
def end_with_the_account(user_id: int, actor: User, **_told: Any) -> None:
    """A closed account: its tokens stay shut even where it opens again."""
    actions.revoke_all(actor=actor, holder_id=user_id)
