"""The editing pages of meetings: draft, conflict and double submit come from `FormPage`."""

from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.bundle import Bundle
from taawun.foundation.forms import kept_rows
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.meetings import actions, queries
from taawun.meetings.forms import DecisionRows, MeetingForm, MemberRows
from taawun.meetings.models import Meeting, Member, Survey
from taawun.meetings.survey_forms import SignatoryRows, SurveyForm, SurveyorRows

MEMBER = ("pk", "organisation_id", "capacity", "person_id", "name", "title", "held_from", "held_to")


def committee_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> FormPage:
    """Name the members of the joint coordinating committee."""
    actor: Any = request.user
    committee = queries.committee_of(operation)
    held = [_member(member) for member in queries.members_of(operation)]

    def build(data: Any, files: Any) -> Bundle:
        rows = MemberRows(
            data,
            initial=held or _one_for_each_party(operation),
            prefix="members",
            form_kwargs={"case": operation},
        )
        return Bundle(django_forms.Form(data), [rows])

    return FormPage(
        case=operation,
        part="committee",
        title=_("Joint coordinating committee"),
        version=committee.version if committee else 0,
        build=build,
        save=lambda bundle, base: actions.name_committee(
            operation, kept_rows(bundle.rows[0]), actor=actor, base_version=base
        ),
        done=reverse("meetings:meetings", args=[operation.pk]),
        shut=operation.state in actions.ENDED,
        extra={"crumbs": context["crumbs"], "text_language": operation.language},
    )


def _member(member: Member) -> dict[str, Any]:
    return {name.removesuffix("_id"): getattr(member, name) for name in MEMBER}


def _one_for_each_party(operation: Operation) -> list[dict[str, Any]]:
    """An empty committee begins with a seat for each signing party."""
    return [
        {"organisation": party.organisation_id, "capacity": "member", "held_from": clock.today()}
        for party in operation.party_rows
        if party.signs
    ]


def meeting_page(
    request: SignedRequest, operation: Operation, meeting: Meeting | None, context: dict[str, Any]
) -> FormPage:
    """Record a meeting, or correct what was recorded."""
    actor: Any = request.user
    texts = ("held_on", "place", "attendance", "summary", "minutes")
    held = {name: getattr(meeting, name) for name in texts} if meeting else {}
    decisions = [
        {"pk": d.pk, "text": d.text, "owner": d.owner_id, "due_on": d.due_on}
        for d in (meeting.decisions.all() if meeting else ())
    ]

    def build(data: Any, files: Any) -> Bundle:
        form = MeetingForm(data, files, initial=held, case=operation, user=request.user)
        return Bundle(
            form, [DecisionRows(data, initial=decisions, prefix="decisions", form_kwargs={"case": operation})]
        )

    return FormPage(
        case=operation,
        part=f"meeting-{meeting.pk}" if meeting else "meeting-new",
        title=str(meeting) if meeting else _("Record a meeting of the joint coordinating committee"),
        version=meeting.version if meeting else 0,
        build=build,
        save=lambda bundle, base: actions.record_meeting(
            operation,
            bundle.form.cleaned_data,
            kept_rows(bundle.rows[0]),
            actor=actor,
            meeting=meeting,
            base_version=base,
        ),
        done=reverse("meetings:meetings", args=[operation.pk]),
        shut=operation.state not in actions.MEETING_STATES,
        extra={"crumbs": context["crumbs"], "text_language": operation.language},
    )


SURVEY = ("starts_on", "ends_on", "places", "minutes", "signed_on", "signed_at", "scan")


def survey_page(
    request: SignedRequest, operation: Operation, survey: Survey | None, context: dict[str, Any]
) -> FormPage:
    """Record a detailed planning survey, or complete what was recorded."""
    actor: Any = request.user
    held = {name: getattr(survey, name) for name in SURVEY} if survey else {}
    members = _rows(survey and survey.members.all(), "pk", "name", "organisation_name", "function")
    signatories = _rows(survey and survey.signatories.all(), "pk", "organisation_id", "name", "title")

    def build(data: Any, files: Any) -> Bundle:
        common: dict[str, Any] = {"form_kwargs": {"case": operation}}
        went = SurveyorRows(data, initial=members, prefix="members", **common)
        signed = SignatoryRows(data, initial=signatories, prefix="signatories", **common)
        return Bundle(SurveyForm(data, files, initial=held, user=request.user), [went, signed])

    return FormPage(
        case=operation,
        part=f"survey-{survey.pk}" if survey else "survey-new",
        title=str(survey) if survey else _("Record a detailed planning survey"),
        version=survey.version if survey else 0,
        build=build,
        save=lambda bundle, base: actions.record_survey(
            operation,
            bundle.form.cleaned_data,
            kept_rows(bundle.rows[0]),
            kept_rows(bundle.rows[1]),
            actor=actor,
            survey=survey,
            base_version=base,
        ),
        done=reverse("meetings:meetings", args=[operation.pk]),
        template="meetings/survey_form.html",
        shut=operation.state not in actions.SURVEY_STATES,
        extra={"crumbs": context["crumbs"], "text_language": operation.language},
    )


def _rows(held: Any, *names: str) -> list[dict[str, Any]]:
    return [{name.removesuffix("_id"): getattr(row, name) for name in names} for row in held or ()]
