"""Two people decide of the same text in the same moment, over real transactions: one wins, the other is told."""

import pytest

from taawun.agreements import negotiation
from taawun.agreements.actions import round_decisions
from taawun.agreements.models import RoundDecision
from taawun.foundation.editing import Conflict, Frozen
from taawun.foundation.models import AuditEvent
from taawun.kernel.negotiating import open_places
from tests.agreements.negotiated import come_back, send, write_clauses
from tests.agreements.test_rounds import longer, text_of
from tests.meetings.made import an_operation
from tests.planning.made import who
from tests.planning.test_two_at_once import together

pytestmark = [pytest.mark.usefixtures("committed_world"), pytest.mark.slow]


def test_one_of_two_who_decide_at_once_decides():
    operation = an_operation("appraised")
    write_clauses(operation)
    held = come_back(send(operation), longer)
    places = open_places(negotiation.comparison_of(held))

    def deciding(yes: int):
        answers = [round_decisions.Decision(n, n == yes) for n in places]

        def decide():
            try:
                return round_decisions.decide(
                    held, answers, actor=who("mm-office"), base_version=held.version
                )
            except Frozen as late:
                return late

        return decide

    results = together(*(deciding(place) for place in places))

    won = [
        place for place, one in zip(places, results, strict=True) if not isinstance(one, Frozen | Conflict)
    ]
    words = {2: ("sixty days.", "Three years."), 3: ("thirty days.", "Five years.")}
    text = text_of(operation)
    assert (len(places), len(won)) == (2, 1)
    assert (text[2][2].partition("takes ")[2], text[3][2]) == words[won[0]]
    assert AuditEvent.objects.filter(step="text-decided").count() == 1
    assert list(RoundDecision.objects.filter(accepted=True).values_list("position", flat=True)) == won
