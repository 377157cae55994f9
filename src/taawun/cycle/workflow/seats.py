"""The seats that act on requests and operations."""

from taawun.directory.roles import Role
from taawun.kernel.workflow import Seat

REQUESTING = Seat(Role.LINE_OFFICER, "requesting")
COORDINATION = Seat(Role.COORDINATION, "coordination")
COUNTRY_OFFICE = Seat(Role.COUNTRY_OFFICE, "country-office")
DESK = Seat(Role.DESK, "provider")
APPROVING = Seat(Role.APPROVER, "approving")
SIGNING_PARTNER = Seat(Role.LINE_OFFICER, "signing")
SIGNING_PROVIDER = Seat(Role.COUNTRY_OFFICE, "signing")
EVALUATOR = Seat("", "evaluators")
