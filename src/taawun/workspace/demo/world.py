"""The cases of the demonstration, made by its people through actions and steps alone: it is our longest test."""

from datetime import date

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock, outbox
from taawun.foundation.models import Task
from taawun.foundation.ports import registry
from taawun.foundation.steps import perform
from taawun.workspace.demo import (
    abroad,
    activities,
    cast,
    doors,
    governing,
    judging,
    laos,
    letters,
    negotiating,
    offered,
    on_paper,
    operation as op,
    people,
    post,
    published,
    rates,
    revision,
    taking_over,
    triangular,
    walks,
)
from taawun.workspace.demo.players import POSTAL, VIENTIANE, WEATHER, played_by
from taawun.workspace.demo.story import on

# The signature, the period and the completion report are published (docs/explanation/demo.md); the rest is example.
POSTAL_DAYS = {
    "idea": date(2014, 7, 1),
    "draft": date(2014, 7, 21),
    "submitted": date(2014, 8, 18),
    "retained": date(2014, 8, 25),
    "endorsed": date(2014, 8, 29),
    "received": date(2014, 9, 10),
    "under_review": date(2014, 10, 6),
    "adopted": date(2015, 2, 16),
    "notified": date(2015, 3, 10),
    "confirmed": date(2015, 4, 20),
    "appraised": date(2015, 10, 12),
    "agreed": date(2015, 11, 27),
    "in_implementation": date(2016, 6, 9),
    "completion_review": date(2018, 12, 10),
    "completed": date(2019, 3, 14),
    "ex_post_due": date(2019, 3, 14),
    "evaluated": date(2022, 9, 15),
    "closed": date(2022, 12, 5),
}
POSTAL_SHEETS = [(date(2016, 6, 9), date(2016, 12, 8)), (date(2016, 12, 9), date(2017, 6, 8))]
WEATHER_DAYS = {
    "idea": date(2024, 2, 5),
    "draft": date(2024, 2, 20),
    "submitted": date(2024, 3, 4),
    "retained": date(2024, 3, 11),
    "endorsed": date(2024, 3, 15),
    "received": date(2024, 3, 22),
    "under_review": date(2024, 4, 2),
    "adopted": date(2024, 5, 14),
    "notified": date(2024, 5, 27),
    "confirmed": date(2024, 6, 17),
    "appraised": date(2024, 10, 7),
    "agreed": date(2024, 11, 30),
    "in_implementation": date(2025, 1, 6),
}
VIENTIANE_DAYS = {
    "idea": date(2017, 10, 9),
    "draft": date(2017, 10, 30),
    "submitted": date(2017, 11, 13),
    "retained": date(2017, 11, 20),
    "endorsed": date(2017, 11, 27),
    "received": date(2017, 12, 4),
    "under_review": date(2017, 12, 18),
    "adopted": date(2018, 3, 5),
    "notified": date(2018, 3, 19),
    "confirmed": date(2018, 4, 16),
    "appraised": date(2018, 9, 10),
    "agreed": date(2018, 11, 12),
    "in_implementation": date(2019, 1, 7),
    "completion_review": date(2020, 9, 7),
    "completed": date(2020, 12, 14),
    "ex_post_due": date(2020, 12, 14),
    "evaluated": date(2024, 2, 12),
}
LAO: dict[str, str] = {
    "title": "Reliable delivery of mail by the postal enterprise (example)",
    "language": "en",
    "modality_id": "modality:technical-cooperation-project",
    "need": "Mail and parcels reach rural post offices late; sorting and delivery follow no common procedure.",
}


def build() -> None:
    """Every case of the demonstration, oldest first."""
    people.be_away()
    people.entered_twice()
    with played_by(POSTAL):
        postal()
    with played_by(WEATHER):
        weather()
        walks.walk_request("under_review", day=clock.today())
    triangular.build()
    for state in ("submitted", "received", "adopted"):
        walks.walk_request(state, day=clock.today())
    lao()
    doors.build()
    activities.build()
    on_paper.build()
    taking_over.build()
    vientiane()
    negotiating.send_out()
    abroad.take_in_portfolio()
    governing.settle()
    post.settle()
    post.begin_round()
    rates.build()
    laos.build()
    governing.move()
    people.taken_for_one()
    taking_over.undo_one()
    published.build()
    offered.build()
    activities.end()
    on_paper.build_closed()
    judging.build()
    governing.leave_a_seat()
    taking_over.look_again()
    people.two_institutes()
    told()
    post.hold_back()


def told() -> None:
    """What waits is on the page of notices of each person it waits on; no mail of it leaves: a few are held."""
    held = post.mailed()
    for task in Task.objects.order_by("pk"):
        case = registry.kinds[task.kind].model.objects.get(pk=task.subject_id)
        outbox.announce(case, [task], mailed=task.pk in held)


def postal() -> None:
    """The whole walk; what its first sheet taught is certified while it is still under way."""
    made = walks.walk_operation("in_implementation", day=POSTAL_DAYS["idea"], days=POSTAL_DAYS)
    for first, last in POSTAL_SHEETS:
        with on(last):
            op.monitor(made, (first, last))
    with on(date(2017, 9, 4)):
        op.teach(made)
    walks.carry_on(made, "closed", day=POSTAL_DAYS["in_implementation"], days=POSTAL_DAYS)


def vientiane() -> None:
    """A second operation: it applied that lesson, and its evaluation says whether it helped."""
    with played_by(VIENTIANE):
        walks.walk_operation("evaluated", day=VIENTIANE_DAYS["idea"], days=VIENTIANE_DAYS)


def weather() -> None:
    """An operation under way, in French: surveyed before it was planned, revised and extended since."""
    made = walks.walk_operation("planning", day=WEATHER_DAYS["idea"], days=WEATHER_DAYS)
    with on(date(2024, 7, 26)):
        revision.survey(made, date(2024, 7, 15))
    made = walks.carry_on(made, "in_implementation", day=WEATHER_DAYS["confirmed"], days=WEATHER_DAYS)
    with on(date(2025, 7, 5)):
        op.monitor(made, (date(2025, 1, 6), date(2025, 7, 5)))
    letters.correspond(made, date(2025, 9, 1), date(2025, 9, 15))
    with outbox.quiet():
        letters.ask(made, date(2025, 8, 4), date(2025, 8, 11))
    made = revise(made)
    with on(date(2026, 1, 5)):
        op.monitor(made, (date(2025, 7, 6), date(2026, 1, 5)))
    people.rotate(date(2026, 2, 2))


def revise(made: Operation) -> Operation:
    """The committee decides a revision; its plan outlasts the period, so the parties extend it first."""
    with on(date(2025, 11, 4)):
        revision.draft(made, revision.decide(made))
    with on(date(2025, 11, 24)):
        revision.amend(made)
        return revision.adopt(Operation.objects.get(pk=made.pk))


def lao() -> CooperationRequest:
    """A second country drafts a similar request: it is offered the lesson while it writes."""
    officer = cast.user("la-officer")
    with on(clock.today()):
        made = cycle.begin_request(
            actor=officer,
            requesting=cast.organisation("la-post"),
            provider=cast.organisation("jica"),
            values=dict(LAO),
        )
        idea = {
            "sector_id": "sector:22012",
            "source": "survey",
            "consulted": "Rural post offices (example).",
            "priority_area": "Communication (example)",
        }
        made = cycle.save_request_part(made, "idea", idea, actor=officer, base_version=made.version)
        return perform(made, "prepare", actor=officer)
