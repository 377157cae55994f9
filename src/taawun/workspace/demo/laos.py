"""More doors, in Laos: a list being ranked; an operation suspended, resumed, judged from within; one not judged at all.

And what they taught: a lesson returned, one taken up in another, one retired. All of it is example.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.steps import perform
from taawun.lessons import actions as lessons
from taawun.lessons.models import Lesson
from taawun.lessons.sources import source_for
from taawun.workspace.demo import doors, operation as op, revision, walks
from taawun.workspace.demo.players import VIENTIANE, actor, played_by, says
from taawun.workspace.demo.story import on
from taawun.workspace.demo.texts import champasak, luang_prabang

# The evaluator is the office's own officer, who served on it as chief advisor: an internal evaluation says so.
SOUTH = replace(VIENTIANE, texts=champasak, evaluator="la-office")
DAYS = {
    "idea": date(2018, 4, 9),
    "draft": date(2018, 4, 30),
    "submitted": date(2018, 5, 14),
    "retained": date(2018, 5, 21),
    "endorsed": date(2018, 5, 28),
    "received": date(2018, 6, 4),
    "under_review": date(2018, 6, 18),
    "adopted": date(2018, 9, 3),
    "notified": date(2018, 9, 17),
    "confirmed": date(2018, 10, 15),
    "appraised": date(2019, 2, 11),
    "agreed": date(2019, 4, 8),
    "in_implementation": date(2019, 7, 1),
    "completion_review": date(2022, 1, 10),
    "completed": date(2022, 6, 27),
    "ex_post_due": date(2022, 6, 27),
    "evaluated": date(2025, 9, 8),
    "closed": date(2025, 12, 1),
}
HALF_YEAR = (date(2019, 7, 1), date(2019, 12, 31))
SUSPENDED, RESUMED = date(2020, 9, 14), date(2021, 3, 15)
DECIDED, AMENDED = date(2021, 4, 12), date(2021, 5, 17)
RETURNED, JOINED = date(2020, 2, 3), date(2022, 8, 1)

NORTH = replace(VIENTIANE, texts=luang_prabang)
NORTH_DAYS = DAYS | {
    "in_implementation": date(2019, 10, 1),
    "completed": date(2021, 9, 27),
}
LAST_SHEET = (date(2020, 4, 1), date(2020, 9, 30))
OPENED = date(2021, 3, 31)  # six months before the end of the period
CLOSED, RETIRED = date(2021, 11, 15), date(2024, 5, 13)


def build() -> None:
    """A list that was not sent yet; both operations, from the idea to the end, and the lessons of each."""
    ranked()
    with played_by(SOUTH):
        parcels()
    with played_by(NORTH):
        delivery()


def ranked() -> None:
    """Two requests are retained; the coordination body changed their ranks and has not forwarded them."""
    retained = []
    for title in ("Parcel Counters in Vientiane", "Mail Rounds in the Suburbs of Vientiane"):
        with played_by(doors.telling(VIENTIANE, title, doors.coming())):
            retained.append(walks.walk_request("retained", day=clock.today()))
    with on(clock.today()), played_by(VIENTIANE):
        lot = cycle.lot_of(retained[0])
        wanted = {one.pk: rank for rank, one in enumerate(reversed(lot), start=1)}
        cycle.rank_lot(lot, wanted, actor=actor("coordination"))


def parcels() -> Operation:
    """Suspended by a flood, resumed, amended; evaluated by the country office, which rates lower than the rule set."""
    made = walks.walk_operation("planning", day=DAYS["idea"], days=DAYS)
    with on(DAYS["confirmed"]):
        made = _up_to(made, says().CEILING)
    made = walks.carry_on(made, "in_implementation", day=DAYS["confirmed"], days=DAYS)
    with on(HALF_YEAR[1]):
        made = op.monitor(made, HALF_YEAR)
    with on(RETURNED):
        returned(made)
    with on(SUSPENDED):
        made = perform(made, "suspend", actor=actor("office"), reason=says().FLOOD)
    with on(RESUMED):
        made = perform(made, "resume", actor=actor("desk"), reason=says().DRY)
    made = widened(made)
    made = walks.carry_on(made, "ex_post_due", day=RESUMED, days=DAYS)
    with on(JOINED):
        joined(made)
    return walks.carry_on(made, "closed", day=DAYS["evaluated"], days=DAYS)


def widened(made: Operation) -> Operation:
    """What the flood taught becomes an output: the committee decides, the parties sign it with a higher ceiling."""
    with on(DECIDED):
        revision.widen(made, revision.decide(made))
    with on(AMENDED):
        revision.amend(made)
        return revision.adopt(Operation.objects.get(pk=made.pk))


def delivery() -> Operation:
    """Its review is opened by the date; below the threshold of the settings it is closed without an evaluation."""
    made = walks.walk_operation("planning", day=DAYS["idea"], days=NORTH_DAYS)
    with on(NORTH_DAYS["confirmed"]):
        made = _up_to(made, says().CEILING)
    made = walks.carry_on(made, "in_implementation", day=NORTH_DAYS["confirmed"], days=NORTH_DAYS)
    with on(LAST_SHEET[1]):
        made = op.monitor(made, LAST_SHEET)
    with on(OPENED):
        cycle.tick()
    made.refresh_from_db()
    made = walks.carry_on(made, "completed", day=OPENED, days=NORTH_DAYS)
    with on(CLOSED):
        made = perform(made, "close-without-ex-post", actor=actor("desk"), reason=says().NOT_EVALUATED)
        lesson = perform(_analysed(made, says().RETIRED, "completion"), "certify", actor=actor("knowledge"))
    with on(RETIRED):
        perform(lesson, "retire", actor=actor("knowledge"), reason=says().WHY_RETIRED)
    return made


def _up_to(made: Operation, ceiling: Decimal) -> Operation:
    """The desk enters the ceiling of its one component before it is agreed."""
    values = {"ceiling": ceiling, "currency_id": "currency:JPY"}
    cycle.save_component(made.components.get(), values, actor=actor("desk"), base_version=made.version)
    return Operation.objects.get(pk=made.pk)


# ── What they taught ──


def _analysed(made: Operation, words: dict[str, Any], source: str) -> Lesson:
    """The country office drafts it from a sheet or the report; the knowledge officer takes it up."""
    lesson = lessons.draft_lesson(
        operation=made, values=dict(words), actor=actor("office"), source=source_for(made, source)
    )
    return perform(lesson, "analyse", actor=actor("knowledge"))


def returned(made: Operation) -> Lesson:
    """What is missing is told to its author, on whose desk it waits."""
    lesson = _analysed(made, says().RETURNED, "sheet-1")
    return perform(lesson, "return", actor=actor("knowledge"), reason=says().WHAT_IS_MISSING)


def joined(made: Operation) -> Lesson:
    """It says what the lesson of the postal project says: taken up there, beside what was seen in Vientiane."""
    known = Lesson.objects.filter(state="certified").earliest("pk")
    seen = Operation.objects.get(title=VIENTIANE.texts.BEGIN["title"])
    lessons.link_operations(
        lesson=known,
        rows=[(seen, says().SEEN_IN_VIENTIANE)],
        actor=actor("knowledge"),
        base_version=known.version,
    )
    lesson = _analysed(made, says().JOINED, "completion")
    return perform(lesson, "join", actor=actor("knowledge"), data={"into": known})
