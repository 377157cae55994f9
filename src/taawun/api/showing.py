"""What the pages of the interface show."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.api import queries
from taawun.api.house import PREFIX, ROOMS, description
from taawun.api.models import ApiToken, TokenState
from taawun.api.problems import TITLES
from taawun.api.scopes import Scope
from taawun.directory.handovers import GOVERNING
from taawun.foundation import clock
from taawun.foundation.audit import events_of, label_of
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing
from taawun.ui import words
from taawun.ui.templatetags.ui import state

TONES = {TokenState.OPEN: "ok", TokenState.ENDED: "", TokenState.REVOKED: "no"}


def about_page(request: HttpRequest) -> dict[str, Any]:
    """What the interface is: its rooms with their addresses and parameters, what it refuses and how."""
    return {
        "rooms": [_room(one.scope) for one in ROOMS],
        "problems": [(slug, status, title) for slug, (status, title) in TITLES.items()],
        "base": request.build_absolute_uri(PREFIX),
        "description_address": reverse("api:openapi"),
        "crumbs": [("", _("Interface for programs"))],
    }


def _room(scope: Scope) -> dict[str, Any]:
    held = [
        (path, one["get"])
        for path, one in description()["paths"].items()
        if f"`{scope}`" in one["get"]["description"]
    ]
    return {
        "scope": scope,
        "addresses": [
            (path.removeprefix(PREFIX), [each["name"] for each in one["parameters"] if each["in"] == "query"])
            for path, one in held
        ],
    }


def tokens_page(user: Any, form: Any) -> dict[str, Any]:
    """One's own tokens and the form for another; to an administrator, those of their people too."""
    own, own_cut = queries.shown_of(queries.own_tokens(user))
    others, others_cut = queries.shown_of(queries.tokens_visible_to(user).exclude(user_id=user.pk))
    return {
        "form": form,
        "own": [_line(one) for one in own],
        "own_cut": own_cut,
        "others": [_line(one) for one in others],
        "others_cut": others_cut,
        "closed_shown": words.figure(queries.CLOSED_SHOWN),
        "governs": bool(standing(user).holding(GOVERNING)),
        "crumbs": [(reverse("api:about"), _("Interface for programs")), ("", _("Tokens"))],
    }


def _line(token: ApiToken) -> dict[str, Any]:
    stands = token.state_on(clock.today())
    return {
        "token": token,
        "scopes": [Scope(one).label for one in token.scopes],
        "state": state(stands.label, TONES[stands]),
        "is_open": stands == TokenState.OPEN,
        "of": holder(token),
    }


def holder(token: ApiToken) -> str:
    """Whose it is."""
    person = getattr(token.user, "person", None)
    return person.name if person else str(token.user)


def token_page(token: ApiToken, user: Any) -> dict[str, Any]:
    """One token with its record."""
    line = _line(token)
    crumbs = [(reverse("api:about"), _("Interface for programs")), (reverse("api:tokens"), _("Tokens"))]
    return line | {
        "title": token.name,
        "may_revoke": token.revoked_at is None,
        "record": _record(token, user),
        "crumbs": [*crumbs, ("", token.name)],
    }


def _record(token: ApiToken, user: Any) -> list[dict[str, Any]]:
    events = list(events_of(token, standing(user)))  # type: ignore[arg-type]  # a kind without states
    names = registry.services["names-of-users"]({event.actor_id for event in events if event.actor_id})
    return [
        {
            "when": event.recorded_at,
            "title": label_of(token.kind, event.step),
            "who": names.get(event.actor_id, "") if event.actor_id else "",
        }
        for event in events
    ]


def made_page(request: HttpRequest) -> dict[str, Any]:
    """How the token just made is used."""
    return {
        "example": request.build_absolute_uri(f"{PREFIX}operations"),
        "crumbs": [(reverse("api:about"), _("Interface for programs")), (reverse("api:tokens"), _("Tokens"))],
    }
