"""The register's own numbers."""

from typing import Any

from taawun.cycle.actions import next_number
from taawun.foundation import clock
from taawun.letters.models import Letter


def next_entry(organisation_id: int, **values: Any) -> Letter:
    """The next line of an organisation's register, in the caller's transaction.

    Letters in and out share one series, which begins anew each year: numbers follow the order of entry, without gap.
    Whoever enters at the same time waits for the other.
    """
    year = clock.today().year
    entry = next_number(f"letters-{organisation_id}-{year}")
    return Letter.objects.create(organisation_id=organisation_id, year=year, entry=entry, **values)
