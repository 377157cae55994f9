"""Mail delivery in Vientiane, by Japan: wholly an example; what is not said here is as in the postal project."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.workspace.demo.texts import postal


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(postal, name)


BEGIN: dict[str, Any] = {
    "title": "Mail Delivery Improvement in Vientiane (example)",
    "language": "en",
    "modality_id": "modality:technical-cooperation-project",
    "need": "Letters and parcels lie for days in the sorting office of the capital before delivery.",
}
IDEA: dict[str, Any] = {
    "sector_id": "sector:22012",
    "source": "visit",
    "consulted": "Post offices of the capital; businesses that send parcels (example).",
    "priority_area": "Communication (example)",
    "development_issue": "Communication and logistics (example)",
    "programme": "Information and communication technology (example)",
}
PARTS: dict[str, dict[str, Any]] = {
    "background": {"background": "Carriers have no fixed rounds; one letter in three is late (example)."},
    "goal": {
        "overall_goal": "People and firms of the capital rely on the mail (example).",
        "purpose": "Mail is delivered on time in the nine districts of the capital (example).",
        "indicator": "Letters delivered within two days (example)",
        "indicator_unit": "%",
        "baseline": Decimal(60),
        "baseline_on": date(2017, 10, 31),
        "target": Decimal(85),
    },
    "site": {
        "site": "Vientiane Capital",
        "starts_on": date(2019, 1, 7),
        "ends_on": date(2020, 12, 31),
    },
    "implementing": {"implementing_note": "Sixty carriers; the running costs are in the budget (example)."},
}
PLACE = "Vientiane"
SITE = "Vientiane Capital"
BASELINE_ON = date(2017, 10, 31)
INPUTS: list[dict[str, Any]] = [
    {
        "side": "provider",
        "kind": "expert",
        "text": "Experts in postal operations (example)",
        "amount": Decimal(95000000),
        "currency_id": "currency:JPY",
    },
    {
        "side": "provider",
        "kind": "equipment",
        "text": "Motorcycles and bags for sixty carriers (example)",
        "amount": Decimal(14000000),
        "currency_id": "currency:JPY",
    },
    {
        "side": "partner",
        "kind": "counterpart",
        "text": "Counterparts, sixty carriers and the project office (example)",
        "amount": Decimal(900000000),
        "currency_id": "currency:LAK",
    },
]
OUTPUTS = [
    {
        "text": "Rounds and sorting follow improved procedures (example)",
        "activities": "Map the rounds of nine districts (example)\nSort by round (example)",
    },
    {
        "text": "Carriers apply the procedures (example)",
        "activities": "Equip the carriers (example)\nHold courses on delivery (example)",
    },
]
INDICATORS: list[dict[str, Any]] = [
    {
        "level": "goal",
        "number": 1,
        "name": "Letters and parcels sent a head and year (example)",
        "unit": "items",
        "baseline": Decimal("0.3"),
        "target": Decimal("0.8"),
        "target_on": date(2023, 12, 31),
        "means_of_verification": "Yearly report of the enterprise (example)",
    },
    {
        "level": "output",
        "number": 1,
        "name": "Districts with fixed rounds (example)",
        "unit": "districts",
        "baseline": Decimal(0),
        "target": Decimal(9),
        "target_on": date(2020, 6, 30),
        "means_of_verification": "Visits to the offices (example)",
    },
    {
        "level": "output",
        "number": 2,
        "name": "Carriers certified (example)",
        "unit": "persons",
        "baseline": Decimal(0),
        "target": Decimal(60),
        "target_on": date(2020, 6, 30),
        "means_of_verification": "Course records (example)",
    },
]
EX_ANTE = postal.EX_ANTE | {
    "beneficiaries": "Users of the post in the capital; sixty carriers (example).",
    "effectiveness": "The outputs suffice for the purpose if carriers are equipped in time (example).",
}
SHEET_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(700), Decimal(1000)),
    "1-1": (Decimal(4),),
    "2-1": (Decimal(30),),
}
SHEET_OTHER = dict(SHEET_VALUES)
SHEET = {
    "progress": "Rounds are fixed in four districts; thirty carriers are trained (example).",
    "problems": "Motorcycles wait for their registration (example).",
}
ACTIONS = "Bags were handed over before the first course (example)."
MEETING = {"attendance": "Both sides (example)", "summary": "Progress was reviewed (example)."}
DECISION = "Register the motorcycles before the next course (example)"
LAST_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(860), Decimal(1000)),
    "G-1": (Decimal("0.5"),),
    "1-1": (Decimal(9),),
    "2-1": (Decimal(60),),
}
REPORT = postal.REPORT | {
    "products": "Maps of the rounds; course book (example).",
    "equipment_state": "Fifty-eight motorcycles of sixty in use (example).",
    "effectiveness": "Purpose reached: 86 % of letters within two days (example).",
    "problems_and_lessons": "Registration of motorcycles takes four months (example).",
    "monitoring_plan": "The enterprise reports the share of letters on time each January (example).",
}
# How the lesson of the postal project was applied, and what the evaluator found of it.
APPLIED = "Bags and motorcycles are ordered with the first expert; a course begins where they are (example)."
OUTCOME = (
    "helped-partly",
    "Bags were there before each course; motorcycles came four months late, for want of registration (example).",
)
EVALUATION = "Mail is delivered on time in the nine districts; upkeep of motorcycles is budgeted (example)."
EVIDENCE = postal.EVIDENCE | {
    "effectiveness": "Delivery tests in nine districts: 85 % within two days (example).",
    "sustainability": "Upkeep stands in the budget of the enterprise (example).",
}
RECOMMENDATION = "Plan the registration of vehicles with their purchase (example)."
RESPONSE = "The next purchase includes it (example)."
