"""The editing pages of an operation, each a `FormPage`: draft, conflict and double submit come from there."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import actions
from taawun.cycle.forms.opening import ActivityReportForm
from taawun.cycle.forms.taking_part import ComponentForm, PartyRows, TeamRows
from taawun.cycle.models import Component, Operation
from taawun.cycle.queries import activity_report_of
from taawun.cycle.team import named_team
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest, there

PARTY = ("organisation_id", "part", "signs", "contributes")
MEMBER = ("function", "person_id", "organisation_id", "field", "held_from", "held_to")


def parties_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Name who takes part in an operation, until it is signed."""
    page = _naming(
        request,
        operation,
        lambda data: _rows(PartyRows, "party", operation, PARTY, operation.party_rows, data),
        actions.name_parties,
        part="parties",
        title=_("Parties of the operation"),
        done=reverse("cycle:parties", args=[operation.pk]),
        template="cycle/parties_form.html",
        shut=operation.state not in actions.BEFORE_THE_SIGNATURE,
        extra={"crumbs": context["crumbs"], "operation": operation},
    )
    return page.answer(request)


def people_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> HttpResponse:
    """Name directors, managers, counterparts and experts."""
    page = _naming(
        request,
        operation,
        lambda data: _rows(TeamRows, "team", operation, MEMBER, named_team(operation), data),
        actions.name_people,
        part="people",
        title=_("People of the operation"),
        done=reverse("cycle:people", args=[operation.pk]),
        template="cycle/people_form.html",
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)


def _rows(
    kind: Any, prefix: str, operation: Operation, names: tuple[str, ...], held: Iterable[Any], data: Any
) -> Any:
    initial = [{name.removesuffix("_id"): getattr(row, name) for name in names} for row in held]
    return kind(data, initial=initial, prefix=prefix, form_kwargs={"case": operation})


def _naming(
    request: SignedRequest,
    operation: Operation,
    rows: Callable[[Any], Any],
    name: Callable[..., Any],
    **page: Any,
) -> FormPage:
    """A page of rows alone, of those who take part; `name` is the action that keeps them."""
    return FormPage(
        case=operation,
        version=operation.version,
        build=lambda data, files: Bundle(forms.Form(data), [rows(data)]),
        save=lambda bundle, base: name(
            operation, kept_rows(bundle.rows[0]), actor=request.user, base_version=base
        ),
        **page,
    )


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


def activity_report_page(
    request: SignedRequest, operation: Operation, context: dict[str, Any]
) -> HttpResponse:
    """What a stand-alone activity did and left behind."""
    report = activity_report_of(operation)

    def build(data: Any, files: Any) -> Bundle:
        initial = {"scan": report.scan} if report else {}
        form = ActivityReportForm(data, files, user=request.user, instance=report, initial=initial)
        return Bundle(form)

    def save(bundle: Bundle, base: int) -> None:
        actions.write_activity_report(
            operation, bundle.form.cleaned_data, actor=request.user, base_version=base
        )

    page = FormPage(
        case=operation,
        part="activity-report",
        title=_("Report"),
        version=report.version if report else 0,
        build=build,
        save=save,
        done=reverse("cycle:activity-report", args=[operation.pk]),
        shut=operation.state != "in_implementation",
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)
