"""What every page shows around its content. Costs no SQL of its own."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from taawun.ui import nav, words

Word = Callable[[HttpRequest], str]
_words: dict[str, Word] = {}


def provide(name: str, word: Word) -> None:
    """Let a room say a word of the frame: `house` (the organisation acted for) or `person` (who is signed in,
    by role). The function gets the request; it is called at most once, and only if the page shows it.
    """
    _words[name] = word


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context processor: menu, languages, house, person, whether this is a demonstration."""
    signed_in = SimpleLazyObject(
        lambda: bool(getattr(request, "user", None) and request.user.is_authenticated)
    )
    return {
        "is_demo": settings.DEMO,
        "signed_in": signed_in,
        "nav": SimpleLazyObject(lambda: nav.items(request) if signed_in else []),
        "languages": SimpleLazyObject(_languages),
        "house": SimpleLazyObject(lambda: _word("house", request)),
        "person": SimpleLazyObject(lambda: _word("person", request)),
        "frame": SimpleLazyObject(_addresses),
        "unread_notices": SimpleLazyObject(lambda: getattr(getattr(request, "user", None), "unread", 0)),
        "here": SimpleLazyObject(request.get_full_path),
    }


def _word(name: str, request: HttpRequest) -> str:
    word = _words.get(name)
    return str(word(request)) if word else ""


def _languages() -> list[dict[str, str]]:
    return [{"code": code, "name": words.own_name(code)} for code, _label in settings.LANGUAGES]


def _addresses() -> dict[str, str]:
    """Addresses the frame links to; empty where a page does not exist, for no error page may break."""
    names = {
        "home": "home",
        "desk": "desk",
        "search": "search",
        "set_language": "set_language",
        "sign_in": "account_login",
        "sign_out": "account_logout",
        "password": "account_change_password",
        "jobs": "jobs",
        "documents": "papers:documents",
        "notices": "notices:index",
        "interface": "api:about",
    }
    return {key: nav.address_of(name) for key, name in names.items()}
