"""The page that puts in force the design of an operation taken over after its signature."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.foundation.acts import answer_act, conditions, read_version, shut
from taawun.foundation.answers import answered_once
from taawun.foundation.models import AuditEvent
from taawun.foundation.requests import SignedRequest
from taawun.foundation.steps import Line
from taawun.planning import actions
from taawun.planning.checks import incomplete
from taawun.planning.queries import matrix_of, waits_to_be_entered
from taawun.planning.revision_forms import AgreedForm


def put_in_force(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """What must be there, the day on which the parties agreed, one act."""
    return answered_once(request, lambda: _put_in_force(request, operation, context))


def _put_in_force(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    design = waits_to_be_entered(operation)
    if design is None:
        return _shut(request, operation)
    form = AgreedForm(request.POST or None, initial={"agreed_on": _signed_on(operation)})
    line = Line(_("The design is complete"), list(incomplete(operation, matrix_of(operation, design.number))))
    context |= {
        "form": form,
        **conditions([line]),
        "base_version": design.version,
        "back": reverse("planning:design", args=[operation.pk]),
    }

    def act() -> str:
        actor: Any = request.user
        actions.put_in_force(
            operation=operation,
            agreed_on=form.cleaned_data["agreed_on"],
            actor=actor,
            base_version=read_version(request),
        )
        messages.success(request, _("Version %(number)s of the design is in force.") % {"number": 0})
        return reverse("planning:design", args=[operation.pk])

    return answer_act(request, "planning/put_in_force.html", context, act, lambda: _shut(request, operation))


def _signed_on(operation: Operation) -> Any:
    """The day of the signature, where the take-over told it."""
    rows = AuditEvent.objects.filter(kind=operation.kind, subject_id=operation.pk, to_state="agreed")
    return rows.values_list("acted_on", flat=True).first()


def _shut(request: SignedRequest, operation: Operation) -> HttpResponse:
    """The design is in force already, or this operation's is signed in the program."""
    return shut(
        request,
        heading=_("Put the agreed design in force"),
        why=_("The design of this operation is in force already, or becomes so with the signature."),
        back=reverse("planning:design", args=[operation.pk]),
    )
