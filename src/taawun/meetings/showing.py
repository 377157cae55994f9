"""How the committee and its meetings are put before the reader."""

from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.meetings import queries
from taawun.meetings.actions import ENDED, MEETING_STATES, SURVEY_STATES
from taawun.meetings.models import Meeting, Survey


def tab(operation: Operation, user: Any) -> dict[str, Any]:
    """The committee, the meetings with their decisions, and what this person may do here now."""
    members = queries.members_of(operation)
    may_draft = rights.seat_for(operation, user, "lesson")  # a lesson, of what the meeting found
    may_name = operation.state not in ENDED and rights.seat_for(operation, user, "people")
    return {
        "members": members,
        "sitting": queries.sitting(members, clock.today()),
        "meetings": queries.meetings_of(operation),
        "surveys": queries.surveys_of(operation),
        "may_survey": operation.state in SURVEY_STATES and bool(rights.seat_for(operation, user, "survey")),
        "may_name": bool(may_name),
        "may_draft": bool(may_draft),
        "may_record": operation.state in MEETING_STATES and bool(rights.seat_for(operation, user, "meeting")),
    }


def minutes(operation: Operation, meeting: Meeting, language: str) -> dict[str, Any]:
    """The minutes as a paper in a language, with a place to sign for each signing party."""
    meeting.operation = operation
    with translation.override(language):
        signing = [party.organisation.name for party in operation.party_rows if party.signs]
        return {
            "paper": {
                "language": language,
                "title": _("Minutes of meeting %(number)s of the joint coordinating committee")
                % {"number": meeting.number},
                "number": meeting.code,
                "date": meeting.held_on,
                "place": meeting.place,
            },
            "operation": operation,
            "meeting": meeting,
            "decisions": meeting.decisions.all(),
            "letterhead": signing,
            "signatures": [{"side": name} for name in signing],
            "is_example": operation.is_example,
            "back": reverse("meetings:meetings", args=[operation.pk]),
        }


def survey_minutes(operation: Operation, survey: Survey, language: str) -> dict[str, Any]:
    """The minutes of meeting of a survey as a paper in a language, with who signed."""
    survey.operation = operation
    with translation.override(language):
        signing = [party.organisation.name for party in operation.party_rows if party.signs]
        signed = (
            {"date": survey.signed_on, "place": survey.signed_at, "signed": True} if survey.signed_on else {}
        )
        signatures = [
            {"side": one.organisation.name, "name": one.name, "title": one.title, **signed}
            for one in survey.signatories.all()
        ]
        return {
            "paper": {
                "language": language,
                "title": _("Minutes of meeting on the detailed planning survey"),
                "number": survey.code,
                "date": survey.signed_on,
                "place": survey.signed_at,
            },
            "operation": operation,
            "survey": survey,
            "letterhead": signing,
            "signatures": signatures or [{"side": name} for name in signing],
            "is_example": operation.is_example,
            "back": reverse("meetings:meetings", args=[operation.pk]),
        }
