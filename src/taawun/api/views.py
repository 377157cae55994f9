"""The pages of the interface: what it is, its description for programs, one's tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taawun.api import actions, problems, queries, showing
from taawun.api.answering import reading
from taawun.api.forms import TokenForm
from taawun.api.house import description
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused

Obstacles = list[Obstacle] | None


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What programs may read here, and how: for everybody, for it tells nothing of anybody."""
    return render(request, "api/about.html", showing.about_page(request))


@reading
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the interface for programs."""
    return JsonResponse(description())


@reading
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Addresses under the interface that are none."""
    return problems.answer(problems.nothing_here())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedRequest) -> HttpResponse:
    """One's tokens, and making another: its secret word is on the answer, and nowhere after."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _tokens(request, form, 200)
    if not form.is_valid():
        return _tokens(request, form, 422)
    shown: list[str] = []
    try:
        address = once(request.user, request.POST.get("once", ""), lambda: _made(request, form, shown))
    except Refused as refusal:
        return _tokens(request, form, 409, refusal.obstacles)
    return _secret(request, form, shown[0]) if shown else _made_before(request, address)


def _made_before(request: SignedRequest, address: str) -> HttpResponse:
    """The form came twice (two clicks): its first answer alone held the secret word, and may not have been seen."""
    told = _(
        "This form was sent twice. It made one token, whose secret word was on the first answer alone. If you have "
        "not copied it, revoke this token and make another."
    )
    messages.warning(request, told)
    return HttpResponseRedirect(address)


def _made(request: SignedRequest, form: TokenForm, shown: list[str]) -> str:
    made, secret = actions.issue_token(actor=request.user, **form.cleaned_data)
    shown.append(secret)
    return reverse("api:token", args=[made.pk])


def _secret(request: SignedRequest, form: TokenForm, secret: str) -> HttpResponse:
    context = {"secret": secret, "name": form.cleaned_data["name"]} | showing.made_page(request)
    return _not_kept(render(request, "api/made.html", context))


def _tokens(
    request: SignedRequest, form: TokenForm, status: int, obstacles: Obstacles = None
) -> HttpResponse:
    context = showing.tokens_page(request.user, form) | {"obstacles": obstacles or []}
    return _not_kept(render(request, "api/tokens.html", context, status=status))


def _not_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token(request: SignedRequest, pk: int) -> HttpResponse:
    """One token with its record; sent to, it is revoked."""
    found = there(queries.token_for(request.user, pk))
    if request.method != "POST":
        return render(request, "api/token.html", showing.token_page(found, request.user))
    try:
        actions.revoke_token(actor=request.user, token=found)
    except Refused as refusal:
        context = showing.token_page(found, request.user) | {"obstacles": refusal.obstacles}
        return render(request, "api/token.html", context, status=409)
    messages.success(request, _("The token is revoked: it opens nothing any more."))
    return HttpResponseRedirect(reverse("api:token", args=[pk]))
