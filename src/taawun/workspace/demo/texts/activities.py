"""What stand-alone activities of the demonstration left behind, and two that are over: wholly examples, in French."""

from dataclasses import dataclass
from datetime import date
from typing import Any

MISSION: dict[str, Any] = {
    "done": "Deux semaines avec la division des réseaux (exemple).",
    "results": "Un plan de remise en service des stations (exemple).",
    "recommended": "Former deux techniciens par station (exemple).",
    "participants": 12,
}


@dataclass(frozen=True)
class Ended:
    """An activity that is over: what opened it, when it was opened, agreed, reported and closed, what it reports."""

    title: str
    modality: str
    values: dict[str, Any]
    days: tuple[date, date, date, date]
    report: dict[str, Any]


ENDED = (
    Ended(
        "Cours d’étalonnage des pluviomètres (exemple)",
        "training",
        {
            "site": "Casablanca",
            "starts_on": date(2025, 5, 5),
            "ends_on": date(2025, 5, 16),
            "basis_number": "CM-2025/06 (exemple)",
            "basis_on": date(2025, 2, 17),
        },
        (date(2025, 3, 3), date(2025, 4, 7), date(2025, 6, 2), date(2025, 6, 23)),
        {
            "done": "Dix jours en salle et à l’atelier, deux visites de stations (exemple).",
            "results": "Quatorze techniciens étalonnent seuls un pluviomètre ; deux repasseront l’épreuve (exemple).",
            "recommended": "Envoyer à chaque station le jeu de poids du cours (exemple).",
            "participants": 16,
        },
    ),
    Ended(
        "Séminaire sur les bulletins en langues nationales (exemple)",
        "seminar",
        {
            "site": "Dakar",
            "starts_on": date(2025, 10, 13),
            "ends_on": date(2025, 10, 15),
            "basis_number": "CM-2025/09 (exemple)",
            "basis_on": date(2025, 2, 17),
        },
        (date(2025, 6, 16), date(2025, 9, 8), date(2025, 11, 3), date(2025, 11, 24)),
        {
            "done": "Trois jours, huit exposés, un atelier de traduction (exemple).",
            "results": "Un lexique de soixante termes en deux langues nationales (exemple).",
            "recommended": "Relire le lexique avec les radios locales avant l’hivernage (exemple).",
            "participants": 41,
        },
    ),
)
