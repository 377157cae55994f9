"""Guinea, whose ministries have no accounts: the embassy records each of their acts with its letter. All is example.

The letters are some days old when they are recorded: the record keeps both days.
"""

from dataclasses import replace
from datetime import date, timedelta

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock
from taawun.foundation.seats import Letter
from taawun.foundation.steps import perform
from taawun.monitoring import actions as monitoring
from taawun.monitoring.on_paper import confirm_on_paper
from taawun.workspace.demo import cast, exchange, operation as op, story, walks
from taawun.workspace.demo.players import GUINEA, actor, body, played_by, says
from taawun.workspace.demo.story import on
from taawun.workspace.demo.texts import kindia


def build() -> None:
    """The embassy records each step on behalf of the ministry and the coordination body, up to the forwarding."""
    with played_by(GUINEA), on(clock.today()):
        office, made = actor("office"), idea()
        made = story.write(_recorded(made, "prepare", "MA-201 (exemple)", _ago(21)))
        made = _recorded(made, "submit", "MA-214 (exemple)", _ago(16))
        made = _recorded(made, "retain", "DC-88 (exemple)", _ago(12))
        cycle.forward_lot(
            cycle.lot_of(made),
            actor=office,
            letter_number="DC-91 (exemple)",
            letter_date=_ago(9),
            scan=exchange.scan("Lettre de transmission (exemple)", office),
        )


def _ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def _recorded(made: CooperationRequest, step: str, number: str, day: date) -> CooperationRequest:
    office = actor("office")
    letter = Letter(number, day, exchange.scan(f"Lettre {number}", office))
    return perform(made, step, actor=office, letter=letter, acted_on=day)


def idea() -> CooperationRequest:
    """The embassy enters what the ministry asks."""
    office = actor("office")
    made = cycle.begin_request(
        actor=office,
        requesting=cast.organisation("gn-agriculture"),
        provider=cast.organisation("amci"),
        values=says().BEGIN | {"title": "Semences améliorées en Guinée (exemple)"},
    )
    values = says().IDEA | {"round": story.open_round(clock.today())}
    return cycle.save_request_part(made, "idea", values, actor=office, base_version=made.version)


# ── To the closed operation ──

GAUGES = replace(GUINEA, texts=kindia)
DAYS = {
    "idea": date(2018, 1, 15),
    "draft": date(2018, 2, 5),
    "submitted": date(2018, 2, 26),
    "retained": date(2018, 3, 12),
    "endorsed": date(2018, 3, 19),
    "received": date(2018, 3, 26),
    "under_review": date(2018, 4, 9),
    "adopted": date(2018, 5, 14),
    "notified": date(2018, 5, 28),
    "confirmed": date(2018, 6, 25),
    "appraised": date(2018, 10, 1),
    "agreed": date(2018, 11, 26),
    "in_implementation": date(2019, 1, 14),
    "completion_review": date(2020, 7, 6),
    "ex_post_due": date(2020, 12, 21),
    "evaluated": date(2024, 2, 19),
    "closed": date(2024, 4, 15),
}
SHEET, SHEET_IN = (date(2019, 1, 14), date(2019, 12, 31)), date(2020, 1, 27)
REPORTED, CONFIRMED = date(2020, 12, 7), date(2020, 12, 21)


def build_closed() -> Operation:
    """A second case of Guinea, from the idea to the end: evaluated in words alone, for its provider rates nothing."""
    with played_by(GAUGES):
        made = walks.walk_operation("in_implementation", day=DAYS["idea"], days=DAYS)
        monitor(made)
        made = walks.carry_on(_fresh(made), "completion_review", day=SHEET_IN, days=DAYS)
        confirm_results(made)
        return walks.carry_on(_fresh(made), "closed", day=CONFIRMED, days=DAYS)


def _fresh(made: Operation) -> Operation:
    return Operation.objects.get(pk=made.pk)


def monitor(made: Operation) -> None:
    """The embassy writes the sheet and stands by it; the ministry does so by letter, a month later."""
    office = actor("office")
    first, last = SHEET
    with on(last):
        sheet = monitoring.open_sheet(
            made,
            values={**says().SHEET, "actions": says().ACTIONS, "period_from": first, "period_to": last},
            figures=op.figures_of(made, says().SHEET_VALUES),
            as_of=last,
            actor=office,
        )
        monitoring.confirm_sheet(sheet, actor=office, version=sheet.version)
        op.meet(made)
    with on(SHEET_IN):
        party = made.parties.get(organisation=body("requesting"))
        letter: Letter = exchange.by_letter("line", "sheet")["letter"]
        confirm_on_paper(sheet, party, actor=office, version=sheet.version, letter=letter)


def confirm_results(made: Operation) -> None:
    """The report is written and the provider confirms; the ministry has read it and confirms by letter."""
    with on(REPORTED):
        op.write_report(made)
        made = perform(made, "confirm-results", actor=actor("office"))
    with on(CONFIRMED):
        line = actor("line")
        perform(made, "confirm-results", actor=line, **exchange.by_letter("line", "confirm-results"))
