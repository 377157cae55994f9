"""The path everything walks: requests, the operation they open, the parties and people in it."""

from taawun.cycle.models.components import Component
from taawun.cycle.models.consents import Consent
from taawun.cycle.models.days import AgencyDay
from taawun.cycle.models.keys import LANGUAGES, code_key, organisation_key
from taawun.cycle.models.operations import OPERATION_WORDS, Basis, Form, Operation, Party
from taawun.cycle.models.parts import OperationPart, TeamFunction, still_serving
from taawun.cycle.models.provider import Counter, Round
from taawun.cycle.models.reports import ActivityReport
from taawun.cycle.models.requests import (
    REQUEST_WORDS,
    CooperationRequest,
    IdeaSource,
    InputKind,
    InputSide,
    Lot,
    RequestInput,
    RequestOutput,
)
from taawun.cycle.models.review import AppraisalNote, Decision, Opinion, Verdict
from taawun.cycle.models.settings import (
    ApprovingSeat,
    ConsultedMinistry,
    ExPostType,
    ProviderSettings,
    UnderSettings,
    Waiver,
    settings_for,
    settings_of,
    usually_alone,
)
from taawun.cycle.models.team import TeamMember

__all__ = [
    "LANGUAGES",
    "OPERATION_WORDS",
    "REQUEST_WORDS",
    "ActivityReport",
    "AgencyDay",
    "AppraisalNote",
    "ApprovingSeat",
    "Basis",
    "Component",
    "Consent",
    "ConsultedMinistry",
    "CooperationRequest",
    "Counter",
    "Decision",
    "ExPostType",
    "Form",
    "IdeaSource",
    "InputKind",
    "InputSide",
    "Lot",
    "Operation",
    "OperationPart",
    "Opinion",
    "Party",
    "ProviderSettings",
    "RequestInput",
    "RequestOutput",
    "Round",
    "TeamFunction",
    "TeamMember",
    "UnderSettings",
    "Verdict",
    "Waiver",
    "code_key",
    "organisation_key",
    "settings_for",
    "settings_of",
    "still_serving",
    "usually_alone",
]
