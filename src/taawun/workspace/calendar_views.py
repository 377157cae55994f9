"""The calendar's pages: the month, one's own addresses, and the feed that needs no sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest
from taawun.workspace import calendar, feeds


@login_required
@require_safe
def month(request: SignedRequest) -> HttpResponse:
    """A month of what is due, as far as this person may know of it."""
    asked = calendar.asked_in(request.GET)
    return render(request, "workspace/calendar.html", calendar.month_for(request.user, asked))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: SignedRequest) -> HttpResponse:
    """One's own secret addresses; making one revokes the one before of the same."""
    if request.method == "POST":
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), lambda: _made(request)))
    context = feeds.page_for(request.user, _site(request), request.GET.get("operation", ""))
    context |= {"crumbs": [(reverse("calendar"), _("Calendar")), ("", _("Calendar addresses"))]}
    response = render(request, "workspace/feeds.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _made(request: SignedRequest) -> str:
    if not feeds.make(request.user, request.POST.get("operation", "")):
        raise Http404
    messages.success(request, _("The address is made. Give it to your calendar program and to nobody else."))
    return reverse("calendar-addresses")


@login_required
@require_POST
def revoke(request: SignedRequest, pk: int) -> HttpResponse:
    """Shut one of one's own addresses for good."""
    if not feeds.shut(request.user, pk):
        raise Http404
    messages.success(request, _("The address is revoked: it opens nothing any more."))
    return HttpResponseRedirect(reverse("calendar-addresses"))


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads: whoever holds the address, and nobody without it."""
    body = feeds.feed_at(token, _site(request))
    if body is None:
        raise Http404
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag = feeds.etag_of(body)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["Content-Disposition"] = 'inline; filename="taawun.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")
