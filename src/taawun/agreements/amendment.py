"""The pages of an amendment: what it changes, its paper, its signature, its withdrawal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.agreements import actions, drafting, queries
from taawun.agreements.amendment_forms import (
    AmendedComponents,
    AmendmentForm,
    AmendmentTextForm,
    SignatureForm,
    WithdrawForm,
)
from taawun.agreements.changes import digest_of, items_of, substance_items
from taawun.agreements.editors import paper_page
from taawun.agreements.models import Amendment
from taawun.agreements.signing import signing_lines
from taawun.cycle.models import Operation
from taawun.foundation.acts import answer_act, conditions, moved_on, read_version
from taawun.foundation.answers import answered_once
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest

COMPONENT = ("starts_on", "ends_on", "ceiling")


def proposal_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> FormPage:
    """Begin an amendment, or change what it proposes. It opens with what is agreed: only what differs is changed."""
    actor: Any = request.user
    held = queries.open_amendment(operation)
    agreed = {"starts_on": operation.starts_on, "ends_on": operation.ends_on, "with_revision": True}
    names = ("reason", "starts_on", "ends_on", "with_revision")
    initial = {name: getattr(held, name) for name in names} if held else agreed
    rows, substance = _component_rows(operation, held), list(substance_items(operation))

    def build(data: Any, files: Any) -> Bundle:
        form = AmendmentForm(data, initial=initial, has_revision=bool(substance))
        components = AmendedComponents(
            data, initial=rows, prefix="components", form_kwargs={"case": operation}
        )
        return Bundle(form, [components])

    return FormPage(
        case=operation,
        part="amendment",
        title=str(held) if held else _("Amend the Record of Discussions"),
        version=held.instrument.version if held else 0,
        build=build,
        save=lambda bundle, base: actions.write_amendment(
            operation, bundle.form.values(), bundle.rows[0].kept(), actor=actor, base_version=base
        ),
        done=reverse("agreements:agreements", args=[operation.pk]),
        template="agreements/amendment_form.html",
        shut=operation.state not in queries.AMENDED,
        extra={"crumbs": context["crumbs"], "text_language": operation.language, "items": substance},
    )


def _component_rows(operation: Operation, held: Amendment | None) -> list[dict[str, Any]]:
    """A row for each component: what is proposed for it, else what is agreed."""
    proposed = {row.component_id: row for row in held.components.all()} if held else {}
    found = []
    for component in operation.components.all():
        row = proposed.get(component.pk, component)
        values = {name: getattr(row, name) for name in COMPONENT}
        found.append({"component": component.pk, "currency": row.currency_id, **values})
    return found


def text_page(
    request: SignedRequest, operation: Operation, context: dict[str, Any]
) -> FormPage | HttpResponse:
    """Write the paper of the open amendment in its languages, and note who signed it."""
    amendment = queries.open_amendment(operation)
    if amendment is None:
        return _none(request, operation)
    return paper_page(
        request,
        operation,
        context,
        held=amendment.instrument,
        form=AmendmentTextForm,
        compose=drafting.amendment_clauses(operation, amendment),
        write=actions.write_amendment_text,
        part=f"amendment-text-{amendment.number}",
        title=_("Text of amendment %(number)s") % {"number": amendment.number},
        shut=operation.state not in queries.AMENDED,
    )


def sign(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Record the signature: what must be there, what changes, one act."""
    return answered_once(request, lambda: _sign(request, operation, context))


def _sign(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    amendment = _of(operation)
    if amendment is None:
        return _none(request, operation)
    lines = signing_lines(operation, amendment)
    context |= _shown(operation, amendment) | {
        **conditions(lines),
        "form": SignatureForm(request.POST or None),
    }
    return answer_act(
        request,
        "agreements/amendment_sign.html",
        context,
        lambda: _signed(request, operation),
        lambda: _none(request, operation),
    )


def _signed(request: SignedRequest, operation: Operation) -> str:
    actor: Any = request.user
    read = request.POST.get("read", "")
    made = actions.sign_amendment(operation, actor=actor, base_version=read_version(request), read=read)
    messages.success(request, _("Amendment %(number)s is in force.") % {"number": made.number})
    return reverse("agreements:agreements", args=[operation.pk])


def withdraw(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Give the open amendment up, with the reason."""
    return answered_once(request, lambda: _withdraw(request, operation, context))


def _withdraw(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    amendment = _of(operation)
    if amendment is None:
        return _none(request, operation)
    form = WithdrawForm(request.POST or None)
    return answer_act(
        request,
        "agreements/amendment_withdraw.html",
        context | _shown(operation, amendment) | {"form": form},
        lambda: _withdrawn(request, operation, form),
        lambda: _none(request, operation),
    )


def _withdrawn(request: SignedRequest, operation: Operation, form: Any) -> str:
    actor: Any = request.user
    actions.withdraw_amendment(
        operation, reason=form.cleaned_data["reason"], actor=actor, base_version=read_version(request)
    )
    messages.success(request, _("The amendment is withdrawn: what was agreed stays as it is."))
    return reverse("agreements:agreements", args=[operation.pk])


def _of(operation: Operation) -> Amendment | None:
    return queries.open_amendment(operation) if operation.state in queries.AMENDED else None


def _shown(operation: Operation, amendment: Amendment) -> dict[str, Any]:
    items = items_of(operation, amendment)
    return {
        "amendment": amendment,
        "items": items,
        "read": digest_of(items),
        "base_version": amendment.instrument.version,
        "back": reverse("agreements:agreements", args=[operation.pk]),
    }


def _none(request: SignedRequest, operation: Operation) -> HttpResponse:
    return moved_on(
        request,
        operation,
        heading=_("Amendment"),
        why=_("No amendment is being written, or the operation (now “%(state)s”) has moved on."),
        back=reverse("agreements:agreements", args=[operation.pk]),
    )
