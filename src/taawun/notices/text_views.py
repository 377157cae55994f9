"""The texts of an agency's mail, for its administrators: written by language, looked at before, in versions."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taawun.directory.models import Organisation
from taawun.foundation.answers import answered_once, whole
from taawun.foundation.mail_texts import KINDS
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.notices import actions, queries, showing
from taawun.notices.forms import TextForm


def _agency(request: SignedRequest, pk: int) -> Organisation:
    return there(queries.agency_administered_by(request.user, pk))


@login_required
@require_safe
def index(request: SignedRequest, pk: int) -> HttpResponse:
    """The kinds of mail, and in which languages the agency wrote its own text."""
    return render(request, "notices/texts.html", showing.texts_page(_agency(request, pk)))


@login_required
def one(request: SignedRequest, pk: int, kind: str, language: str) -> HttpResponse:
    """One text: write it, look at it before, go back to an earlier version or to the built-in one."""
    agency = _agency(request, pk)
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        raise Http404
    return answered_once(request, lambda: _answer(request, agency, kind, language))


def _answer(request: SignedRequest, agency: Organisation, kind: str, language: str) -> HttpResponse:
    versions = queries.versions_of(agency, kind, language)
    present = queries.in_force(versions, kind, language)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    writes = act in ("save", "preview")
    form = TextForm(request.POST if writes else None, initial=vars(present), kind=KINDS[kind])
    context: dict[str, Any] = {"form": form, "base_version": versions[0].version if versions else 0}
    status = 200
    if request.method == "POST" and writes and not form.is_valid():
        status = 422
    elif act == "preview":
        context["preview"] = form.text.filled(showing.sample(language))
        context["base_version"] = whole(request.POST.get("base_version"), 0)
    elif request.method == "POST":
        try:
            key = request.POST.get("once", "")
            return HttpResponseRedirect(
                once(request.user, key, lambda: _save(request, agency, kind, language, form))
            )
        except actions.Stale as stale:
            context |= {"theirs": stale.present, "obstacles": [_("Somebody saved a version meanwhile.")]}
            status = 409
    context |= showing.text_page(agency, kind, language, versions)
    return render(request, "notices/text.html", context, status=status)


def _save(request: SignedRequest, agency: Organisation, kind: str, language: str, form: TextForm) -> str:
    act = request.POST.get("act", "")
    if act not in ("save", "built-in"):
        raise Http404
    actions.save_text(
        agency,
        kind,
        language,
        text=form.text if act == "save" else None,
        base_version=whole(request.POST.get("base_version"), 0),
        actor=request.user,
    )
    messages.success(request, _("Kept. It is used from the next mail on."))
    return reverse("notices:text", args=[agency.pk, kind, language])
