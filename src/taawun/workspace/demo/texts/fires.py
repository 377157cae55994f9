"""Maps of bush fires in Senegal, by Morocco: wholly an example; what is not said here is as in the climate services."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.workspace.demo.texts import weather


def __getattr__(name: str) -> Any:
    """Whatever this case says in the same words."""
    return getattr(weather, name)


BEGIN = weather.BEGIN | {
    "title": "Carte des feux de brousse (exemple)",
    "need": "Les comités de lutte apprennent trop tard où le feu a pris (exemple).",
}
IDEA = weather.IDEA | {
    "sector_id": "sector:41010",
    "consulted": "Service des forêts, douze comités de lutte (exemple).",
    "priority_area": "Environnement",
    "programme": "",
}
PARTS: dict[str, dict[str, Any]] = weather.PARTS | {
    "background": {
        "background": "Les images arrivent après trois jours et ne sont lues par personne (exemple)."
    },
    "goal": {
        "overall_goal": "Moins de pâturages brûlent chaque année (exemple).",
        "purpose": "Les comités reçoivent la carte des feux le jour même (exemple).",
        "indicator": "Feux signalés le jour même (exemple)",
        "indicator_unit": "%",
        "baseline": Decimal(15),
        "baseline_on": date(2025, 12, 31),
        "target": Decimal(80),
    },
}
OUTPUTS = [
    {
        "text": "Une carte des feux paraît chaque jour de la saison sèche (exemple)",
        "activities": "Former deux agents à la lecture des images\nDiffuser la carte par téléphone",
    },
]
INPUTS: list[dict[str, Any]] = [
    weather.INPUTS[0] | {"text": "Expert en télédétection, 6 mois (exemple)", "amount": Decimal(900000)},
    weather.INPUTS[2] | {"text": "Deux homologues et un local (exemple)", "amount": Decimal(24000000)},
]
OPINION = "Conforme à notre coopération en télédétection (exemple)."
