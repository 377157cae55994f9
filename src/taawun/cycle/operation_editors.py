"""The editing pages of an operation, each a `FormPage`: draft, conflict and double submit come from there."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import actions
from taawun.cycle.forms.taking_part import ComponentForm, PartyRows, TeamRows
from taawun.cycle.models import Component, Operation
from taawun.cycle.team import named_team
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest, there


def parties_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Name who takes part in an operation, until it is signed."""

    def build(data: Any, files: Any) -> Bundle:
        held = [
            {
                "organisation": p.organisation_id,
                "part": p.part,
                "signs": p.signs,
                "contributes": p.contributes,
            }
            for p in operation.party_rows
        ]
        rows = PartyRows(data, initial=held, prefix="party", form_kwargs={"case": operation})
        return Bundle(forms.Form(data), [rows])

    page = FormPage(
        case=operation,
        part="parties",
        title=_("Parties of the operation"),
        version=operation.version,
        build=build,
        save=lambda bundle, base: actions.name_parties(
            operation, kept_rows(bundle.rows[0]), actor=request.user, base_version=base
        ),
        done=reverse("cycle:parties", args=[operation.pk]),
        template="cycle/parties_form.html",
        shut=operation.state not in actions.BEFORE_THE_SIGNATURE,
        extra={"crumbs": context["crumbs"], "operation": operation},
    )
    return page.answer(request)


def people_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Name directors, managers, counterparts and experts."""

    def build(data: Any, files: Any) -> Bundle:
        held = [
            {
                "function": m.function,
                "person": m.person_id,
                "organisation": m.organisation_id,
                "field": m.field,
                "held_from": m.held_from,
                "held_to": m.held_to,
            }
            for m in named_team(operation)
        ]
        rows = TeamRows(data, initial=held, prefix="team", form_kwargs={"case": operation})
        return Bundle(forms.Form(data), [rows])

    page = FormPage(
        case=operation,
        part="people",
        title=_("People of the operation"),
        version=operation.version,
        build=build,
        save=lambda bundle, base: actions.name_people(
            operation, kept_rows(bundle.rows[0]), actor=request.user, base_version=base
        ),
        done=reverse("cycle:people", args=[operation.pk]),
        template="cycle/people_form.html",
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)


def component_page(
    request: SignedRequest, operation: Operation, pk: int, context: dict[str, Any]
) -> HttpResponse:
    """A component of this operation; another operation's is not there."""
    component = there(Component.objects.filter(pk=pk, operation=operation).first())
    component.operation = operation
    page = FormPage(
        case=operation,
        part=f"component-{pk}",
        title=component.title,
        version=operation.version,
        build=lambda data, files: Bundle(ComponentForm(data, instance=component)),
        save=lambda bundle, base: actions.save_component(
            component, bundle.form.values(), actor=request.user, base_version=base
        ),
        done=reverse("cycle:parties", args=[operation.pk]),
        shut=operation.state not in actions.BEFORE_THE_START,
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)
