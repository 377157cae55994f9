"""Stand-alone activities, Morocco's with Senegal: a mission, courses, seminars. All of it is example."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.steps import perform
from taawun.workspace.demo import cast, doors, exchange, operation as op, walks
from taawun.workspace.demo.players import WEATHER, actor, played_by
from taawun.workspace.demo.story import on
from taawun.workspace.demo.texts import activities as told


def build() -> None:
    """An expert mission asked by note verbale, closed; a course under way; a seminar agreed."""
    mission = doors.telling(WEATHER, "Mission d’expert en agrométéorologie", modality_id="modality:expert")
    with played_by(mission):
        made = op.of_request(walks.walk_request("confirmed", day=clock.today() - timedelta(days=60)))
        carry_out(made, clock.today() - timedelta(days=50), "closed")
    with played_by(WEATHER):
        for title, modality, state in (
            ("Cours de prévision saisonnière (exemple)", "training", "in_implementation"),
            ("Séminaire sur l’alerte précoce (exemple)", "seminar", "agreed"),
        ):
            with on(clock.today()):
                made = decided(title, modality)
            carry_out(made, clock.today(), state)


def decided(title: str, modality: str, **more: Any) -> Operation:
    """An activity opened by a line of the joint commission; today's, of twelve days in Casablanca, unless told."""
    desk, day = actor("desk"), clock.today()
    values = {
        "title": title,
        "language": "fr",
        "modality_id": f"modality:{modality}",
        "sector_id": "sector:15143",
        "site": "Casablanca",
        "starts_on": day,
        "ends_on": day + timedelta(days=11),
        "basis": "commission",
        "basis_number": "CM-2026/14 (exemple)",
        "basis_on": day,
        "scan": exchange.scan("Procès-verbal de la commission (exemple)", desk),
        "supplier": cast.organisation("ma-transport"),
    }
    return cycle.open_without_request(
        actor=desk,
        provider=cast.organisation("amci"),
        partner=cast.organisation("sn-meteo"),
        values=values | more,
    )


def carry_out(made: Operation, day: date, state: str) -> Operation:
    """The supplier accepts, its expert is named; agreed, begun, reported, closed, as far as it goes."""
    with on(day):
        desk = actor("desk")
        expert = {
            "function": "expert",
            "person": cast.user("ma-opinion").person,  # the one person of the national service on stage
            "organisation": cast.organisation("ma-transport"),
            "field": "Agrométéorologie",
            "held_from": day,
            "held_to": None,
        }
        cycle.name_people(made, [expert], actor=desk, base_version=made.version)
        made = Operation.objects.get(pk=made.pk)
        values = {
            "confirmed_on": day,
            "place": made.site[:200] or "Dakar",
            "supplier": cast.organisation("ma-transport"),
        }
        cycle.save_component(made.components.get(), values, actor=desk, base_version=made.version)
        made = Operation.objects.get(pk=made.pk)
        for step in STEPS[: STATES.index(state) + 1]:
            made = step(made)
    return made


def _report(made: Operation, values: dict[str, Any] = told.MISSION) -> Operation:
    cycle.write_activity_report(made, values, actor=cast.user("ma-opinion"), base_version=0)
    return perform(made, "report", actor=actor("desk"))


STATES = ["agreed", "in_implementation", "reported", "closed"]
STEPS: list[Callable[[Operation], Operation]] = [
    lambda made: perform(made, "agree", actor=actor("office")),
    lambda made: perform(made, "start", actor=actor("desk")),
    _report,
    lambda made: perform(made, "close", actor=actor("desk")),
]


# ── To the end ──


def end() -> None:
    """A course and a seminar of the years before, each on its own days: decided, agreed, held, reported, closed."""
    with played_by(WEATHER):
        for one in told.ENDED:
            held(one)


def held(one: told.Ended) -> Operation:
    """One activity, from the line of the commission to its end: the desk closes it once its report is accepted."""
    opened, agreed, reported, closed = one.days
    with on(opened):
        made = decided(one.title, one.modality, **one.values)
    made = carry_out(made, agreed, "agreed")
    with on(one.values["starts_on"]):
        made = perform(made, "start", actor=actor("desk"))
    with on(reported):
        made = _report(made, one.report)
    with on(closed):
        return perform(made, "close", actor=actor("desk"))
