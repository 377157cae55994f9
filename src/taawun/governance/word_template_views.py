"""The pages of an agency's own Word templates, under its settings."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from taawun.cycle.models import LANGUAGES
from taawun.directory.models import Organisation
from taawun.foundation.answers import whole
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.steps import Refused
from taawun.governance import queries, word_templates as kept
from taawun.governance.models import WordTemplate
from taawun.papers.forms import HoldsScans, ScanField
from taawun.papers.kinds import named
from taawun.papers.models import File, FileKind, Rendering
from taawun.papers.shapes import SHAPES
from taawun.papers.template_files import check_fields, example_fields, offered
from taawun.ui import words

TONES = {"made": "ok", "waiting": "wait", "failed": "late"}


class TemplateForm(HoldsScans, forms.Form):
    """A Word file with the fields of its paper, and why it is changed."""

    file = ScanField(
        label=gettext_lazy("Word template (.docx)"),
        allowed=(FileKind.DOCX,),
        help_text=gettext_lazy(
            "A Word document with the fields below where they are to stand. "
            "It is tried on an example: look at the preview."
        ),
    )
    reason = forms.CharField(label=gettext_lazy("Reason for the change"), max_length=500)

    def __init__(self, *args: Any, paper: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper

    def clean_file(self) -> File | None:
        """Checked as a Word document already: here its fields."""
        file: File | None = self.cleaned_data["file"]
        if file is not None:
            check_fields(kept.read_bytes(file), self.paper)
        return file


class BackForm(forms.Form):
    """Why the built-in template is to hold again."""

    reason = forms.CharField(label=gettext_lazy("Reason for the change"), max_length=500)


def _way(agency: Organisation, *here: Any) -> list[tuple[str, Any]]:
    index = reverse("governance:word-templates", args=[agency.pk])
    return [
        (reverse("governance:agencies"), _("Settings")),
        (reverse("governance:settings", args=[agency.pk]), agency.name),
        *([(index, _("Word templates")), ("", here[0])] if here else [("", _("Word templates"))]),
    ]


@login_required
@require_safe
def templates(request: SignedRequest, pk: int) -> HttpResponse:
    """Which papers an agency makes with a Word template of its own, by language."""
    agency = there(queries.agency_read_by(request.user, pk))
    held = kept.latest(agency.pk)
    trials = kept.trials_of(list(held.values()))
    rows = [
        {
            "name": named(paper),
            "cells": [_cell(agency, paper, code, held.get((paper, code)), trials) for code, _n in LANGUAGES],
        }
        for paper in SHAPES
    ]
    context = {
        "agency": agency,
        "crumbs": _way(agency),
        "tongues": [words.own_name(code) for code, _name in LANGUAGES],
        "rows": rows,
    }
    return render(request, "governance/word_templates.html", context)


def _cell(
    agency: Organisation, paper: str, code: str, one: WordTemplate | None, trials: dict[int, Rendering]
) -> dict[str, Any]:
    return {
        "language": words.own_name(code),
        "address": reverse("governance:word-template", args=[agency.pk, paper, code]),
        "version": one if one and one.file_id else None,
        "counts": kept.counts(one, trials.get(one.pk) if one else None),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def template(request: SignedRequest, pk: int, paper: str, language: str) -> HttpResponse:
    """One template: its fields, its preview, its versions; the agency's administrator changes it."""
    agency = there(queries.agency_read_by(request.user, pk))
    if not kept.is_offered(paper, language):
        raise Http404
    if request.method != "POST":
        return _page(request, agency, (paper, language))
    if not queries.may_change(request.user, agency):
        raise PermissionDenied
    back = request.POST.get("act") == "built-in"
    given: Any = (request.POST, request.FILES)
    form: Any = BackForm(request.POST) if back else TemplateForm(*given, user=request.user, paper=paper)
    forms_shown = {"back_form" if back else "form": form}
    if not form.is_valid():
        return _page(request, agency, (paper, language), forms_shown, status=422)
    key = request.POST.get("once", "")
    try:
        return HttpResponseRedirect(
            once(request.user, key, lambda: _saved(request, agency, (paper, language), form))
        )
    except (Refused, kept.Stale) as refusal:
        told = getattr(refusal, "obstacles", None) or [
            _("Somebody saved a version meanwhile. Look at it first.")
        ]
        return _page(request, agency, (paper, language), forms_shown | {"obstacles": told}, status=409)


def _saved(request: SignedRequest, agency: Organisation, place: tuple[str, str], form: Any) -> str:
    file = form.cleaned_data.get("file")
    made = kept.save_template(
        agency,
        place,
        file,
        reason=form.cleaned_data["reason"],
        base_version=whole(request.POST.get("base_version"), -1),
        actor=request.user,
        trial=(_trial_page(request, agency, place), request.build_absolute_uri("/").rstrip("/")),
    )
    messages.success(
        request,
        _("Kept as version %(number)s. The preview is being made.") % {"number": made.version}
        if file
        else _("The built-in template holds again."),
    )
    return made.get_absolute_url()


def _trial_page(request: SignedRequest, agency: Organisation, place: tuple[str, str]) -> str:
    """The example as a paper: every field with what it was filled with."""
    paper, language = place
    fields = example_fields(paper, language)
    lines = [
        (name, value if isinstance(value, str) else "; ".join(" · ".join(row.values()) for row in value))
        for name, value in fields.items()
    ]
    head = {"language": language, "title": named(paper)}
    context = {"paper": head, "letterhead": [agency.name], "is_example": True, "lines": lines}
    drawn: str = render_to_string("governance/word_trial.html", context, request)
    return drawn


def _page(
    request: SignedRequest,
    agency: Organisation,
    place: tuple[str, str],
    told: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    paper, language = place
    versions = kept.versions_of(agency.pk, paper, language)
    trials = kept.trials_of(versions)
    present = versions[0] if versions else None
    title = f"{named(paper)} – {words.own_name(language)}"
    context: dict[str, Any] = {
        "agency": agency,
        "crumbs": _way(agency, title),
        "title": title,
        "present": present if present and present.file_id else None,
        "counts": kept.counts(present, trials.get(present.pk) if present else None),
        "history": [_chapter(one, trials.get(one.pk)) for one in versions],
        "offered": offered(paper),
        "base_version": present.version if present else 0,
        "may_change": queries.may_change(request.user, agency),
        "form": TemplateForm(user=request.user, paper=paper),
        "back_form": BackForm(prefix=None, auto_id="back_%s"),
    }
    return render(request, "governance/word_template.html", context | (told or {}), status=status)


def _chapter(one: WordTemplate, trial: Rendering | None) -> dict[str, Any]:
    return {
        "it": one,
        "trial": trial.document if trial else None,
        "state": trial.get_status_display() if trial else "",
        "tone": TONES[trial.status] if trial else "",
    }


@login_required
@require_safe
def version(request: SignedRequest, pk: int) -> HttpResponse:
    """From a version, as the record names it, to the page of its template."""
    return redirect(there(kept.version_read_by(request.user, pk)).get_absolute_url())
