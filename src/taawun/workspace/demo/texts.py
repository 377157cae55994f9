"""What the demonstration's cases say.

Postal project of Myanmar: title, sites, background and aim from its published pages (docs/explanation/demo.md, with
sources), in our words; what is not published (indicators, amounts, inputs in detail) is an example.
"""

from datetime import date
from decimal import Decimal
from typing import Any

POSTAL: dict[str, Any] = {
    "title": "Postal Services Capacity Improvement Project",
    "language": "en",
    "modality_id": "modality:technical-cooperation-project",
    "need": (
        "Letters and parcels arrive late, are delivered to the wrong door, lost or damaged, "
        "and this holds back logistics."
    ),
}
POSTAL_IDEA: dict[str, Any] = {
    "sector_id": "sector:22012",
    "source": "dialogue",
    "consulted": "Post offices of the three regions; the ministry in charge; businesses that send parcels (example).",
    "priority_area": "Economic infrastructure (example)",
    "development_issue": "Communication and logistics (example)",
    "programme": "Information and communication technology",
}
POSTAL_PARTS: dict[str, dict[str, Any]] = {
    "background": {
        "background": (
            "The post is the only public body with the universal postal service at low and uniform prices. "
            "Its delivery network is immature, and work in delivery and in the offices has many problems, "
            "so that mail is late, "
            "misdelivered, lost or damaged; this holds back logistics."
        )
    },
    "goal": {
        "overall_goal": "The people of the area use cheap, quick and certain means of communication and logistics.",
        "purpose": "Delivery becomes faster and more reliable in the project area through better operations.",
        "indicator": "Letters delivered within the set time (example)",
        "indicator_unit": "%",
        "baseline": Decimal(55),
        "baseline_on": date(2014, 6, 30),
        "target": Decimal(85),
    },
    "site": {
        "site": "Nay Pyi Taw, Yangon Region, Mandalay Region",
        "starts_on": date(2016, 6, 9),
        "ends_on": date(2019, 6, 8),
    },
    "implementing": {"implementing_note": "Number of staff and budget: to be completed (example)."},
}
POSTAL_OUTPUTS = [
    {
        "text": "Sorting and delivery follow improved procedures (example)",
        "activities": (
            "Survey the present sorting and delivery (example)\nWrite and test procedures for sorting (example)"
        ),
    },
    {
        "text": "Staff of the offices can apply the procedures and train others (example)",
        "activities": "Train instructors (example)\nHold courses in the three regions (example)",
    },
]
POSTAL_INPUTS: list[dict[str, Any]] = [
    {
        "side": "provider",
        "kind": "expert",
        "text": "Experts in postal operations (example)",
        "amount": Decimal(180000000),
        "currency_id": "currency:JPY",
    },
    {
        "side": "provider",
        "kind": "training",
        "text": "Training in Japan for instructors (example)",
        "amount": Decimal(20000000),
        "currency_id": "currency:JPY",
    },
    {
        "side": "partner",
        "kind": "counterpart",
        "text": "Counterparts and office staff (example)",
        "amount": Decimal(60000000),
        "currency_id": "currency:MMK",
    },
    {
        "side": "partner",
        "kind": "premises",
        "text": "Project office and running costs (example)",
        "amount": None,
        "currency_id": None,
    },
]
