"""Letters that no step sends by itself, and questions, in the demonstration."""

from datetime import date, timedelta

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.letters import actions
from taawun.letters.models import Question
from taawun.letters.seats import PartySeat, seats_of
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


def ask(operation: Operation, asked_on: date, answered_on: date) -> None:
    """The embassy asks twice: one question is answered in time, the other is still open, more time asked for it."""
    office, line = actor("office"), actor("line")
    seats = {seat.through.pk: seat for seat in seats_of(operation)}
    asker = seats[cast.organisation(cast.BY_SLUG[players().office].organisation).pk]
    asked = seats[body("requesting").pk]
    with on(asked_on):
        first = _ask(operation, asker, asked, part="design", text=QUESTIONS[0])
    with on(answered_on):
        actions.answer_question(first, ANSWER, actor=line)
        actions.mark_read(first, actor=office)
    second = _ask(operation, asker, asked, part="sheets", text=QUESTIONS[1])
    later = second.due_on + timedelta(days=7)
    actions.ask_more_time(second, later, "Deux départements n’ont pas encore répondu (exemple).", actor=line)


def _ask(operation: Operation, asker: PartySeat, asked: PartySeat, *, part: str, text: str) -> Question:
    return actions.ask_question(
        operation,
        asker=asker,
        asked=asked,
        part=part,
        subject="",
        text=text,
        due_on=clock.today() + timedelta(days=14),
        actor=actor("office"),
    )


QUESTIONS = (
    "Les stations de relais comptent-elles dans l’indicateur du premier résultat (exemple) ?",
    "Combien de groupements reçoivent le bulletin par la radio locale (exemple) ?",
)
ANSWER = "Non : seules les stations étalonnées comptent (exemple)."
