"""The few pages that belong to no kind of case."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.foundation import accounts_demo, clock
from taawun.foundation.forms import DateField
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.step_page import step_page
from taawun.foundation.taking_back_page import take_back_page
from taawun.kernel.workflow import Transition
from taawun.ui import words
from taawun.ui.workflow_svg import drawing_of


def set_language(request: HttpRequest) -> HttpResponse:
    """Choose the language of this browser; a signed-in person keeps it as their own."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.method == "POST" and language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31536000, samesite="Lax", httponly=True
        )
        if request.user.is_authenticated:
            request.user.keep_language(language)
    return response


@login_required
def step(request: SignedRequest, kind: str, pk: int, name: str) -> HttpResponse:
    """Any step of any kind of case."""
    return step_page(request, kind, pk, name)


@login_required
def take_back(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    """Take back the last step of one's own seat."""
    return take_back_page(request, kind, pk)


@login_required
@require_safe
def workflow(request: HttpRequest, slug: str) -> HttpResponse:
    """A workflow drawn from the table that rules it."""
    tables = {table.slug: table for kind in registry.kinds.values() for table in kind.workflows}
    if slug not in tables:
        raise Http404
    seats = registry.services["role-names"]()

    def who(step: Transition) -> Any:
        return (
            _("The clock")
            if step.by_clock
            else words.listed(dict.fromkeys(str(seats.get(s.role, _("The person named"))) for s in step.who))
        )

    def requires(step: Transition) -> list[Any]:
        return [registry.requirements[each].label for each in step.requires]

    drawing = drawing_of(tables[slug], who=who, requires=requires)
    return render(request, "foundation/workflow.html", {"drawing": drawing})


@login_required
@require_POST
def set_clock(request: SignedRequest) -> HttpResponse:
    """Move the clock of a demonstration; the clock's own steps are taken at once."""
    if not clock.can_be_set():
        raise Http404
    try:
        clock.set_today(DateField().clean(request.POST.get("today")))
    except (ValidationError, ValueError):
        days = {"first": clock.FIRST_DAY, "last": clock.LAST_DAY}
        messages.error(request, _("Give a day between %(first)s and %(last)s, written as 2031-05-06.") % days)
    else:
        registry.services["clock-tick"]()
    back = request.POST.get("next", "")
    return HttpResponseRedirect(back if back.startswith("/desk/") else "/desk/")


@require_safe
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in as a demonstration's person: on loopback, in demo mode alone."""
    if not accounts_demo.allowed(request):
        raise Http404
    user = there(accounts_demo.user_of(token))
    accounts_demo.sign_in(request, user)
    return HttpResponseRedirect("/desk/")
