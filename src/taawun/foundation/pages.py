"""Pages every case shares: the page of a step, and the form page with its draft and its guard against lost edits."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.utils import ErrorDict, ErrorList
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from taawun.foundation import clock, editing
from taawun.foundation.forms import StepForm
from taawun.foundation.once import first_answer, once
from taawun.foundation.ports import Kind, Obstacle, registry
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.seats import offered, seat_taken, why_shut
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused, checklist, no_longer_open, perform
from taawun.kernel.workflow import Transition
from taawun.ui.conflict import conflict_rows, merged

HIDDEN = {"csrfmiddlewaretoken", "once", "base_version", "keep", "autosave", "add", "discard"}

NEVER_READ = 0  # the version of whoever does not say which one they read: it saves over nothing


def find_case(kind_slug: str, pk: int, user: Any) -> tuple[Kind, Any]:
    """The case through its gate; what may not be seen does not exist."""
    kind = registry.kinds.get(kind_slug)
    case = kind.visible_to(user).filter(pk=pk).first() if kind and kind.workflow else None
    if kind is None or case is None:
        raise Http404
    return kind, case


def answered_once(request: SignedRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """A form sent a second time leads where the first sending led, though its page is closed by then."""
    try:
        response = answer()
    except Http404:
        response = None
    if response is None or (request.method == "POST" and response.status_code >= 400):
        address = first_answer(request.user, request.POST.get("once"))
        response = HttpResponseRedirect(address) if address else response
    if response is None:
        raise Http404
    return response


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


def _head(case: Any) -> dict[str, Any]:
    return {
        "case": case,
        "code": case.case_code(),
        "title": case.case_title(),
        "language": case.case_language(),
        "is_example": getattr(case, "is_example", False),
    }


def head_of_step(case: Any) -> dict[str, Any]:
    """What the page of a step shows above it, and its way back."""
    return {**_head(case), "back": case.get_absolute_url()}


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


@dataclass
class Bundle:
    """A form with its rows (formsets), answered as one."""

    form: Any
    rows: list[Any] = field(default_factory=list)

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows)])

    @property
    def parts(self) -> list[Any]:
        return [self.form, *self.rows]

    def quiet(self) -> None:
        """Show what was typed without judging it: a draft is not a mistake."""
        for part in self.parts:
            for form in getattr(part, "forms", [part]):
                form._errors = ErrorDict()
            if hasattr(part, "forms"):
                part._errors, part._non_form_errors = [f._errors for f in part.forms], ErrorList()

    def held_data(self) -> dict[str, str]:
        """The hidden values that stand for files sent already: a draft carries them, so that no file is lost."""
        held: dict[str, str] = {}
        for part in self.parts:
            for form in getattr(part, "forms", [part]):
                held |= form.held_data() if hasattr(form, "held_data") else {}
        return held


@dataclass
class FormPage:
    """One page that edits a part of a case.

    `build(data, files)` makes the Bundle (data None: from what is stored). `save(bundle, base_version)` stores it or
    raises `editing.Conflict`, `editing.Frozen` or `Refused`. `version` is the version the
    reader sees now, `done` the address afterwards. `shut`: it can no longer be edited, and says so before anybody
    types (in the words of `why_shut`, where there are some); whoever typed before finds it in their draft.
    """

    case: Any
    part: str
    title: Any
    version: int
    build: Callable[[Any, Any], Bundle]
    save: Callable[[Bundle, int], Any]
    done: str
    template: str = "foundation/form_page.html"
    shut: bool = False
    why_shut: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: SignedRequest) -> HttpResponse:
        """Show, keep a draft, or save: nothing typed is lost on any way."""
        return answered_once(request, lambda: self._answer(request))

    def _answer(self, request: SignedRequest) -> HttpResponse:
        if request.method != "POST":
            return self._open(request)
        request.POST = merged(request.POST)  # type: ignore[assignment]  # the choices of the page of two versions, if it was that one
        if "autosave" in request.POST or "keep" in request.POST:
            return self._keep(request)
        if "discard" in request.POST:
            editing.drop_draft(request.user, self.case, self.part)
            return HttpResponseRedirect(request.get_full_path())
        if "add" in request.POST:
            return self._add_row(request)
        bundle = self.build(request.POST, request.FILES)
        base = whole(request.POST.get("base_version"), NEVER_READ)
        if not bundle.is_valid():
            self._remember(request, base, bundle)
            return self._show(request, bundle, base, status=422)
        try:
            return HttpResponseRedirect(
                once(request.user, request.POST.get("once", ""), lambda: self._store(request, bundle, base))
            )
        except editing.Conflict as conflict:
            self._remember(request, base, bundle)
            return self._two_versions(request, bundle, conflict)
        except editing.Frozen:
            self._remember(request, base, bundle)
            return self._show(
                request,
                bundle,
                base,
                refused=[
                    Obstacle(
                        _(
                            "This can no longer be edited: it has moved on. What you typed is kept as your draft."
                        )
                    )
                ],
                status=409,
            )
        except Refused as refusal:
            self._remember(request, base, bundle)
            return self._show(request, bundle, base, refused=refusal.obstacles, status=409)

    def _two_versions(
        self, request: SignedRequest, bundle: Bundle, conflict: editing.Conflict
    ) -> HttpResponse:
        """Both versions, to choose field by field; rows and files are brought together by hand, in the form itself."""
        version, form = conflict.current.version, bundle.form
        theirs = {_field_of(form, name): value for name, value in conflict.theirs.items()}
        plain = not bundle.rows and not form.is_multipart() and set(theirs) <= set(form.fields)
        rows = conflict_rows(form, theirs) if plain else []
        if all(row.same for row in rows):
            return self._show(request, bundle, version, conflict=conflict, status=409)
        context = {
            **_head(self.case),
            "subject": self.case.case_title(),
            "rows": rows,
            "base_version": version,
            "once": uuid.uuid4(),
            "back": self.done,
            "discard": True,
            "crumbs": self.extra.get("crumbs"),
        }
        return render(request, "ui/conflict.html", context, status=409)

    def _store(self, request: SignedRequest, bundle: Bundle, base: int) -> str:
        self.save(bundle, base)
        editing.drop_draft(request.user, self.case, self.part)
        messages.success(request, _("Saved."))
        return self.done

    def _open(self, request: SignedRequest) -> HttpResponse:
        draft = editing.draft_of(request.user, self.case, self.part)
        if draft is None and self.shut:
            context = {"heading": self.title, "obstacles": self._reasons(), "back": self.done}
            return render(request, "409.html", context, status=409)
        if draft is None:
            return self._show(request, self.build(None, None), self.version)
        bundle = self.build(QueryDict(draft.data["post"]), None)
        bundle.quiet()
        refused, status = (self._reasons(), 409) if self.shut else (None, 200)
        return self._show(request, bundle, draft.base_version, draft=draft, refused=refused, status=status)

    def _reasons(self) -> list[Obstacle]:
        """Why it can no longer be edited."""
        text = _("This can no longer be edited: the case is now “%(state)s”.")
        return [Obstacle(self.why_shut or text % {"state": self.case.state_label})]

    def _keep(self, request: SignedRequest) -> HttpResponse:
        base = whole(request.POST.get("base_version"), NEVER_READ)
        draft = self._remember(request, base)
        at = formats.time_format(timezone.localtime(draft.saved_at), "H:i")
        if "autosave" in request.POST:
            return JsonResponse({"saved_at": at}, status=200 if base == self.version else 409)
        messages.success(request, _("Draft saved at %(time)s") % {"time": at})
        return HttpResponseRedirect(request.get_full_path())

    def _add_row(self, request: SignedRequest) -> HttpResponse:
        """One row more in the formset named by the button; everything typed stays, unjudged."""
        typed = request.POST.copy()
        count = f"{typed['add']}-TOTAL_FORMS"
        typed[count] = str(whole(typed.get(count), 0) + 1)
        _put(typed, self._hold(request))
        bundle = self.build(typed, None)
        bundle.quiet()
        return self._show(request, bundle, whole(typed.get("base_version"), NEVER_READ))

    def _hold(self, request: SignedRequest) -> dict[str, str]:
        """Files sent with a draft are checked and held too, whatever else is still wrong."""
        if not request.FILES:
            return {}
        bundle = self.build(request.POST, request.FILES)
        bundle.is_valid()
        return bundle.held_data()

    def _remember(self, request: SignedRequest, base: int, bundle: Bundle | None = None) -> Any:
        typed = request.POST.copy()
        for name in HIDDEN:
            typed.pop(name, None)
        _put(typed, bundle.held_data() if bundle else self._hold(request))
        return editing.keep_draft(
            request.user, self.case, self.part, base_version=base, data={"post": typed.urlencode()[:500_000]}
        )

    def _show(
        self,
        request: SignedRequest,
        bundle: Bundle,
        base: int,
        *,
        draft: Any = None,
        conflict: editing.Conflict | None = None,
        refused: list[Obstacle] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **_head(self.case),
            "subject": self.case.case_title(),
            "title": self.title,
            "form": bundle.form,
            "rows": bundle.rows,
            "bundle": bundle,
            "base_version": base,
            "once": uuid.uuid4(),
            "draft": draft,
            "conflict": _compared(bundle, conflict) if conflict else None,
            "obstacles": refused,
            "autosave_url": request.get_full_path(),
            "saved_at": draft.saved_at if draft else None,
            "back": self.done,
            "today": clock.today(),
            "non_field": NON_FIELD_ERRORS,
            **self.extra,
        }
        return render(request, self.template, context, status=status)


def _field_of(form: Any, name: str) -> str:
    """The field that fills a column: a code is chosen as `sector` and stored as `sector_id`."""
    return name if name in form.fields else name.removesuffix("_id")


def _compared(bundle: Bundle, conflict: editing.Conflict) -> list[dict[str, Any]]:
    """Both versions, field by field, where they differ."""
    fields = getattr(bundle.form, "fields", {})
    return [
        {
            "label": fields[name].label if name in fields else name,
            "theirs": theirs,
            "mine": conflict.mine.get(name),
        }
        for name, theirs in conflict.theirs.items()
        if theirs != conflict.mine.get(name)
    ]


def _put(typed: QueryDict, values: dict[str, str]) -> None:
    for name, value in values.items():
        typed[name] = value


def whole(text: str | None, default: int) -> int:
    """A number as a form sends it; the default for whatever is none, or would be no database's."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else default
