"""The path everything walks: requests, the operation they open, the parties and people in it."""

from taawun.cycle.models.consents import Consent
from taawun.cycle.models.keys import LANGUAGES, code_key, organisation_key
from taawun.cycle.models.operations import (
    STAND_ALONE,
    ActivityReport,
    Basis,
    Component,
    Form,
    Operation,
    OperationPart,
    Party,
    TeamFunction,
    TeamMember,
    still_serving,
)
from taawun.cycle.models.provider import Counter, Round
from taawun.cycle.models.requests import (
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
)

__all__ = [
    "LANGUAGES",
    "STAND_ALONE",
    "ActivityReport",
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
]
