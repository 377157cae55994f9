"""The pages of figures."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.figures.definitions import definition_of, definitions
from taawun.figures.page import page_of, paper_of
from taawun.figures.queries import rate_for
from taawun.figures.rates import rate_page, rates_list
from taawun.foundation.requests import SignedRequest, there


@login_required
@require_safe
def figures(request: SignedRequest) -> HttpResponse:
    """What can be counted, in words."""
    return render(request, "figures/figures.html", {"definitions": definitions(), "title": _("Figures")})


@login_required
@require_safe
def figure(request: SignedRequest, slug: str) -> HttpResponseBase:
    """A number opened: what it is, how it is made, the rows it is made of and those left out."""
    return page_of(request, there(definition_of(slug)))


@login_required
@require_safe
def figure_paper(request: SignedRequest, slug: str) -> HttpResponseBase:
    """The same on A4."""
    return paper_of(request, there(definition_of(slug)))


@login_required
@require_safe
def rates(request: SignedRequest) -> HttpResponseBase:
    """The exchange rates held."""
    return rates_list(request)


@login_required
@require_safe
def rate(request: SignedRequest, pk: int) -> HttpResponseBase:
    """One exchange rate with its source and its record."""
    return rate_page(request, there(rate_for(request.user, pk)))
