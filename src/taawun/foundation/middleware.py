"""What a request may be, its language and its clock."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from taawun.foundation import clock as the_clock

Handler = Callable[[HttpRequest], HttpResponse]

METHODS = ("GET", "HEAD", "POST")
IN_PIECES = "/files/uploads/"  # a file that comes in pieces is appended to
PROGRAMS = "/api/v1/"  # the interface refuses for itself, in the words its programs read

language = LocaleMiddleware


def methods(get_response: Handler) -> Handler:
    """What a page asks and a form sends: nothing else gets as far as a door."""

    def handle(request: HttpRequest) -> HttpResponse:
        appends = request.method == "PATCH" and request.path_info.startswith(IN_PIECES)
        known = request.method in METHODS or appends or request.path_info.startswith(PROGRAMS)
        return get_response(request) if known else HttpResponseNotAllowed(METHODS)

    return handle


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
