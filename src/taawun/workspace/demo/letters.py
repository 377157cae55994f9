"""Letters of the demonstration: those that no step sends by itself."""

from datetime import date

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.letters import actions
from taawun.workspace.demo import cast
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.players import actor, body, players
from taawun.workspace.demo.story import on


def correspond(operation: Operation, asked_on: date, answered_on: date) -> None:
    """The embassy asks by letter; the service takes it in its register and answers; the embassy takes that in."""
    office, line = actor("office"), actor("line")
    with on(asked_on):
        asked = actions.enter_letter(
            cast.organisation(cast.BY_SLUG[players().office].organisation),
            {
                "direction": "out",
                "number": "AMB-COOP-57 (exemple)",
                "dated_on": clock.today(),
                "passed_on": clock.today(),
                "correspondent": body("requesting"),
                "correspondent_name": "",
                "subject": "État de dédouanement des trois dernières stations (exemple)",
                "language_id": "language:fr",
                "answers": None,
                "scan": scan("Lettre (exemple)", office),
            },
            actor=office,
            case=operation,
        )
        received = actions.take_in(asked, actor=line)
    with on(answered_on):
        answer = actions.enter_letter(
            body("requesting"),
            {
                "direction": "out",
                "number": "DG-112 (exemple)",
                "dated_on": clock.today(),
                "passed_on": clock.today(),
                "correspondent": asked.organisation,
                "correspondent_name": "",
                "subject": "Réponse : dédouanement obtenu le 12 (exemple)",
                "language_id": "language:fr",
                "answers": received,
                "scan": None,
            },
            actor=line,
            case=operation,
        )
        actions.take_in(answer, actor=office)
