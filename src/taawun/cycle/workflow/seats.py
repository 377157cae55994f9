"""The seats that act on requests and operations."""

from taawun.directory.roles import Role
from taawun.kernel.workflow import Seat

REQUESTING = Seat(Role.LINE_OFFICER, "requesting")
COORDINATION = Seat(Role.COORDINATION, "coordination")
COUNTRY_OFFICE = Seat(Role.COUNTRY_OFFICE, "country-office")
DESK = Seat(Role.DESK, "provider")
# The country office, or the desk of a provider that has none in the country.
OFFICE = (COUNTRY_OFFICE, Seat(Role.DESK, "office-desk"))
APPROVING = Seat(Role.APPROVER, "approving")
SIGNING_PARTNER = Seat(Role.LINE_OFFICER, "signing")
SIGNING_PROVIDER = Seat(Role.COUNTRY_OFFICE, "signing")
# Every seat in which a signing party may act: whose it is on a case, its parties say.
SIGNING = (
    SIGNING_PARTNER,
    Seat(Role.COORDINATION, "signing"),
    SIGNING_PROVIDER,
    Seat(Role.DESK, "signing"),  # an agency without an office in the country
)
FACILITATING = (Seat(Role.COUNTRY_OFFICE, "facilitating"), Seat(Role.DESK, "facilitating"))
EVALUATOR = Seat("", "evaluators")
