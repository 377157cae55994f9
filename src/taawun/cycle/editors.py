"""The editing pages of the cycle, each a `FormPage`: draft, conflict and double submit come from there."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import actions, forms
from taawun.cycle.models import AppraisalNote, Component, CooperationRequest, Operation, Opinion
from taawun.cycle.pages import questions_here
from taawun.cycle.showing import PARTS, request_parts
from taawun.cycle.team import named_team
from taawun.directory.roles import Role
from taawun.foundation import editing
from taawun.foundation.pages import Bundle, FormPage
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import standing

PART_FORMS: dict[str, type[forms.PartForm]] = {
    "idea": forms.IdeaPart,
    "background": forms.BackgroundPart,
    "goal": forms.GoalPart,
    "outputs": forms.OutputsPart,
    "site": forms.SitePart,
    "inputs": forms.InputsPart,
    "implementing": forms.ImplementingPart,
}


def request_part_page(
    request: SignedRequest, coop_request: CooperationRequest, part: str, context: dict[str, Any]
) -> HttpResponse:
    """One part of the request's form, with the list of parts beside it and the lessons found for what is typed."""
    form_class = PART_FORMS.get(part)
    if form_class is None:
        raise Http404
    offers = registry.services.get("lessons-for-request")
    page = FormPage(
        case=coop_request,
        part=part,
        title=dict(PARTS)[part],
        version=editing.version_of(coop_request, part),
        build=_part_builder(coop_request, part, form_class),
        save=lambda bundle, base: _save_part(request, coop_request, part, bundle, base),
        done=_following(coop_request, part),
        shut=not coop_request.is_editable,
        template="cycle/request_part.html",
        extra=context
        | {
            "title": dict(PARTS)[part],
            "parts": request_parts(coop_request, part),
            "parts_title": _("The request"),
            "parts_url": coop_request.get_absolute_url(),
            "part_number": [name for name, _label in PARTS].index(part) + 1,
            "seen_by": _("Only your organisation sees it."),
            "questions_here": questions_here(coop_request, request.user, part),
            "text_language": coop_request.language,
            "back": coop_request.get_absolute_url(),
            "offers": offers(coop_request) if offers else [],
        },
    )
    return page.answer(request)


def _part_builder(
    coop_request: CooperationRequest, part: str, form_class: type[forms.PartForm]
) -> Callable[[Any, Any], Bundle]:
    def build(data: Any, files: Any) -> Bundle:
        form = form_class(data, instance=coop_request)
        if part == "outputs":
            held = [{"text": o.text, "activities": o.activities} for o in coop_request.outputs.all()]
            return Bundle(form, [forms.OutputRows(data, initial=held, prefix="outputs")])
        if part == "inputs":
            inputs: list[dict[str, Any]] = [
                {
                    "side": i.side,
                    "kind": i.kind,
                    "text": i.text,
                    "amount": i.amount,
                    "currency": i.currency_id,
                }
                for i in coop_request.inputs.all()
            ]
            return Bundle(form, [forms.InputRows(data, initial=inputs, prefix="inputs")])
        return Bundle(form)

    return build


def kept_rows(rows: Any) -> list[dict[str, Any]]:
    """The rows of a formset that were filled and not struck out."""
    return [
        {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        for form in rows
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def _save_part(
    request: SignedRequest, coop_request: CooperationRequest, part: str, bundle: Bundle, base: int
) -> None:
    common: dict[str, Any] = {"actor": request.user, "base_version": base}
    fresh = CooperationRequest.objects.get(pk=coop_request.pk)
    if part == "outputs":
        actions.save_request_rows(fresh, part, kept_rows(bundle.rows[0]), **common)
    elif part == "inputs":
        rows = [{**row, "currency_id": row["currency"]} for row in kept_rows(bundle.rows[0])]
        actions.save_request_rows(fresh, part, rows, **common)
    else:
        actions.save_request_part(fresh, part, bundle.form.values(), **common)


def _following(coop_request: CooperationRequest, part: str) -> str:
    """After one part the next; after the last, the request with what is still missing."""
    names = [name for name, _label in PARTS]
    following = names[names.index(part) + 1 :]
    if coop_request.state == "idea" or not following:
        return coop_request.get_absolute_url()
    return reverse("cycle:request-part", args=[coop_request.pk, following[0]])


def opinion_page(
    request: SignedRequest, coop_request: CooperationRequest, ref: int, context: dict[str, Any]
) -> HttpResponse:
    """A ministry answers: its own opinion alone; any other is not there."""
    asked = standing(request.user).holding(Role.OPINION)
    opinion = (
        Opinion.objects.filter(pk=ref, coop_request=coop_request, organisation_id__in=asked)
        .select_related("organisation")
        .first()
    )
    if opinion is None:
        raise Http404
    page = FormPage(
        case=coop_request,
        part=f"opinion-{ref}",
        title=_("Opinion of %(ministry)s") % {"ministry": opinion.organisation.name},
        version=1,
        build=lambda data, files: Bundle(
            forms.OpinionForm(data, initial={"verdict": opinion.verdict, "text": opinion.text})
        ),
        save=lambda bundle, base: actions.give_opinion(
            opinion, actor=request.user, **bundle.form.cleaned_data
        ),
        done=coop_request.get_absolute_url(),
        shut=bool(opinion.given_on) or coop_request.state != "under_review",
        extra={"crumbs": context["crumbs"], "save_label": _("Give the opinion")},
    )
    return page.answer(request)


def note_page(
    request: SignedRequest, coop_request: CooperationRequest, context: dict[str, Any]
) -> HttpResponse:
    """The desk's appraisal note."""
    note = AppraisalNote.objects.filter(coop_request=coop_request).first()
    page = FormPage(
        case=coop_request,
        part="appraisal-note",
        title=_("Appraisal note"),
        version=note.version if note else 0,
        build=lambda data, files: Bundle(
            forms.AppraisalNoteForm(data, initial={"text": note.text if note else ""})
        ),
        save=lambda bundle, base: actions.write_appraisal_note(
            coop_request, bundle.form.cleaned_data["text"], actor=request.user, base_version=base
        ),
        done=coop_request.get_absolute_url(),
        shut=coop_request.state != "under_review",
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)


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
        rows = forms.PartyRows(data, initial=held, prefix="party", form_kwargs={"case": operation})
        return Bundle(forms.forms.Form(data), [rows])

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
        rows = forms.TeamRows(data, initial=held, prefix="team", form_kwargs={"case": operation})
        return Bundle(forms.forms.Form(data), [rows])

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
    component = Component.objects.filter(pk=pk, operation=operation).first()
    if component is None:
        raise Http404
    component.operation = operation
    page = FormPage(
        case=operation,
        part=f"component-{pk}",
        title=component.title,
        version=operation.version,
        build=lambda data, files: Bundle(forms.ComponentForm(data, instance=component)),
        save=lambda bundle, base: actions.save_component(
            component, bundle.form.values(), actor=request.user, base_version=base
        ),
        done=reverse("cycle:parties", args=[operation.pk]),
        shut=operation.state not in actions.BEFORE_THE_START,
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)
