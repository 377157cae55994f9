"""Monitoring sheets for many operations as one job."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.monitoring.models import Sheet
from taawun.papers.many import Planned, offered_for_many


@offered_for_many("monitoring-sheet", "operation")
def monitoring_sheets(cases: Sequence[Operation], user: Any) -> Iterable[Planned]:
    """The latest monitoring sheet of each operation: one SQL statement for all."""
    rows = Sheet.objects.filter(operation__in=cases).order_by("operation_id", "-number")
    latest = dict(rows.distinct("operation_id").values_list("operation_id", "number"))
    for case in cases:
        if case.pk not in latest:
            yield Planned(case, why=_("No monitoring sheet is open on it yet."))
            continue
        address = reverse("monitoring:sheet-paper", args=[case.pk, latest[case.pk]])
        yield Planned(case, address, f"{case.code}-{latest[case.pk]}")
