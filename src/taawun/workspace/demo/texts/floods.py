"""Flood warnings in Senegal, by Morocco with Japan's help: wholly an example, written in French."""

from datetime import date
from decimal import Decimal
from typing import Any

OPEN: dict[str, Any] = {
    "title": "Alerte précoce aux crues du fleuve (exemple)",
    "language": "fr",
    "modality_id": "modality:technical-cooperation-project",
    "sector_id": "sector:41010",
    "site": "Vallée du fleuve",
    "starts_on": date(2025, 7, 21),
    "ends_on": date(2028, 7, 20),
    "basis": "triangular",
    "basis_number": "AT-SN-MA-JP-2025 (exemple)",
}
BASIS_ON = date(2025, 2, 10)
FACILITATES = "Deux experts en hydrologie, cours au Japon"
OBJECTIVES = {
    "goal": "Les riverains perdent moins de biens lors des crues.",
    "purpose": "Les communes reçoivent l’alerte deux jours avant la crue.",
}
OUTPUTS = [
    {
        "id": None,
        "text": "Les limnigraphes transmettent chaque heure",
        "activities": "Installer les limnigraphes\nFormer les observateurs",
    },
    {"id": None, "text": "Le modèle de crue tourne au service", "activities": "Caler le modèle"},
]
INPUTS: dict[str, list[dict[str, Any]]] = {
    "implementing": [
        {
            "kind": "counterpart",
            "text": "Cinq homologues et locaux",
            "amount": Decimal(90000000),
            "currency": "currency:XOF",
        }
    ],
    "provider": [
        {
            "kind": "expert",
            "text": "Prévisionniste, 24 mois",
            "amount": Decimal(2880000),
            "currency": "currency:MAD",
        }
    ],
    "facilitating": [
        {
            "kind": "expert",
            "text": "Deux hydrologues, 12 mois",
            "amount": Decimal(48000000),
            "currency": "currency:JPY",
        },
        {
            "kind": "equipment",
            "text": "Huit limnigraphes",
            "amount": Decimal(24000000),
            "currency": "currency:JPY",
        },
    ],
}
BASELINE_ON = date(2024, 12, 31)
INDICATORS: list[dict[str, Any]] = [
    {
        "level": "goal",
        "number": 1,
        "name": "Baisse des dommages déclarés après crue",
        "unit": "points",
        "baseline": Decimal(0),
        "target": Decimal(25),
        "target_on": date(2031, 12, 31),
        "means_of_verification": "Déclarations des communes",
    },
    {
        "level": "purpose",
        "number": 1,
        "name": "Communes alertées deux jours avant",
        "unit": "communes",
        "baseline": Decimal(2),
        "target": Decimal(30),
        "target_on": date(2028, 6, 30),
        "means_of_verification": "Journal des alertes",
    },
    {
        "level": "output",
        "number": 1,
        "name": "Limnigraphes en service",
        "unit": "limnigraphes",
        "baseline": Decimal(0),
        "target": Decimal(8),
        "target_on": date(2026, 12, 31),
        "means_of_verification": "Registre du réseau",
    },
    {
        "level": "output",
        "number": 2,
        "name": "Prévisions publiées dans la saison",
        "unit": "prévisions",
        "baseline": Decimal(0),
        "target": Decimal(120),
        "target_on": date(2027, 10, 31),
        "means_of_verification": "Archives du service",
    },
]
RISK = {
    "text": "Les appareils sont emportés par la crue",
    "likelihood": "medium",
    "countermeasure": "Un appareil de réserve par station.",
    "owner": None,
}
ASSUMPTION = {"level": "output", "text": "Le réseau mobile couvre la vallée"}
EX_ANTE = {
    "need_and_background": "Trois crues en dix ans ont surpris les communes de la vallée.",
    "beneficiaries": "Trente communes riveraines.",
    "environmental_category": "C",
    "cross_cutting": "Les comités d’alerte comptent autant de femmes que d’hommes.",
    "relevance": "Répond au plan national de prévention des crues.",
    "coherence": "Prolonge les services climatiques déjà appuyés.",
    "effectiveness": "Les résultats suffisent à l’objectif.",
    "efficiency": "Chaque prestataire apporte ce qu’il sait le mieux faire.",
    "impact": "Moins de dommages après les crues.",
    "sustainability": "L’entretien est inscrit au budget du service.",
    "conclusion": "La coopération triangulaire est justifiée et réalisable.",
    "evaluation_plan": "Mesure de l’objectif global en 2031.",
}
ANSWER = "Secteur différent."
PLACE = "Dakar"
SIGNATORY = "Signataire : {} (exemple)"
SITE = "Podor"
VERSIONS = [
    {
        "language": "fr",
        "authentic": True,
        "text": "Les trois parties conviennent du projet décrit à l’annexe I (exemple).",
    },
]
SHEET_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(11),),
    "1-1": (Decimal(6),),
    "2-1": (Decimal(34),),
}
SHEET_OTHER = dict(SHEET_VALUES)
SHEET_THIRD = {"1-1": (Decimal(4),)}
SHEET = {
    "progress": "Six limnigraphes posés ; le modèle tourne depuis novembre.",
    "problems": "Deux stations sans signal mobile.",
}
ACTIONS = "Prévisionniste en poste depuis août."
ACTIONS_THIRD = "Premier hydrologue en mission d’octobre à décembre."
DISPUTE = "Deux appareils posés ne transmettent pas : quatre sont en service (exemple)."
CORRECTED: dict[str, tuple[Decimal, ...]] = {**SHEET_VALUES, "1-1": (Decimal(4),)}
DISPUTE_LEFT_OPEN = "Trois des onze communes ont reçu l’alerte la veille seulement (exemple)."
EXPLANATION = "Compté d’après le journal des alertes : l’heure d’envoi y fait foi (exemple)."
MEETING = {"attendance": "Les trois parties", "summary": "Avancement examiné ; calendrier confirmé."}
DECISION = "Vérifier sur place les deux stations sans signal"
PROVIDED = "Comme prévu"
LAST_VALUES: dict[str, tuple[Decimal, ...]] = {
    "G-1": (Decimal(3),),
    "P-1": (Decimal(31),),
    "1-1": (Decimal(8),),
    "2-1": (Decimal(124),),
}
REPORT = {
    "inputs_actual": "Comme prévu.",
    "activities_done": "Toutes.",
    "products": "Manuel d’alerte.",
    "equipment_state": "Huit limnigraphes en service.",
    "design_history": "Version 0.",
    "relevance": "Toujours prioritaire.",
    "coherence": "Complète les services climatiques.",
    "effectiveness": "Objectif atteint.",
    "efficiency": "Dans le budget et le délai.",
    "impact": "Première crue sans surprise.",
    "sustainability": "Entretien budgété.",
    "problems_and_lessons": "Réserver des appareils.",
    "monitoring_plan": "Mesure annuelle par le service.",
}
EVALUATION = "Les communes reçoivent l’alerte à temps (exemple)."
EVIDENCE = {
    "relevance": "Plan national de prévention (exemple).",
    "coherence": "Aucun double emploi (exemple).",
    "effectiveness": "Trente communes alertées deux jours avant (exemple).",
    "efficiency": "Coût et délai prévus (exemple).",
    "impact": "Moins de dommages déclarés (exemple).",
    "sustainability": "Entretien budgété (exemple).",
}
LEVELS: dict[str, int] = {}
RECOMMENDATION = "Garder un appareil de réserve par station (exemple)."
RESPONSE = "Deux appareils commandés (exemple)."
