"""The pages of an agency's settings."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.cycle.pages import only_who_may
from taawun.directory.models import Organisation
from taawun.foundation.answers import answered_once, find_case
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.governance import actions, queries, showing
from taawun.governance.editors import settings_page
from taawun.governance.forms import MoveForm
from taawun.governance.lists import behind_list
from taawun.governance.moving import Move, look_again, move_of

MOVED = ("request", "operation")


def _agency(request: SignedRequest, pk: int, here: Any = "") -> tuple[Organisation, dict[str, Any]]:
    """The agency through its gate; what may not be read does not exist."""
    agency = there(queries.agency_read_by(request.user, pk))
    return agency, {"agency": agency, "crumbs": _way(agency, here)}


def _way(agency: Organisation, here: Any) -> list[tuple[str, Any]]:
    top = (reverse("governance:agencies"), _("Settings"))
    if not here:
        return [top, ("", agency.name)]
    return [top, (reverse("governance:settings", args=[agency.pk]), agency.name), ("", here)]


@login_required
@require_safe
def agencies(request: SignedRequest) -> HttpResponse:
    """The agencies whose settings this person may read, each with the version in force."""
    rows = showing.agencies(request.user)
    if not rows:
        raise Http404
    return render(request, "governance/agencies.html", {"rows": rows})


@login_required
@require_safe
def settings(request: SignedRequest, pk: int) -> HttpResponse:
    """An agency's settings in force, their history, the presets beside them."""
    agency, context = _agency(request, pk)
    return render(request, "governance/settings.html", context | showing.overview(agency, request.user))


@login_required
@require_safe
def version(request: SignedRequest, pk: int) -> HttpResponse:
    """One version, as it was made."""
    found = there(queries.version_read_by(request.user, pk))
    here = _("Version %(number)s") % {"number": found.version}
    context = {"agency": found.provider, "crumbs": _way(found.provider, here)}
    return render(request, "governance/version.html", context | showing.one_version(found))


@login_required
def new(request: SignedRequest, pk: int) -> HttpResponse:
    """Make the next version."""
    agency, context = _agency(request, pk, _("New version of the settings"))
    if not queries.may_change(request.user, agency):
        raise PermissionDenied
    return settings_page(request, agency, context).answer(request)


@login_required
@require_safe
def compare(request: SignedRequest, pk: int) -> HttpResponse:
    """Two versions side by side."""
    agency, context = _agency(request, pk, _("Compare two versions"))
    shown = there(showing.comparison(agency, request.GET.get("from", ""), request.GET.get("to", "")))
    return render(request, "governance/compare.html", context | shown)


@login_required
@require_safe
def behind(request: SignedRequest, pk: int, sort: str) -> HttpResponseBase:
    """The running cases that go by other settings than those in force."""
    agency, context = _agency(request, pk, _("Running cases"))
    return behind_list(request, agency, sort, context)


@login_required
def move(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    """Move a running case to the settings in force: what changes, why, one act."""
    if kind not in MOVED:
        raise Http404
    return answered_once(request, lambda: _move(request, kind, pk))


def _move(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    _kind, case = find_case(kind, pk, request.user)
    only_who_may(case, request.user, "settings")
    change = move_of(case)
    if request.method != "POST":
        form = MoveForm(initial={"seen": change.seen})
        return _show(request, change, form, status=409 if change.obstacles else 200)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _show(request, change, form, status=422)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _moved(request, case, form.cleaned_data))
        )
    except Refused as refusal:
        again = look_again(case)
        typed = MoveForm(initial={"reason": form.cleaned_data["reason"], "seen": again.seen})
        return _show(request, again, typed, refused=refusal.obstacles, status=409)


def _moved(request: SignedRequest, case: Any, given: dict[str, str]) -> str:
    moved = actions.move_case(case, actor=request.user, reason=given["reason"], seen=given["seen"])
    messages.success(
        request, _("It now goes by version %(number)s of the settings.") % {"number": moved.settings.version}
    )
    return moved.get_absolute_url()


def _show(
    request: SignedRequest, change: Move, form: MoveForm, *, refused: Any = None, status: int
) -> HttpResponse:
    case = change.case
    context = showing.move(change) | {"form": form, "obstacles": refused or change.obstacles}
    context |= {
        "back": case.get_absolute_url(),
        "crumbs": [(case.get_absolute_url(), case.case_code() or case.title)],
    }
    return render(request, "governance/move.html", context, status=status)
