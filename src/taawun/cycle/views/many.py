"""Making papers for many cases: the kind, the cases, what is left out and why, then one job."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from taawun.cycle.many import list_of, planned_for, ticked
from taawun.cycle.models import LANGUAGES
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest
from taawun.papers.many import MOST, OFFERS, Offer, Planned, Wanted, begin_many
from taawun.papers.models import Format


def _crumbs(offer: Offer) -> list[tuple[str, str]]:
    return [(reverse("cycle:many"), _("Papers for many cases")), ("", offer.label)]


def _offer(kind: str) -> Offer:
    if kind not in OFFERS:
        raise Http404
    return OFFERS[kind]


@login_required
@require_safe
def kinds(request: SignedRequest) -> HttpResponse:
    """The kinds of paper that are made for many cases at once."""
    held = sorted(OFFERS.values(), key=lambda one: (one.of != "request", one.label))
    return render(request, "cycle/many.html", {"offers": held})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: SignedRequest, kind: str) -> HttpResponseBase:
    """Choose the cases; then read what is made and what is left out; then begin the job."""
    offer = _offer(kind)
    if request.method != "POST":
        return _listed(request, offer)
    cases = _chosen(request, offer)
    if not cases:
        return _listed(request, offer, _("Choose at least one case."))
    planned = planned_for(request.user, offer, cases)
    if "begin" in request.POST and any(one.address for one in planned):
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _begin(request, offer, planned))
        )
    return render(request, "cycle/many_check.html", _checked(request, offer, planned, cases))


def _listed(request: SignedRequest, offer: Offer, obstacle: str = "") -> HttpResponse:
    context = {
        "offer": offer,
        "title": offer.label,
        "tongues": LANGUAGES,
        "formats": Format.choices,
        "list": list_of(request.user, offer).listing(request),
        "obstacle": obstacle,
        "crumbs": _crumbs(offer),
    }
    return render(request, "cycle/many_choose.html", context, status=400 if obstacle else 200)


def _chosen(request: SignedRequest, offer: Offer) -> list[Any]:
    """The cases ticked, or all that the filter of the address finds; through the gate either way."""
    if "all" in request.POST:
        return list(list_of(request.user, offer).found(request)[: MOST + 1])
    keys = {
        int(key) for key in request.POST.getlist("case") if key.isascii() and key.isdigit() and len(key) < 16
    }
    return ticked(request.user, offer, keys, MOST + 1)


def _wanted(request: SignedRequest) -> Wanted:
    known = dict(LANGUAGES)
    language, beside = (request.POST.get(name, "") for name in ("language", "beside"))
    asked = request.POST.get("make", "")
    return Wanted(
        asked if asked in Format.values else Format.PDF.value,
        language if language in known else "",
        beside if beside in known and beside != language else "",
        request.build_absolute_uri("/").rstrip("/"),
    )


def _checked(
    request: SignedRequest, offer: Offer, planned: list[Planned], cases: list[Any]
) -> dict[str, Any]:
    wanted = _wanted(request)
    names = dict(LANGUAGES)
    return {
        "offer": offer,
        "made": [one for one in planned if one.address],
        "left_out": [one for one in planned if not one.address],
        "cases": cases,
        "wanted": wanted,
        "format": dict(Format.choices)[wanted.format],
        "tongue": names.get(wanted.language, _("each in the language of its case")),
        "second": names.get(wanted.beside, ""),
        "crumbs": _crumbs(offer),
    }


def _begin(request: SignedRequest, offer: Offer, planned: list[Planned]) -> str:
    job = begin_many(
        offer.kind, planned, _wanted(request), actor=request.user, key=request.POST.get("once", "")
    )
    return job.get_absolute_url()
