"""What every answer has in common: reading alone, no two readers' answers mixed up, nothing sent twice."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from taawun.api.problems import Problem, answer

READING = ("GET", "HEAD")
View = Callable[..., HttpResponse]


def reading(view: View) -> View:
    """A view of the interface: anything but reading is refused (405), an answer the reader has is not sent (304)."""

    @wraps(view)
    def handle(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if request.method not in READING:
            return answer(Problem("reading-only", _("The interface changes nothing: GET and HEAD alone.")))
        response = view(request, *args, **given)
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        response["Cache-Control"] = "private, no-cache"
        response["X-Robots-Tag"] = "noindex"
        return kept(request, response)

    handle.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is changed here, and no session counts
    return handle


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its mark; where the reader has the same already, that alone is said."""
    if response.status_code != 200:
        return response
    response["ETag"] = etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=etag, response=response) or response
