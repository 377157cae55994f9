"""Post offices ready for floods, by Japan: wholly an example; what is not said here is as in the postal project."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.workspace.demo.texts import postal


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(postal, name)


BEGIN: dict[str, Any] = {
    "title": "Disaster Readiness and Climate Resilience of Post Offices (example)",
    "language": "en",
    "modality_id": "modality:technical-cooperation-project",
    "need": "Floods close post offices for weeks: none of them has a plan, a store or a second line (example).",
}
IDEA: dict[str, Any] = postal.IDEA | {
    "sector_id": "sector:74020",
    "consulted": "Post offices of the delta; the townships that they serve (example).",
    "development_issue": "Preparedness (example)",
    "programme": "Reducing the risk of disasters (example)",
}
PARTS: dict[str, dict[str, Any]] = postal.PARTS | {
    "background": {
        "background": "Each flood takes away letters, pensions and papers kept for others (example)."
    },
    "goal": {
        "overall_goal": "Townships of the delta are reached by post in every season (example).",
        "purpose": "Post offices of the delta open again within three days of a flood (example).",
        "indicator": "Post offices with a tried plan (example)",
        "indicator_unit": "",
        "baseline": Decimal(0),
        "baseline_on": date(2026, 6, 30),
        "target": Decimal(48),
    },
    "site": {
        "site": "Ayeyarwady Region",
        "starts_on": date(2027, 10, 1),
        "ends_on": date(2030, 9, 30),
    },
    "implementing": {"implementing_note": "Two officers of the post for each district (example)."},
}
OUTPUTS = [
    {
        "text": "Each post office has a plan for floods (example)",
        "activities": "Write one plan with two offices (example)\nTry it in the dry season (example)",
    },
    {
        "text": "Staff can bring mail and papers to safety within a day (example)",
        "activities": "Train two of each office (example)\nPractise once a year (example)",
    },
]
INPUTS: list[dict[str, Any]] = [
    postal.INPUTS[0] | {"text": "Experts in preparing for disasters (example)"},
    *postal.INPUTS[2:],
]
NOTE = "The need is well shown; what others did in the region should be asked for (example)."
