"""What the demonstration's cases say.

Postal project of Myanmar: title, sites, background and aim from its published pages (docs/explanation/demo.md, with
sources), in our words; what is not published (indicators, amounts, inputs in detail) is an example.
"""

from datetime import date
from decimal import Decimal
from typing import Any

BEGIN: dict[str, Any] = {
    "title": "Postal Services Capacity Improvement Project",
    "language": "en",
    "modality_id": "modality:technical-cooperation-project",
    "need": (
        "Letters and parcels arrive late, are delivered to the wrong door, lost or damaged, "
        "and this holds back logistics."
    ),
}
IDEA: dict[str, Any] = {
    "sector_id": "sector:22012",
    "source": "dialogue",
    "consulted": "Post offices of the three regions; the ministry in charge; businesses that send parcels (example).",
    "priority_area": "Economic infrastructure (example)",
    "development_issue": "Communication and logistics (example)",
    "programme": "Information and communication technology",
}
PARTS: dict[str, dict[str, Any]] = {
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
OPINION = "In line with our cooperation in posts (example)."
NOTE = "The need is well shown; the post can carry the project (example)."
NOTE_VERBALE = "The provider's government has adopted the request (example)."
PLACE = "Nay Pyi Taw"
SIGNATORY = "Signatory for {} (example)"
SITE = "Yangon"
VERSIONS = [
    {
        "language": "en",
        "authentic": True,
        "text": "The parties agree on the project described in Annex I (example).",
    },
    {
        "language": "fr",
        "authentic": False,
        "text": "Les parties conviennent du projet décrit à l’annexe I (exemple).",
    },
]
MEETING = {"attendance": "Both sides (example)", "summary": "Progress was reviewed (example)."}
DECISION = "Bags are bought before the next course (example)"
ACTIONS = "Bags were bought locally (example)."
PROVIDED = "As planned (example)"
ANSWER = "The carriers have their equipment already (example)."
OUTPUTS = [
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
INPUTS: list[dict[str, Any]] = [
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
# What the operation adds, part by part; all of it example.
BASELINE_ON = date(2015, 6, 30)
INDICATORS: list[dict[str, Any]] = [
    {
        "level": "goal",
        "number": 1,
        "name": "Letters and parcels sent a head and year (example)",
        "unit": "items",
        "baseline": Decimal("0.4"),
        "target": Decimal("1.0"),
        "target_on": date(2022, 6, 8),
        "means_of_verification": "Yearly report of the post (example)",
    },
    {
        "level": "output",
        "number": 1,
        "name": "Sorting centres that follow the procedures (example)",
        "unit": "centres",
        "baseline": Decimal(0),
        "target": Decimal(3),
        "target_on": date(2018, 12, 31),
        "means_of_verification": "Visits to the centres (example)",
    },
    {
        "level": "output",
        "number": 2,
        "name": "Staff certified (example)",
        "unit": "persons",
        "baseline": Decimal(0),
        "target": Decimal(240),
        "target_on": date(2018, 12, 31),
        "means_of_verification": "Course records (example)",
    },
]
RISK = {
    "text": "Trained staff leave for other services (example)",
    "likelihood": "medium",
    "countermeasure": "Two persons are trained for each post; instructors sign for two years (example).",
    "owner": None,
}
ASSUMPTION = {"level": "purpose", "text": "The volume of mail does not fall sharply (example)"}
EX_ANTE = {
    "need_and_background": "As in the request; the national plan names logistics (example).",
    "beneficiaries": "Users of the post in the three regions; staff of the post (example).",
    "environmental_category": "C",
    "cross_cutting": "Courses are open to women and men alike (example).",
    "relevance": "Meets the need shown in the survey and the policy of both sides (example).",
    "coherence": "No other donor works on postal operations (example).",
    "effectiveness": "The outputs suffice for the purpose if staff stay (example).",
    "efficiency": "Few experts, many instructors (example).",
    "impact": "Reliable mail lowers the cost of logistics (example).",
    "sustainability": "Running costs are borne by the post's own income (example).",
    "conclusion": "The cooperation is justified and feasible (example).",
    "evaluation_plan": "Ex-post evaluation about three years after completion.",
}
LAST_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(830), Decimal(1000)),  # letters in time, of letters tested
    "G-1": (Decimal("0.6"),),
    "1-1": (Decimal(3),),
    "2-1": (Decimal(252),),
}
SHEET_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(620), Decimal(1000)),
    "1-1": (Decimal(1),),
    "2-1": (Decimal(80),),
}
# What the other side found of the same: the page shows both.
SHEET_OTHER = SHEET_VALUES | {"P-1": (Decimal(630), Decimal(1000))}
SHEET = {
    "progress": "The survey is finished; procedures are tested in one centre (example).",
    "problems": "Delivery bags arrived late (example).",
}
REPORT = {
    "inputs_actual": "As planned, but for two months of one expert (example).",
    "activities_done": "All activities of the plan of operation (example).",
    "products": "Manual of sorting; course book; film for instructors (example).",
    "equipment_state": "All sorting frames in use; two need repair (example).",
    "design_history": "Version 0 alone (example).",
    "relevance": "Still meets the need (example).",
    "coherence": "Fits with the reform of the sector (example).",
    "effectiveness": "Purpose nearly reached: 83 % of letters in time (example).",
    "efficiency": "Within the period and the ceiling (example).",
    "impact": "Parcels of small firms have doubled (example).",
    "sustainability": "Instructors are on the post's own payroll (example).",
    "problems_and_lessons": "Bags and bicycles must come before the courses (example).",
    "monitoring_plan": (
        "The post reports the share of letters in time each June until the ex-post evaluation (example)."
    ),
}
EVIDENCE = {
    "relevance": "National plan; interviews at the ministry (example).",
    "coherence": "No overlap found (example).",
    "effectiveness": "Delivery tests in three regions: 84 % in time (example).",
    "efficiency": "Cost and period within the plan (example).",
    "impact": "Volume of parcels (example).",
    "sustainability": "Income covers running costs in two regions of three (example).",
}
LEVELS = {"relevance": 3, "effectiveness-impact": 3, "efficiency": 3, "sustainability": 2}
EVALUATION = (
    "The post delivers faster and more reliably; upkeep of vehicles is not yet assured everywhere (example)."
)
RECOMMENDATION = "Set aside a share of the income for the upkeep of delivery vehicles (example)."
RESPONSE = "Three per cent of the income are set aside from next year on (example)."
LESSON: dict[str, Any] = {
    "title": "Give carriers their equipment before the courses on delivery begin",
    "language": "en",
    "stage": "implementation",
    "situation": (
        "Carriers learnt the new delivery rounds in the courses but had no bags or bicycles for months (example)."
    ),
    "cause": "Equipment was ordered after the first courses; clearance took longer than planned (example).",
    "countermeasure": (
        "Order delivery equipment with the first expert; begin the courses in the offices that have it; "
        "let instructors practise sorting and delivery on site (example)."
    ),
    "conditions": "Postal or other delivery services that train many staff in several regions (example).",
    "keywords": "post, mail, delivery, sorting, carriers, training, equipment",
}
