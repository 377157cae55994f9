"""The page of an organisation, for those who administer it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.directory import bodies, body_showing as showing
from taawun.foundation.requests import SignedRequest


@login_required
@require_safe
def index(request: SignedRequest) -> HttpResponse:
    """The organisations one administers."""
    found = showing.bodies_page(request.user)
    if not found["bodies"]:
        raise Http404
    return render(request, "directory/organisations.html", found)


@login_required
@require_safe
def one(request: SignedRequest, pk: int) -> HttpResponse:
    """One organisation; one that was merged leads to the one that stays."""
    body = bodies.organisation_for(request.user, pk)
    if body is None:
        raise Http404
    if body.merged_into is not None:
        return redirect("directory:organisation", body.merged_into.pk)
    context = showing.body_page(body, request.user)
    return render(request, "directory/organisation.html", context | {"title": _("Organisation")})
