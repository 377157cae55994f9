"""A parcel service in the south of Laos, by Japan: wholly an example; what is not said here is as in Vientiane's."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.workspace.demo.texts import vientiane


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(vientiane, name)


BEGIN: dict[str, Any] = {
    "title": "Parcel Service of the Southern Provinces (example)",
    "language": "en",
    "modality_id": "modality:technical-cooperation-project",
    "need": "Parcels travel without a number between provinces; one in five cannot be traced (example).",
}
IDEA = vientiane.IDEA | {"consulted": "Post offices of four provinces; traders and growers (example)."}
PARTS: dict[str, dict[str, Any]] = {
    "background": {"background": "Parcels change hands four times and are written down nowhere (example)."},
    "goal": {
        "overall_goal": "Traders of the four provinces send their goods by post (example).",
        "purpose": "Every parcel of the four provinces is numbered and traced (example).",
        "indicator": "Parcels traced from counter to door (example)",
        "indicator_unit": "%",
        "baseline": Decimal(40),
        "baseline_on": date(2018, 3, 31),
        "target": Decimal(90),
    },
    "site": {
        "site": "Champasak, Salavan, Sekong and Attapeu Provinces",
        "starts_on": date(2019, 7, 1),
        "ends_on": date(2022, 6, 30),
    },
    "implementing": {
        "implementing_note": "Thirty-eight counters; a post for tracing in each province (example)."
    },
}
PLACE, SITE = "Pakse", "Pakse"
BASELINE_ON = date(2018, 3, 31)
INPUTS: list[dict[str, Any]] = [
    vientiane.INPUTS[0] | {"text": "Experts in parcel services (example)"},
    vientiane.INPUTS[1] | {"text": "Label printers for thirty-eight counters (example)"},
    vientiane.INPUTS[2] | {"text": "Counterparts, counter staff and the project office (example)"},
]
OUTPUTS = [
    {
        "text": "Every counter numbers parcels in one register (example)",
        "activities": "Agree on one form of number (example)\nEquip thirty-eight counters (example)",
    },
    {
        "text": "Staff trace a parcel within one day (example)",
        "activities": "Train staff at their own counter (example)\nTest tracing each quarter (example)",
    },
]
_AIMS = (
    ("goal", 1, "Parcels sent by traders a year (example)", "parcels", 9000, 20000, date(2025, 6, 30)),
    ("output", 1, "Counters that number every parcel (example)", "counters", 0, 38, date(2022, 3, 31)),
    ("output", 2, "Staff who traced a test parcel in a day (example)", "persons", 0, 76, date(2022, 3, 31)),
)
INDICATORS: list[dict[str, Any]] = [
    {
        "level": level,
        "number": number,
        "name": name,
        "unit": unit,
        "baseline": Decimal(baseline),
        "target": Decimal(target),
        "target_on": day,
        "means_of_verification": "Registers of the counters (example)",
    }
    for level, number, name, unit, baseline, target, day in _AIMS
]
EX_ANTE = vientiane.EX_ANTE | {
    "beneficiaries": "Traders and growers of four provinces; seventy-six counter staff (example).",
    "effectiveness": "The outputs suffice for the purpose if the counters are equipped in time (example).",
}
SHEET_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(510), Decimal(1000)),
    "1-1": (Decimal(14),),
    "2-1": (Decimal(20),),
}
SHEET_OTHER = dict(SHEET_VALUES)
SHEET = {
    "progress": "Fourteen counters number every parcel (example).",
    "problems": "In the rains no parcel leaves three districts for weeks (example).",
}
ACTIONS = "Registers are kept on paper where the line is down (example)."
DECISION = "Move the courses to the dry months (example)"
LAST_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(910), Decimal(1000)),
    "G-1": (Decimal(13000),),
    "1-1": (Decimal(38),),
    "2-1": (Decimal(78),),
    "3-1": (Decimal(11),),
}
REPORT = vientiane.REPORT | {
    "products": "Register of parcels; handbook of tracing (example).",
    "design_history": "Version 1 since May 2021, with the amendment: output 3 added (example).",
    "equipment_state": "Thirty-six printers of thirty-eight in use (example).",
    "effectiveness": "Purpose reached: 91 % of parcels traced (example).",
    "problems_and_lessons": "Courses planned for the rainy months were lost; six months of suspension (example).",
    "monitoring_plan": "The enterprise reports the share of traced parcels each July (example).",
}
APPLIED = ""
ANSWER = "Nobody goes on rounds: staff learn at counters that are equipped (example)."
# Suspended and resumed.
FLOOD = "The floods have cut the roads to two provinces; no expert can travel (example)."
DRY = "The roads are open again; the counters have reopened (example)."
# What the flood taught: an output more, under a higher ceiling, by an amendment.
CEILING = Decimal(109000000)  # what the provider brings, in yen
REVISION: dict[str, Any] = {
    "meeting": {
        "attendance": "Both sides (example)",
        "summary": "Eleven counters were cut off for months and nobody knew which parcels lay there (example).",
    },
    "decision": "Add an output for the rains, and ask the parties for an amendment (example)",
    "reason": "Tracing stopped wherever the road was cut (example).",
    "amendment": "Counters that are cut off must be able to report: an output and its cost are added (example).",
    "output": {
        "text": "Counters report by telephone when the road is cut (example)",
        "activities": "Agree on a list of calls (example)\nLend telephones to counters in the hills (example)",
    },
    "indicator": {
        "id": None,
        "name": "Counters that report by telephone (example)",
        "kind": "number",
        "unit": "counters",
        "steps": None,
        "baseline": Decimal(0),
        "baseline_on": date(2021, 3, 31),
        "target": Decimal(12),
        "target_on": date(2022, 3, 31),
        "means_of_verification": "Lists of calls (example)",
        "frequency": "",
        "responsible": "",
    },
    "input": {
        "kind": "equipment",
        "text": "Telephones for twelve counters (example)",
        "quantity": None,
        "unit": "",
        "amount": Decimal(6000000),
        "currency": "currency:JPY",
    },
    "planned": {"planned_start": date(2021, 6, 1), "planned_end": date(2022, 3, 31)},
    "ceiling": Decimal(115000000),
    "versions": [
        {
            "language": "en",
            "authentic": True,
            "text": "The parties add an output and raise the ceiling as set out in the annex (example).",
        },
        {
            "language": "fr",
            "authentic": False,
            "text": "Les parties ajoutent un résultat et relèvent le plafond comme indiqué en annexe (exemple).",
        },
    ],
}
# Evaluated by the country office itself, which departs from the grade of the rule set.
EVALUATED_BY = {
    "sort": "internal",
    "reason": "Of this size the country office evaluates: an outside mission would cost more (example).",
}
JUDGEMENT = {
    "overall": "B",
    "judgement_reason": "Two provinces trace parcels only since the last half-year: too early to say highly (example).",
}
EVALUATION = "Parcels are numbered and traced; two provinces began late, after the floods (example)."
EVIDENCE = vientiane.EVIDENCE | {
    "effectiveness": "Test parcels in four provinces: 88 % traced within a day (example).",
    "efficiency": "Six months of suspension; the raised ceiling was kept (example).",
    "sustainability": "Paper and printers stand in the budget of two provinces of four (example).",
}
RECOMMENDATION = "Enter paper and printers in the budget of all four provinces (example)."
RESPONSE = "The budget of next year holds them (example)."


def lesson(title: str, stage: str, situation: str, **more: str) -> dict[str, Any]:
    """A lesson of the postal services of Laos; what is not given its author left empty."""
    words = {"cause": "", "countermeasure": "", "conditions": "", "keywords": "post, parcels, counters"}
    return (
        {"title": f"{title} (example)", "language": "en", "stage": stage, "situation": situation}
        | words
        | more
    )


RETURNED = lesson(
    "Keep courses out of the rainy months",
    "implementation",
    "Two of three courses were cancelled because staff could not reach them (example).",
)
WHAT_IS_MISSING = (
    "Say why the months were not known when the plan was made, and what to do instead (example)."
)
JOINED = lesson(
    "Printers before courses at the counters",
    "completion",
    "At ten counters staff learnt to number parcels months before the printer came (example).",
    cause="Printers and courses stood in two plans (example).",
    countermeasure="One plan for both; a course begins where the printer stands (example).",
)
SEEN_IN_VIENTIANE = "Motorcycles came four months after the courses for carriers (example)."
