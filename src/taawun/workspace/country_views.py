"""The countries, and one country."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from taawun.foundation.requests import SignedRequest, there
from taawun.workspace.countries import countries_page
from taawun.workspace.country import country_named, country_page, country_paper


@login_required
@require_safe
def countries(request: SignedRequest) -> HttpResponseBase:
    """Where there is anything to see, on a map and as a list."""
    return countries_page(request)


@login_required
@require_safe
def country(request: SignedRequest, letters: str) -> HttpResponse:
    """What is done in a country: by the houses of this installation, and by others."""
    context = country_page(request.user, there(country_named(letters)))
    return render(request, "workspace/country.html", context)


@login_required
@require_safe
def paper(request: SignedRequest, letters: str) -> HttpResponse:
    """The same on A4."""
    context = country_paper(request.user, there(country_named(letters)))
    return render(request, "workspace/country_paper.html", context)
