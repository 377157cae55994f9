"""The editing pages of a request, each a `FormPage`: draft, conflict and double submit come from there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle import actions
from taawun.cycle.forms import parts
from taawun.cycle.forms.judging import AppraisalNoteForm, OpinionForm
from taawun.cycle.models import AppraisalNote, CooperationRequest, Opinion
from taawun.cycle.pages import questions_here
from taawun.cycle.showing import PARTS, request_parts
from taawun.directory.roles import Role
from taawun.foundation import editing
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest, there
from taawun.foundation.standing import standing

PART_FORMS: dict[str, type[parts.PartForm]] = {
    "idea": parts.IdeaPart,
    "background": parts.BackgroundPart,
    "goal": parts.GoalPart,
    "outputs": parts.OutputsPart,
    "site": parts.SitePart,
    "inputs": parts.InputsPart,
    "implementing": parts.ImplementingPart,
}


def request_part_page(
    request: SignedRequest, coop_request: CooperationRequest, part: str, context: dict[str, Any]
) -> HttpResponse:
    """One part of the request's form, with the list of parts beside it and the lessons found for what is typed."""
    form_class = there(PART_FORMS.get(part))
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
    coop_request: CooperationRequest, part: str, form_class: type[parts.PartForm]
) -> Callable[[Any, Any], Bundle]:
    def build(data: Any, files: Any) -> Bundle:
        form = form_class(data, instance=coop_request)
        if part == "outputs":
            held = [{"text": o.text, "activities": o.activities} for o in coop_request.outputs.all()]
            return Bundle(form, [parts.OutputRows(data, initial=held, prefix="outputs")])
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
            return Bundle(form, [parts.InputRows(data, initial=inputs, prefix="inputs")])
        return Bundle(form)

    return build


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
    opinion = there(
        Opinion.objects.filter(pk=ref, coop_request=coop_request, organisation_id__in=asked)
        .select_related("organisation")
        .first()
    )
    page = FormPage(
        case=coop_request,
        part=f"opinion-{ref}",
        title=_("Opinion of %(ministry)s") % {"ministry": opinion.organisation.name},
        version=1,
        build=lambda data, files: Bundle(
            OpinionForm(data, initial={"verdict": opinion.verdict, "text": opinion.text})
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
            AppraisalNoteForm(data, initial={"text": note.text if note else ""})
        ),
        save=lambda bundle, base: actions.write_appraisal_note(
            coop_request, bundle.form.cleaned_data["text"], actor=request.user, base_version=base
        ),
        done=coop_request.get_absolute_url(),
        shut=coop_request.state != "under_review",
        extra={"crumbs": context["crumbs"]},
    )
    return page.answer(request)
