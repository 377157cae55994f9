"""Notes verbales for many requests as one job."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.agreements.models import Instrument, InstrumentKind
from taawun.cycle.models import CooperationRequest
from taawun.papers.many import Planned, offered_for_many
from taawun.ui import words


@offered_for_many("note-verbale", "request")
def notes_verbales(cases: Sequence[CooperationRequest], user: Any) -> Iterable[Planned]:
    """The note verbale of each request, once it left: one SQL statement for all."""
    rows = Instrument.objects.filter(
        coop_request__in=cases, kind=InstrumentKind.NOTE_VERBALE, frozen_on__isnull=False
    )
    numbers = dict(rows.values_list("coop_request_id", "number"))
    for case in cases:
        if case.pk not in numbers:
            yield Planned(case, why=_("No note verbale has left on it yet."))
            continue
        label = words.listed(filter(None, [numbers[case.pk], case.case_title()]))
        yield Planned(case, reverse("agreements:note-verbale-paper", args=[case.pk]), label)
