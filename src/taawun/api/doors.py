"""Who comes in: a token in the header, its person, what it may read. A session opens nothing here."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from taawun.api.actions import note_use
from taawun.api.problems import Problem
from taawun.api.queries import token_behind
from taawun.api.scopes import Scope


class Token(HttpBearer):
    """The token of one room: whoever holds one with its scope reads as its person, through that person's gates."""

    openapi_description = "A token of one's own, made at /api/tokens/."

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        return self.authenticate(request, secret.strip() if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Let in, and note that the token was used; or say why not (401, 403)."""
        held = token_behind(token)
        if held is None:
            detail = _(
                "Send the header Authorization (Bearer …) with a token that is neither ended nor revoked."
            )
            raise Problem("no-token", detail)
        request.user = held.user
        note_use(held)
        if self.scope not in held.scopes:
            raise Problem("scope-missing", _("This token lacks the scope %(scope)s.") % {"scope": self.scope})
        return held
