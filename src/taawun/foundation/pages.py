"""The page that edits a part of a case, with its draft and its guard against lost edits."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from taawun.foundation import clock, editing
from taawun.foundation.answers import NEVER_READ, answered_once, head_of, whole
from taawun.foundation.bundle import Bundle
from taawun.foundation.once import once
from taawun.foundation.ports import Obstacle
from taawun.foundation.requests import SignedRequest
from taawun.foundation.steps import Refused
from taawun.ui.conflict import conflict_rows, merged

HIDDEN = {"csrfmiddlewaretoken", "once", "base_version", "keep", "autosave", "add", "arrange", "discard"}


@dataclass
class FormPage:
    """One page that edits a part of a case.

    `build(data, files)` makes the Bundle (data None: from what is stored). `save(bundle, base_version)` stores it or
    raises `editing.Conflict`, `editing.Frozen` or `Refused`. `version` is the version the
    reader sees now, `done` the address afterwards. `shut`: it can no longer be edited, and says so before anybody
    types (in the words of `why_shut`, where there are some); whoever typed before finds it in their draft. `arrange`
    gives what was typed as a button named `arrange` has put it in another order: nothing is judged, and it is a draft.
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
    arrange: Callable[[QueryDict], QueryDict] | None = None
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
        if "arrange" in request.POST and self.arrange:
            return self._arranged(request, self.arrange(request.POST))
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
            **head_of(self.case),
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
        for text in bundle.told():
            messages.info(request, text)
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

    def _arranged(self, request: SignedRequest, typed: QueryDict) -> HttpResponse:
        """What was typed in its new order, kept as a draft: the page may be left at once."""
        request.POST = typed  # type: ignore[assignment]  # as it would have been sent in this order
        base = whole(typed.get("base_version"), NEVER_READ)
        draft = self._remember(request, base)
        bundle = self.build(QueryDict(draft.data["post"]), None)
        bundle.quiet()
        return self._show(request, bundle, base, draft=draft)

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
            **head_of(self.case),
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
