"""The pages of batches."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from taawun.batches import actions, queries, showing
from taawun.batches.definitions import Definition, Scope, definition_of
from taawun.batches.export import write_preview
from taawun.batches.forms import SheetForm, UndoForm
from taawun.batches.models import Batch, Stage
from taawun.batches.rows import rows_page
from taawun.batches.template import write_template
from taawun.foundation.answers import answered_once
from taawun.foundation.models import Job
from taawun.foundation.once import once
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def batches(request: SignedRequest) -> HttpResponseBase:
    """The workbooks of one's organisations."""
    page, extra = showing.batches_list(request.user)
    return page.render(request, "batches/batches.html", extra)


def _sheet(request: SignedRequest, slug: str) -> tuple[Definition, list[Any]]:
    definition = definition_of(slug)
    organisations = queries.organisations_for(definition, standing(request.user)) if definition else []
    if definition is None or not organisations:
        raise Http404
    return definition, organisations


@login_required
def sheet(request: SignedRequest, slug: str) -> HttpResponse:
    """What a sheet is for: its columns, its template, and where the filled-in one is sent."""
    definition, organisations = _sheet(request, slug)
    return answered_once(request, lambda: _answer_sheet(request, definition, organisations))


def _answer_sheet(request: SignedRequest, definition: Definition, organisations: list[Any]) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SheetForm(*posted, user=request.user, organisations=organisations)
    if not form.is_bound or not form.is_valid():
        context = {
            **showing.sheet_page(definition, organisations),
            "form": form,
        }
        return render(request, "batches/sheet.html", context, status=422 if form.is_bound else 200)

    def act() -> str:
        made = actions.preview_batch(
            definition, form.organisation_chosen(), form.cleaned_data["sheet"], actor=request.user
        )
        return made.get_absolute_url()

    return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))


@login_required
@require_safe
def template(request: SignedRequest, slug: str, pk: int) -> HttpResponse:
    """The template of a sheet in the reader's language, for one of their organisations."""
    definition, organisations = _sheet(request, slug)
    organisation = there(next((each for each in organisations if each.pk == pk), None))
    content = write_template(definition, Scope(organisation, request.user))
    return _workbook(content, f"{slugify(str(definition.label)) or slug}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _batch(request: SignedRequest, pk: int) -> Batch:
    found = there(queries.batch_for(request.user, pk))
    return found


@login_required
@require_safe
def batch(request: SignedRequest, pk: int) -> HttpResponseBase:
    """What a workbook says, cell by cell, and what was done with it."""
    found = _batch(request, pk)
    return rows_page(found, request.user).render(
        request, "batches/batch.html", showing.batch_page(found, request.user)
    )


@login_required
@require_safe
def preview(request: SignedRequest, pk: int) -> HttpResponse:
    """The preview as a workbook."""
    return _workbook(write_preview(_batch(request, pk), request.user), f"batch-{pk}.xlsx")


def _act(request: SignedRequest, pk: int, action: Any, told: str) -> HttpResponse:
    """One act on a batch, answered on its page: 409 with the reasons where it is refused."""
    return answered_once(request, lambda: _answer_act(request, _batch(request, pk), action, told))


def _answer_act(request: SignedRequest, found: Batch, action: Any, told: str) -> HttpResponse:
    def act() -> str:
        return _led_to(request, action(found, actor=request.user), told)

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        context = {
            "heading": _("Nothing was applied or changed"),
            "obstacles": refusal.obstacles,
            "back": found.get_absolute_url(),
            "back_label": _("Back to the batch"),
        }
        return render(request, "409.html", context, status=409)


def _led_to(request: SignedRequest, result: Batch | Job, told: str) -> str:
    """Where an act leads: to the batch it was done to, or to the job that does it."""
    if isinstance(result, Batch):
        messages.success(request, told)
    return result.get_absolute_url()


@login_required
@require_POST
def apply(request: SignedRequest, pk: int) -> HttpResponse:
    """Apply every row of a preview as one."""
    return _act(request, pk, actions.apply_or_begin, _("Applied: every row, as one."))


@login_required
@require_POST
def again(request: SignedRequest, pk: int) -> HttpResponse:
    """Judge the kept workbook by what stands there now."""
    return _act(request, pk, actions.look_again, _("Looked at again."))


@login_required
@require_POST
def discard(request: SignedRequest, pk: int) -> HttpResponse:
    """Give a preview up."""
    return _act(request, pk, actions.discard_batch, _("Discarded: nothing of it was applied."))


@login_required
def undo(request: SignedRequest, pk: int) -> HttpResponse:
    """Undo an applied batch as one, with the reason."""
    return answered_once(request, lambda: _answer_undo(request, _batch(request, pk)))


def _answer_undo(request: SignedRequest, found: Batch) -> HttpResponse:
    form = UndoForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = showing.batch_page(found, request.user) | {"form": form}
    if found.stage != Stage.APPLIED:
        context["obstacles"] = [_("This batch is not applied, or no longer: there is nothing to undo.")]
        return render(request, "batches/undo.html", context, status=409)
    if not form.is_bound or not form.is_valid():
        return render(request, "batches/undo.html", context, status=422 if form.is_bound else 200)

    def act() -> str:
        result = actions.undo_or_begin(found, actor=request.user, reason=form.cleaned_data["reason"])
        return _led_to(request, result, _("Undone: everything is as it was before the batch."))

    try:
        return HttpResponseRedirect(once(request.user, request.POST.get("once", ""), act))
    except Refused as refusal:
        return render(request, "batches/undo.html", context | {"obstacles": refusal.obstacles}, status=409)
