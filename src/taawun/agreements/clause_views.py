"""The pages of an agency's clauses, under its settings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.agreements import clause_pages as pages, queries
from taawun.agreements.actions.clauses import Place
from taawun.directory.models import Organisation
from taawun.foundation.requests import SignedRequest, there
from taawun.governance import queries as governance


def _agency(request: SignedRequest, pk: int, *here: Any) -> tuple[Organisation, dict[str, Any]]:
    """The agency through the gate of its settings; what may not be read does not exist."""
    agency = there(governance.agency_read_by(request.user, pk))
    way: list[tuple[str, Any]] = [
        (reverse("governance:agencies"), _("Settings")),
        (reverse("governance:settings", args=[pk]), agency.name),
    ]
    clauses = reverse("agreements:clauses", args=[pk])
    way += [(clauses, _("Clauses")), ("", here[0])] if here else [("", _("Clauses"))]
    return agency, {"agency": agency, "crumbs": way}


@login_required
@require_safe
def clauses(request: SignedRequest, pk: int) -> HttpResponse:
    """The clauses of an agency's papers."""
    agency, context = _agency(request, pk)
    return render(request, "agreements/clauses.html", context | pages.listed(agency, request.user))


@login_required
@require_safe
def clause(request: SignedRequest, pk: int, instrument: str, key: str) -> HttpResponse:
    """One clause: by language, on an example, with its history."""
    agency, context = _agency(request, pk, _("Clause"))
    place = pages.place_asked(instrument, key, request.GET.get("modality", ""))
    return render(request, "agreements/clause.html", context | pages.one_clause(agency, place, request.user))


@login_required
def clause_edit(request: SignedRequest, pk: int, instrument: str, key: str) -> HttpResponse:
    """Change a clause, or go back to the usual text."""
    return _form(request, pk, instrument, key, request.GET.get("modality", ""))


@login_required
def clause_new(request: SignedRequest, pk: int, instrument: str) -> HttpResponse:
    """Add a clause of the agency's own."""
    return _form(request, pk, instrument, "", "")


def _form(request: SignedRequest, pk: int, instrument: str, key: str, modality: str) -> HttpResponse:
    agency, context = _agency(request, pk, _("Clause"))
    place: Place = pages.place_asked(instrument, key, modality)
    if not governance.may_change(request.user, agency):
        raise PermissionDenied
    return pages.clause_page(request, agency, place, context).answer(request)


@login_required
@require_safe
def preview(request: SignedRequest, pk: int, instrument: str) -> HttpResponse:
    """A whole paper of the agency's clauses on an example."""
    agency, context = _agency(request, pk, _("Preview"))
    asked = (request.GET.get("language", ""), request.GET.get("modality", ""))
    return render(
        request, "agreements/clauses_preview.html", context | pages.preview(agency, instrument, *asked)
    )


@login_required
@require_safe
def clause_version(request: SignedRequest, pk: int) -> HttpResponse:
    """From a version, as the record names it, to the page of its clause."""
    found = there(queries.clause_read_by(request.user, pk))
    return redirect(pages.address_of(found.provider, Place(found.instrument, found.key, found.modality_id)))
