"""Rain gauges in Guinea, by Morocco, all of the partner's acts by letter: wholly an example, written in French.

What is not said here is as in the climate services of Senegal.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.workspace.demo.texts import weather


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(weather, name)


BEGIN: dict[str, Any] = {
    "title": "Pluviomètres villageois de Kindia (exemple)",
    "language": "fr",
    "modality_id": "modality:technical-cooperation-project",
    "need": "Les coopératives sèment sans savoir ce qu’il a plu ; un champ sur trois est resemé (exemple).",
}
IDEA: dict[str, Any] = {
    "sector_id": "sector:15143",
    "source": "visit",
    "consulted": "Direction régionale de l’agriculture, quarante coopératives de Kindia (exemple).",
    "priority_area": "Agriculture et sécurité alimentaire",
    "development_issue": "Adaptation au changement climatique",
    "programme": "Coopération Sud-Sud en météorologie",
}
PARTS: dict[str, dict[str, Any]] = {
    "background": {
        "background": (
            "Deux postes pluviométriques couvrent la préfecture ; leurs relevés arrivent après les semis (exemple)."
        )
    },
    "goal": {
        "overall_goal": "Les riziculteurs de Kindia perdent moins de semis (exemple).",
        "purpose": "Les coopératives de Kindia sèment d’après les relevés de leurs pluviomètres (exemple).",
        "indicator": "Coopératives qui sèment d’après les relevés (exemple)",
        "indicator_unit": "%",
        "baseline": Decimal(0),
        "baseline_on": date(2017, 12, 31),
        "target": Decimal(70),
    },
    "site": {
        "site": "Préfecture de Kindia",
        "starts_on": date(2019, 1, 14),
        "ends_on": date(2020, 12, 31),
    },
    "implementing": {
        "implementing_note": "La direction régionale porte le projet ; un lecteur par village (exemple)."
    },
}
OPINION = "Nos agents ont équipé de tels postes au Maroc (exemple)."
NOTE = "Petit projet, bien préparé ; le ministère écrit, l’ambassade enregistre (exemple)."
PLACE, SITE = "Conakry", "Kindia"
BASELINE_ON = date(2017, 12, 31)
OUTPUTS = [
    {
        "text": "Soixante pluviomètres sont lus chaque jour (exemple)",
        "activities": "Choisir les villages et les lecteurs\nPoser les pluviomètres",
    },
    {
        "text": "Les relevés reviennent aux coopératives chaque semaine (exemple)",
        "activities": "Former les lecteurs\nDiffuser les relevés par la radio locale",
    },
]
INPUTS: list[dict[str, Any]] = [
    {
        "side": "provider",
        "kind": "expert",
        "text": "Technicien en instruments, 6 mois (exemple)",
        "amount": Decimal(420000),
        "currency_id": "currency:MAD",
    },
    {
        "side": "provider",
        "kind": "equipment",
        "text": "Soixante pluviomètres et vingt de réserve (exemple)",
        "amount": Decimal(160000),
        "currency_id": "currency:MAD",
    },
    {
        "side": "partner",
        "kind": "counterpart",
        "text": "Deux homologues, soixante lecteurs et un local (exemple)",
        "amount": Decimal(450000000),
        "currency_id": "currency:GNF",
    },
]
_AIMS = (
    ("goal", 1, "Champs resemés dans la saison (exemple)", "%", 33, 10, date(2023, 12, 31)),
    ("output", 1, "Pluviomètres lus chaque jour (exemple)", "pluviomètres", 2, 60, date(2020, 6, 30)),
    ("output", 2, "Semaines où les relevés sont diffusés (exemple)", "semaines", 0, 26, date(2020, 11, 30)),
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
        "means_of_verification": "Cahiers des lecteurs (exemple)",
    }
    for level, number, name, unit, baseline, target, day in _AIMS
]
RISK = {
    "text": "Les lecteurs bénévoles se lassent (exemple)",
    "likelihood": "medium",
    "countermeasure": "Deux lecteurs par village (exemple).",
    "owner": None,
}
ASSUMPTION = {"level": "output", "text": "La radio locale émet toute la saison (exemple)"}
EX_ANTE = weather.EX_ANTE | {
    "beneficiaries": "Quarante coopératives de riziculteurs (exemple).",
    "cross_cutting": "Un lecteur sur deux est une femme (exemple).",
    "coherence": "Aucun autre réseau de mesure dans la préfecture (exemple).",
    "efficiency": "Du matériel simple, posé par les villages (exemple).",
    "impact": "Moins de semis perdus (exemple).",
    "sustainability": "Un pluviomètre coûte peu ; la réserve suffit à cinq ans (exemple).",
    "evaluation_plan": "Mesure de l’objectif global en 2023 (exemple).",
}
ANSWER = "Secteur différent (exemple)."
# Nobody of the ministry has an account: its people are told by name.
NAMES = {
    "director": "Directrice régionale de l’agriculture (exemple)",
    "manager": "Chef de la section météorologie agricole (exemple)",
}
# By which letter each act of the partner was done, and how many days old it was when the embassy recorded it.
LETTERS: dict[tuple[str, str], tuple[str, int]] = {
    ("line", "prepare"): ("MA-17/2018 (exemple)", 6),
    ("line", "submit"): ("MA-31/2018 (exemple)", 4),
    ("coordination", "retain"): ("DC-12/2018 (exemple)", 7),
    ("coordination", "forward"): ("DC-15/2018 (exemple)", 3),
    ("line", "sheet"): ("MA-88/2019 (exemple)", 8),
    ("line", "confirm-results"): ("MA-140/2020 (exemple)", 5),
    ("line", "answer"): ("MA-26/2024 (exemple)", 11),
}
SHEET_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(9), Decimal(40)),
    "1-1": (Decimal(41),),
    "2-1": (Decimal(8),),
}
SHEET = {
    "progress": "Quarante et un pluviomètres sont posés et lus (exemple).",
    "problems": "Les cahiers arrivent à Kindia avec deux semaines de retard (exemple).",
}
ACTIONS = "Le technicien a formé les lecteurs de vingt villages (exemple)."
MEETING = {"attendance": "Les deux parties (exemple)", "summary": "Avancement examiné (exemple)."}
DECISION = "Faire dicter les relevés par téléphone plutôt qu’attendre les cahiers (exemple)"
LAST_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(27), Decimal(40)),
    "G-1": (Decimal(19),),
    "1-1": (Decimal(58),),
    "2-1": (Decimal(24),),
}
REPORT = {
    "inputs_actual": "Comme prévu (exemple).",
    "activities_done": "Toutes celles du plan d’opérations (exemple).",
    "products": "Carnet du lecteur en trois langues (exemple).",
    "equipment_state": "Cinquante-huit pluviomètres en service, dix-sept en réserve (exemple).",
    "design_history": "Version 0 seule (exemple).",
    "relevance": "Le besoin demeure (exemple).",
    "coherence": "Les relevés servent aussi la préfecture (exemple).",
    "effectiveness": "Vingt-sept coopératives sur quarante sèment d’après les relevés (exemple).",
    "efficiency": "Dans le délai et le plafond (exemple).",
    "impact": "Un champ sur cinq est encore resemé (exemple).",
    "sustainability": "Les villages remplacent eux-mêmes les appareils (exemple).",
    "problems_and_lessons": "Dictés par téléphone, les relevés arrivent à temps (exemple).",
    "monitoring_plan": "Le ministère écrit chaque mois de janvier combien d’appareils sont lus (exemple).",
}
EVALUATION = (
    "Les relevés guident la plupart des semis ; la radio ne les diffuse plus chaque semaine (exemple)."
)
EVIDENCE = {
    "relevance": "Plan agricole régional ; entretiens dans douze villages (exemple).",
    "coherence": "Aucun double emploi (exemple).",
    "effectiveness": "Vingt-neuf coopératives sur quarante consultent les relevés (exemple).",
    "efficiency": "Coût et délai prévus (exemple).",
    "impact": "Champs resemés : 14 % en 2023 (exemple).",
    "sustainability": "Cinquante-deux appareils lus trois ans après ; diffusion irrégulière (exemple).",
}
LEVELS: dict[str, int] = {}  # its provider rates nothing
RECOMMENDATION = "Convenir avec la radio d’une heure fixe pour les relevés, de mai à novembre (exemple)."
RESPONSE = "Une convention est signée avec la radio rurale de Kindia (exemple)."
