"""Naming the committee, recording what its meetings decided, and the survey before the plan."""

from taawun.meetings.actions.committee import (
    ENDED,
    GATE,
    MEETING_STATES,
    name_committee,
    record_meeting,
)
from taawun.meetings.actions.surveys import SURVEY_GATE, SURVEY_STATES, record_survey

__all__ = [
    "ENDED",
    "GATE",
    "MEETING_STATES",
    "SURVEY_GATE",
    "SURVEY_STATES",
    "name_committee",
    "record_meeting",
    "record_survey",
]
