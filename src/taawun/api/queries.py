"""Whose tokens somebody sees, and whom a token stands for."""

from typing import Any

from django.db.models import Q, QuerySet

from taawun.api.models import ApiToken
from taawun.api.secret import PREFIX, digest_of
from taawun.directory.handovers import GOVERNING
from taawun.directory.queries import posts_held_on
from taawun.foundation import clock
from taawun.foundation.standing import standing

CLOSED_SHOWN = 50  # tokens that open nothing any more, on a page
LONGEST = 200  # signs of what may be a token: nothing longer is looked for


def own_tokens(user: Any) -> QuerySet[ApiToken]:
    """Somebody's own tokens, those ended and revoked too."""
    return ApiToken.objects.filter(user_id=user.pk)


def tokens_visible_to(user: Any) -> QuerySet[ApiToken]:
    """One's own, and those of the people who serve the organisations one administers today."""
    houses = standing(user).holding(GOVERNING)
    if not houses:
        return own_tokens(user)
    theirs = posts_held_on(clock.today()).filter(organisation_id__in=houses).order_by()
    of_people = ApiToken.objects.order_by().filter(user_id__in=theirs.values("person__user_id"))
    ways = own_tokens(user).order_by().values("pk").union(of_people.values("pk"))
    return ApiToken.objects.filter(pk__in=ways)


def shown_of(tokens: QuerySet[ApiToken]) -> tuple[list[ApiToken], bool]:
    """Those in use, then the last fifty ended or revoked, and whether there are more of these: two SQL statements."""
    in_use = Q(revoked_at__isnull=True, ends_on__gte=clock.today())
    rows = tokens.select_related("user__person").order_by("-pk")
    closed = list(rows.exclude(in_use)[: CLOSED_SHOWN + 1])
    return [*rows.filter(in_use), *closed[:CLOSED_SHOWN]], len(closed) > CLOSED_SHOWN


def token_for(user: Any, pk: int) -> ApiToken | None:
    """One token through the gate, with whose it is."""
    return tokens_visible_to(user).select_related("user__person").filter(pk=pk).first()


def token_behind(secret: str) -> ApiToken | None:
    """The token with this secret word and its account; None for a wrong, ended or revoked one, or a shut account."""
    if not secret.startswith(PREFIX) or len(secret) > LONGEST:
        return None
    rows = ApiToken.objects.filter(digest=digest_of(secret), revoked_at__isnull=True)
    rows = rows.filter(ends_on__gte=clock.today(), user__is_active=True)
    return rows.select_related("user").first()
