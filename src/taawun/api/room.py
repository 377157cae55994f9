"""A room of the interface: what is read there, by whose token, and what it may answer."""

from collections.abc import Callable
from typing import Any

from ninja import Router

from taawun.api.doors import Token
from taawun.api.problems import ProblemDetails
from taawun.api.scopes import Scope

Read = Callable[..., Any]


class Room:
    """What one scope opens."""

    def __init__(self, name: str, scope: Scope) -> None:
        self.scope = scope
        self.router = Router(auth=Token(scope), tags=[name])

    def reads(self, path: str, response: Any, name: str) -> Callable[[Read], Read]:
        """An address that is read. The first line of the function's docstring says what is there."""
        answers: dict[int, Any] = {
            200: response,
            400: ProblemDetails,
            401: ProblemDetails,
            403: ProblemDetails,
        }
        if "{" in path:
            answers[404] = ProblemDetails

        def kept(read: Read) -> Read:
            title, _line, more = (read.__doc__ or "").strip().partition("\n")
            described: dict[str, Any] = {
                "summary": title.rstrip("."),
                "description": f"{more.strip()}\n\nScope: `{self.scope}`.".strip(),
            }
            common: dict[str, Any] = {"response": answers, "url_name": name}
            self.router.api_operation(["GET"], path, operation_id=name, **common, **described)(read)
            self.router.api_operation(["HEAD"], path, include_in_schema=False, **common)(read)
            return read

        return kept
