"""Climate services in Senegal, by Morocco: wholly an example, written in French."""

from datetime import date
from decimal import Decimal
from typing import Any

BEGIN: dict[str, Any] = {
    "title": "Services climatiques pour l’agriculture pluviale (exemple)",
    "language": "fr",
    "modality_id": "modality:technical-cooperation-project",
    "need": "Les agriculteurs sèment sans prévision fiable et perdent une partie des récoltes les années sèches.",
}
IDEA: dict[str, Any] = {
    "sector_id": "sector:15143",
    "source": "visit",
    "consulted": "Service météorologique, direction de l’agriculture, groupements de huit départements.",
    "priority_area": "Agriculture et sécurité alimentaire",
    "development_issue": "Adaptation au changement climatique",
    "programme": "Coopération Sud-Sud en météorologie",
}
PARTS: dict[str, dict[str, Any]] = {
    "background": {
        "background": (
            "Douze stations sont hors service ; les bulletins paraissent trop tard pour décider de la date des semis. "
            "Le plan national d’adaptation donne la priorité aux services climatiques."
        )
    },
    "goal": {
        "overall_goal": "Les ménages agricoles du bassin perdent moins lors des périodes sèches.",
        "purpose": "Les groupements de huit départements utilisent les bulletins décadaires pour décider de semer.",
        "indicator": "Groupements qui utilisent les bulletins",
        "indicator_unit": "%",
        "baseline": Decimal(9),
        "baseline_on": date(2023, 6, 30),
        "target": Decimal(60),
    },
    "site": {
        "site": "Huit départements du bassin arachidier",
        "starts_on": date(2025, 1, 6),
        "ends_on": date(2027, 12, 31),
    },
    "implementing": {"implementing_note": "Service de 85 agents ; la division des réseaux porte le projet."},
}
OPINION = "Conforme à notre coopération en météorologie (exemple)."
NOTE = "Besoin bien établi ; le service peut porter le projet (exemple)."
NOTE_VERBALE = "Le Gouvernement du Royaume a donné une suite favorable à la demande (exemple)."
PLACE = "Dakar"
SIGNATORY = "Signataire : {} (exemple)"
SITE = "Kaolack"
VERSIONS = [
    {
        "language": "fr",
        "authentic": True,
        "text": "Les parties conviennent du projet décrit à l’annexe I (exemple).",
    },
    {"language": "ar", "authentic": False, "text": "اتفق الطرفان على المشروع المبين في الملحق الأول (مثال)."},
]
OUTPUTS = [
    {
        "text": "Le réseau de stations transmet chaque jour",
        "activities": "Dresser l’état du réseau\nInstaller et étalonner les stations",
    },
    {
        "text": "Les bulletins paraissent tous les dix jours en trois langues",
        "activities": "Rédiger et diffuser les bulletins\nFormer les agents de terrain",
    },
]
INPUTS: list[dict[str, Any]] = [
    {
        "side": "provider",
        "kind": "expert",
        "text": "Expert en agrométéorologie, 36 mois",
        "amount": Decimal(5400000),
        "currency_id": "currency:MAD",
    },
    {
        "side": "provider",
        "kind": "equipment",
        "text": "Douze stations automatiques",
        "amount": Decimal(3600000),
        "currency_id": "currency:MAD",
    },
    {
        "side": "partner",
        "kind": "counterpart",
        "text": "Six homologues et locaux",
        "amount": Decimal(180000000),
        "currency_id": "currency:XOF",
    },
]
BASELINE_ON = date(2024, 6, 30)
INDICATORS: list[dict[str, Any]] = [
    {
        "level": "goal",
        "number": 1,
        "name": "Baisse des pertes de rendement les années sèches",
        "unit": "points",
        "baseline": Decimal(0),
        "target": Decimal(20),
        "target_on": date(2030, 12, 31),
        "means_of_verification": "Enquête agricole",
    },
    {
        "level": "output",
        "number": 1,
        "name": "Stations étalonnées",
        "unit": "stations",
        "baseline": Decimal(0),
        "target": Decimal(12),
        "target_on": date(2026, 12, 31),
        "means_of_verification": "Registre du réseau",
    },
    {
        "level": "output",
        "number": 2,
        "name": "Bulletins parus à temps dans l’année",
        "unit": "bulletins",
        "baseline": Decimal(4),
        "target": Decimal(36),
        "target_on": date(2027, 6, 30),
        "means_of_verification": "Archives des bulletins",
    },
]
RISK = {
    "text": "Les agents formés quittent le service",
    "likelihood": "medium",
    "countermeasure": "Deux agents formés par poste.",
    "owner": None,
}
ASSUMPTION = {"level": "output", "text": "Le réseau mobile couvre les sites"}
EX_ANTE = {
    "need_and_background": "Comme dans la demande.",
    "beneficiaries": "Groupements de huit départements.",
    "environmental_category": "C",
    "cross_cutting": "La moitié des agents de terrain sont des femmes.",
    "relevance": "Répond au plan national d’adaptation.",
    "coherence": "Complète le programme régional d’alerte.",
    "effectiveness": "Les résultats suffisent à l’objectif.",
    "efficiency": "Expertise d’un pays voisin par le climat et la langue.",
    "impact": "Moins de pertes les années sèches.",
    "sustainability": "L’entretien est inscrit au budget du service.",
    "conclusion": "La coopération est justifiée et réalisable.",
    "evaluation_plan": "Mesure de l’objectif global en 2030.",
}
SHEET_VALUES: dict[str, tuple[Decimal, ...]] = {
    "P-1": (Decimal(38), Decimal(100)),
    "1-1": (Decimal(9),),
    "2-1": (Decimal(21),),
}
SHEET_OTHER = SHEET_VALUES | {"1-1": (Decimal(8),)}
SHEET = {
    "progress": "Neuf stations installées ; les bulletins paraissent depuis mars.",
    "problems": "Dédouanement de trois stations retardé de deux mois.",
}
ACTIONS = "Relance du transitaire par l’ambassade."
MEETING = {"attendance": "Les deux parties", "summary": "Avancement examiné ; calendrier confirmé."}
DECISION = "Dédouaner les trois dernières stations avant la saison des pluies"
PROVIDED = "Comme prévu"
ANSWER = "Secteur différent."
SURVEY: dict[str, Any] = {
    "places": "Dakar, Kaolack, Fatick",
    "members": [
        ("Chef de mission (exemple)", "Agrométéorologie"),
        ("Chargé de programme (exemple)", "Planification"),
    ],
    "minutes": (
        "Les deux parties ont visité huit stations et constaté leur état. Elles conviennent d’un réseau de "
        "douze stations, de bulletins en trois langues et d’un suivi commun par le comité (exemple)."
    ),
}
REVISION: dict[str, Any] = {
    "meeting": {
        "attendance": "Les deux parties",
        "summary": "Le dédouanement retarde l’installation des dernières stations (exemple).",
    },
    "decision": "Réviser la conception et demander aux parties de prolonger la période jusqu’au 30 juin 2028 (exemple)",
    "reason": "Le dédouanement de trois stations retarde l’étalonnage du réseau (exemple).",
    "amendment": "Le dédouanement des stations a pris un an : la saison de 2028 est nécessaire (exemple).",
    "indicator": "Stations étalonnées",
    "target_on": date(2027, 12, 31),
    "ends_on": date(2028, 6, 30),
    "risk": {
        "text": "Le dédouanement du matériel tarde (exemple)",
        "likelihood": "high",
        "countermeasure": "L’exonération est demandée avant chaque commande (exemple).",
        "owner": None,
    },
    "versions": [
        {
            "language": "fr",
            "authentic": True,
            "text": "Les parties conviennent de prolonger la période comme indiqué en annexe (exemple).",
        },
    ],
}
