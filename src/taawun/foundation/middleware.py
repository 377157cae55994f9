"""Language and clock of a request."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from taawun.foundation import clock as the_clock

Handler = Callable[[HttpRequest], HttpResponse]

language = LocaleMiddleware


def readers_language(get_response: Handler) -> Handler:
    """A signed-in person's own language, unless this browser was told otherwise."""

    def handle(request: HttpRequest) -> HttpResponse:
        chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if not chosen and request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return handle


def clock(get_response: Handler) -> Handler:
    """One reading of the settable clock for each request."""

    def handle(request: HttpRequest) -> HttpResponse:
        the_clock.begin_request()
        try:
            return get_response(request)
        finally:
            the_clock.forget()

    return handle
