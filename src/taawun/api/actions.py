"""What people do to tokens: make one, revoke one, read by one."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.api.models import ApiToken, TokenState
from taawun.api.scopes import Scope
from taawun.api.secret import digest_of, hint_of, new_secret
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused

LONGEST_DAYS = 366  # a token nobody renews ends
MOST_OPEN = 20  # of one person
USED_TO = timedelta(minutes=1)  # looks nearer to each other than this write nothing


def issue_token(*, actor: User, name: str, scopes: Iterable[str], ends_on: date) -> tuple[ApiToken, str]:
    """Make a token of the actor's own. Gives it with its secret word, which is kept nowhere: it is shown once.

    Refused: no scope or an unknown one, a last day before today or more than a year ahead, too many in use.
    """
    wanted = [scope for scope in Scope.values if scope in set(scopes)]
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        _check(actor, wanted, set(scopes), ends_on)
        secret = new_secret()
        token = ApiToken.objects.create(
            user=actor,
            name=name,
            scopes=wanted,
            digest=digest_of(secret),
            hint=hint_of(secret),
            ends_on=ends_on,
        )
        _record(token, "token-made", actor)
    return token, secret


def _check(actor: User, wanted: list[str], asked: set[str], ends_on: date) -> None:
    today, told = clock.today(), []
    if not wanted or asked - set(wanted):
        told.append(_("Choose what the token may read."))
    if not today <= ends_on <= today + timedelta(days=LONGEST_DAYS):
        told.append(_("The last day lies between today and a year from now."))
    in_use = ApiToken.objects.filter(user=actor, revoked_at__isnull=True, ends_on__gte=today)
    if in_use.count() >= MOST_OPEN:
        told.append(_("You have as many tokens in use as one may have. Revoke one first."))
    if told:
        raise Refused(told)


def revoke_token(*, actor: User, token: ApiToken) -> ApiToken:
    """Shut a token for good, one's own or, as an administrator, one of one's people's. Refused: revoked already."""
    with transaction.atomic():
        held = ApiToken.objects.select_for_update().get(pk=token.pk)
        if held.state_on(clock.today()) == TokenState.REVOKED:
            raise Refused([_("This token is revoked already.")])
        _revoke(held, actor)
    return held


def revoke_all(*, actor: User, holder_id: int) -> int:
    """Shut every token of a person for good: their password is a new one, or their account is closed.

    Whoever knew the old password may have made one, and an account that opens again opens no old door. How many.
    """
    with transaction.atomic():
        held = ApiToken.objects.select_for_update().filter(user_id=holder_id, revoked_at__isnull=True)
        tokens = list(held.order_by("pk"))
        for token in tokens:
            _revoke(token, actor)
    return len(tokens)


def _revoke(token: ApiToken, actor: User) -> None:
    token.revoked_at = clock.now()
    token.save(update_fields=["revoked_at"])
    _record(token, "token-revoked", actor)


def note_use(token: ApiToken) -> None:
    """Keep when a token was last read with, to the minute: a second look within one writes nothing."""
    now = clock.now()
    if token.used_at is None or now - token.used_at >= USED_TO or now < token.used_at:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def _record(token: ApiToken, step: str, actor: User) -> None:
    subject: Any = token  # a kind without states
    detail = {"name": token.name, "scopes": token.scopes, "ends_on": token.ends_on, "of": token.user_id}
    record(subject, step, actor=actor, detail=detail)
