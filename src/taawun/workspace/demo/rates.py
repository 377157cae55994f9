"""Exchange rates of the demonstration: round numbers, made up and saying so, brought in by the agency's administrator.

No published rate stands here: whoever reads a sum of the demonstration must see that it is one of examples.
"""

from typing import Any

from django.core.files.base import ContentFile

from taawun.batches import actions as batches
from taawun.batches.definitions import Scope
from taawun.figures.rate_sheet import RATES
from taawun.foundation import clock
from taawun.papers.actions import hold
from taawun.papers.models import FileKind
from taawun.workspace.demo import cast
from taawun.workspace.demo.sheets import filled

PER_DOLLAR = {"JPY": 150, "EUR": 0.9, "MMK": 2000, "MAD": 10, "XOF": 600, "LAK": 20_000, "GNF": 9000}
SOURCE = "Example: a round number made up for the demonstration, published by nobody"


def _rows() -> list[dict[str, Any]]:
    today = clock.today()
    times: list[dict[str, Any]] = [{"day": today}, {"year": today.year - 1}]
    return [
        {
            "currency": f"currency:{code}",
            "per": "currency:USD",
            "rate": rate,
            "source": SOURCE,
            "source_on": today,
            **time,
        }
        for time in times
        for code, rate in PER_DOLLAR.items()
    ]


def build() -> None:
    """Rates of today and averages of the last year, as one batch."""
    admin, agency = cast.user("jica-admin"), cast.organisation("jica")
    sent = ContentFile(filled(RATES, Scope(agency, admin), _rows()), name="exchange-rates-example.xlsx")
    file = hold(sent, actor=admin, allowed=(FileKind.XLSX,))
    batches.apply_batch(batches.preview_batch(RATES, agency, file, actor=admin), actor=admin)
