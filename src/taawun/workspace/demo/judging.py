"""An operation of Laos taken over at its end, and judged where the rule set is silent. All of it is example."""

from dataclasses import replace
from datetime import date

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.workspace.demo import operation as op
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.players import VIENTIANE, actor, body, played_by, says
from taawun.workspace.demo.story import on
from taawun.workspace.demo.texts import savannakhet

MACHINES = replace(VIENTIANE, texts=savannakhet)
ENTERED, EVALUATED, CLOSED = date(2021, 4, 12), date(2021, 9, 20), date(2021, 12, 6)


def build() -> Operation:
    """Entered when its ex-post evaluation was due; the evaluator gives the overall rating with the reasons."""
    with played_by(MACHINES):
        with on(ENTERED):
            made = taken_over()
        with on(EVALUATED):
            made = op.evaluate(made)
        with on(CLOSED):
            return op.answer(made)


def taken_over() -> Operation:
    """The desk enters it from its completion report."""
    desk = actor("desk")
    values = {
        "title": says().TITLE,
        "language": "en",
        "modality_id": "modality:technical-cooperation-project",
        "sector_id": "sector:22012",
        "supplier": None,
        "site": "Savannakhet Province",
        "starts_on": date(2015, 4, 1),
        "ends_on": date(2018, 3, 31),
        "state": "ex_post_due",
        "state_on": date(2021, 3, 26),
        "opened_on": None,
        "agreed_on": date(2015, 2, 16),
        "started_on": date(2015, 4, 1),
        "completed_on": date(2018, 3, 26),
        "basis": "",
        "basis_number": "",
        "basis_on": None,
        "old_number": "LAO-2014-07 (example)",
        "source": says().SOURCE,
        "scan": scan("Completion report (example)", desk),
    }
    made, _event = cycle.take_over(
        actor=desk, provider=body("provider"), partner=body("requesting"), values=values
    )
    return made
