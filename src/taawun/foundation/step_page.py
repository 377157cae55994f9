"""The page of a step, the same for every step of every kind of case."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from taawun.foundation.answers import answered_once, find_case, head_of
from taawun.foundation.forms import StepForm
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.seats import offered, seat_taken, why_shut
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused, checklist, no_longer_open, perform
from taawun.kernel.workflow import Transition


def step_page(request: SignedRequest, kind_slug: str, pk: int, name: str) -> HttpResponse:
    """The page of one step: what must be there, what it asks, one act. A refusal is a 409 with every obstacle."""
    return answered_once(request, lambda: _answer_step(request, kind_slug, pk, name))


def _answer_step(request: SignedRequest, kind_slug: str, pk: int, name: str) -> HttpResponse:
    _kind, case = find_case(kind_slug, pk, request.user)
    step = next((s for s in offered(case, request.user) if s.name == name), None)
    if step is None:
        return _step_closed(request, case, name)
    if step.page:
        return redirect(step.page, pk)
    if request.method != "POST":
        return _show_step(request, case, step, _step_form(request, case, step))
    form = _step_form(request, case, step, request.POST, request.FILES)
    if not form.is_valid():
        return _show_step(request, case, step, form, status=422)
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _take(request, case, step, form))
        )
    except Refused as refusal:
        case.refresh_from_db()
        return _show_step(request, case, step, form, refused=refusal.obstacles, status=409)


def _take(request: SignedRequest, case: Any, step: Transition, form: StepForm) -> str:
    letter = form.letter()
    data = dict(form.cleaned_data)
    done = perform(
        case,
        step.name,
        actor=request.user,
        reason=data.pop("reason", ""),
        acted_on=data.pop("acted_on", None),
        letter=letter,
        data=data,
    )
    messages.success(request, _("Done and recorded: %(step)s.") % {"step": step.past})
    return way_on(request, done)


def way_on(request: SignedRequest, case: Any) -> str:
    """To the case; to the desk for whoever gave it back and may not see it any more."""
    still_seen = case.kind_record.visible_to(request.user).filter(pk=case.pk).exists()
    return case.get_absolute_url() if still_seen else "/desk/"


def _step_form(request: SignedRequest, case: Any, step: Transition, *data: Any) -> StepForm:
    form_class = registry.forms[step.form] if step.form else StepForm
    taken = seat_taken(case, step, standing(request.user))
    on_behalf = bool(taken and taken.on_behalf_of_id)
    return form_class(*data, case=case, step=step, user=request.user, on_behalf=on_behalf)


def _show_step(
    request: SignedRequest,
    case: Any,
    step: Transition,
    form: StepForm,
    *,
    refused: list[Obstacle] | None = None,
    status: int = 200,
) -> HttpResponse:
    # The checklist tells of the acting side's affairs: only those who may take the step read it.
    open_here = any(s.name == step.name for s in offered(case, request.user))
    lines = checklist(case, step, request.user) if open_here else []
    context = {
        **head_of_step(case),
        "step": step,
        "form": form,
        "lines": lines,
        "ready": open_here and all(line.ok for line in lines),
        "obstacles": refused,
        "once": uuid.uuid4(),
    }
    return render(request, "ui/step_page.html", context, status=status)


def head_of_step(case: Any) -> dict[str, Any]:
    """What the page of a step shows above it, and its way back."""
    return {**head_of(case), "back": case.get_absolute_url()}


def _step_closed(request: SignedRequest, case: Any, name: str) -> HttpResponse:
    """The step exists but is not this person's, or no longer: told with the case's present state.

    Of what they sent nothing is read, no file kept. Sent twice, it is answered with the first result.
    """
    step = there(case.workflow.named(name))
    if request.method != "POST":
        told = why_shut(case, case.workflow.find(name, case.state), request.user)
        return _show_closed(request, case, step, [told] if told else _not_open(case))
    try:
        return HttpResponseRedirect(
            once(request.user, request.POST.get("once", ""), lambda: _refuse(request, case, name))
        )
    except Refused as refusal:
        return _show_closed(request, case, step, refusal.obstacles)


def _refuse(request: SignedRequest, case: Any, name: str) -> str:
    told = why_shut(case, case.workflow.find(name, case.state), request.user)
    raise Refused([told or no_longer_open(case, name)])


def _not_open(case: Any) -> list[Obstacle]:
    text = _("This step is not open to you: the case is now “%(state)s”.") % {"state": case.state_label}
    return [Obstacle(text)]


def _show_closed(
    request: SignedRequest, case: Any, step: Transition, refused: list[Obstacle]
) -> HttpResponse:
    return _show_step(request, case, step, StepForm(case=case, step=step), refused=refused, status=409)
