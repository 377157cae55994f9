"""The pages of a revision: its reason and meeting, its adoption, giving it up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.foundation.acts import answer_act, conditions, moved_on, read_version
from taawun.foundation.answers import answered_once
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.planning import actions, versions
from taawun.planning.adoption import adoption_lines
from taawun.planning.parts import WHILE_DONE, WHILE_REVISED
from taawun.planning.queries import meetings_that_decided, revision_of
from taawun.planning.revision_forms import AdoptionForm, DiscardForm, GroundsForm

PART = "revision"


def grounds_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> FormPage:
    """Open a revision with its reason; while it is written, correct reason and meeting."""
    actor: Any = request.user
    held = revision_of(operation)
    lock = held.parts.filter(part=PART).first() if held else None
    initial = {"reason": held.reason, "meeting": held.meeting_id} if held else {}

    def build(data: Any, files: Any) -> Bundle:
        return Bundle(GroundsForm(data, initial=initial, meetings=meetings_that_decided(operation)))

    return FormPage(
        case=operation,
        part=PART,
        title=_("Reason and meeting of the revision") if held else _("Revise the design"),
        version=lock.version if lock else 0,
        build=build,
        save=lambda bundle, base: actions.save_grounds(
            operation=operation, actor=actor, base_version=base, **bundle.form.cleaned_data
        ),
        done=reverse("planning:design", args=[operation.pk]),
        template="planning/grounds.html",
        shut=operation.state not in WHILE_REVISED,
        extra={"crumbs": context["crumbs"], "text_language": operation.language, "revision": held},
    )


def adopt(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Adopt the revision: what must be there, what changes, one act."""
    return answered_once(request, lambda: _adopt(request, operation, context))


def _adopt(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    revision, form = revision_of(operation), AdoptionForm(request.POST or None)
    if revision is None or operation.state not in WHILE_REVISED:
        return _shut(request, operation)
    lines = adoption_lines(operation, revision)
    context |= versions.revision_act(operation, revision) | {
        **conditions(lines),
        "form": form,
    }
    return _answer(
        request, operation, context, "planning/adopt.html", lambda: _adopted(request, operation, form)
    )


def _adopted(request: SignedRequest, operation: Operation, form: Any) -> str:
    actor: Any = request.user
    made = actions.adopt_revision(
        operation=operation,
        actor=actor,
        base_version=read_version(request),
        acted_on=form.cleaned_data["acted_on"],
    )
    messages.success(request, _("Version %(number)s of the design is in force.") % {"number": made.number})
    return reverse("planning:design", args=[operation.pk])


def discard(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Give the revision up, with the reason."""
    return answered_once(request, lambda: _discard(request, operation, context))


def _discard(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    revision, form = revision_of(operation), DiscardForm(request.POST or None)
    if revision is None or operation.state not in WHILE_DONE:
        return _shut(request, operation)
    context |= versions.revision_act(operation, revision) | {"form": form}
    return _answer(
        request, operation, context, "planning/discard.html", lambda: _discarded(request, operation, form)
    )


def _discarded(request: SignedRequest, operation: Operation, form: Any) -> str:
    actor: Any = request.user
    reason = form.cleaned_data["reason"]
    actions.discard_revision(
        operation=operation, actor=actor, reason=reason, base_version=read_version(request)
    )
    messages.success(request, _("The revision is discarded: the version in force stays as it is."))
    return reverse("planning:design", args=[operation.pk])


def _answer(
    request: SignedRequest,
    operation: Operation,
    context: dict[str, Any],
    template: str,
    act: Callable[[], str],
) -> HttpResponse:
    return answer_act(request, template, context, act, lambda: _shut(request, operation))


def _shut(request: SignedRequest, operation: Operation) -> HttpResponse:
    """No revision is being written, or the operation has moved on."""
    return moved_on(
        request,
        operation,
        heading=_("Revision of the design"),
        why=_("No revision of the design is being written, or the operation (now “%(state)s”) has moved on."),
        back=reverse("planning:design", args=[operation.pk]),
    )
