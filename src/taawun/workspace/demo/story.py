"""The story of the spine, walked by its people through actions and steps alone, for the demonstration and tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Opinion, Round
from taawun.foundation import clock, outbox
from taawun.foundation.seats import Letter
from taawun.foundation.steps import perform
from taawun.lessons import actions as lessons
from taawun.workspace.demo import cast
from taawun.workspace.demo.exchange import by_letter
from taawun.workspace.demo.players import actor, body, players, says

REQUEST_STATES = [
    *("idea", "draft", "submitted", "retained", "endorsed", "received"),
    *("under_review", "adopted", "notified", "confirmed"),
]


@contextmanager
def on(day: date) -> Iterator[None]:
    """Act on a day: the clock stands there, and comes back to where it was."""
    before = clock.today()
    clock.set_today(day)
    try:
        with outbox.quiet():
            yield
    finally:
        clock.set_today(before)


def open_round(day: date) -> Round:
    """The provider's round open on a day; one is made where none is."""
    held = Round.objects.filter(provider=body("provider"), opens_on__lte=day, closes_on__gte=day).first()
    return held or Round.objects.create(
        provider=body("provider"), name=f"FY {day.year + 1}", fiscal_year=day.year + 1,
        opens_on=day - timedelta(days=30), closes_on=day + timedelta(days=60),
    )  # fmt: skip


def begin(day: date) -> CooperationRequest:
    """The post enters the need as an idea."""
    made = cycle.begin_request(
        actor=actor("line"),
        requesting=body("requesting"),
        provider=body("provider"),
        values=dict(says().BEGIN),
    )
    values = {**says().IDEA, "round": open_round(day)}
    return cycle.save_request_part(made, "idea", values, actor=actor("line"), base_version=made.version)


def write(made: CooperationRequest) -> CooperationRequest:
    """The post writes the request, part by part."""
    writer = actor("line")
    for part, values in says().PARTS.items():
        made = cycle.save_request_part(made, part, values, actor=writer, base_version=made.version)
    made = cycle.save_request_rows(
        made,
        "outputs",
        [dict(o) for o in says().OUTPUTS],
        actor=writer,
        base_version=made.version,
    )
    return cycle.save_request_rows(
        made,
        "inputs",
        [dict(i) for i in says().INPUTS],
        actor=writer,
        base_version=made.version,
    )


def forward(made: CooperationRequest) -> CooperationRequest:
    """The coordination body ranks its list and sends it."""
    lot = cycle.lot_of(made)
    first = min(r.rank or 1 for r in lot)  # an earlier letter of the round may hold the ranks before
    cycle.rank_lot(lot, {r.pk: n for n, r in enumerate(lot, start=first)}, actor=actor("coordination"))
    covering = Letter("COORD/123 (example)", clock.today())
    letter: Letter = by_letter("coordination", "forward").get("letter", covering)
    cycle.forward_lot(
        cycle.lot_of(made),
        actor=actor("coordination"),
        letter_number=letter.number,
        letter_date=letter.dated_on or clock.today(),
        scan=letter.scan,
    )
    made.refresh_from_db()
    return made


def review(made: CooperationRequest) -> CooperationRequest:
    """The desk sees similar cases and asks the ministries for their opinions."""
    lessons.mark_similar_seen(coop_request=made, actor=actor("desk"))
    ministries = [cast.organisation(cast.BY_SLUG[slug].organisation) for slug in players().opinions]
    return perform(made, "open-review", actor=actor("desk"), data={"ministries": ministries})


def opine(made: CooperationRequest) -> None:
    """The opinions and the note: all that a decision needs."""
    for slug in players().opinions:
        opinion = Opinion.objects.get(coop_request=made, organisation__slug=cast.BY_SLUG[slug].organisation)
        cycle.give_opinion(opinion, verdict="favourable", text=says().OPINION, actor=cast.user(slug))
    cycle.write_appraisal_note(made, says().NOTE, actor=actor("desk"), base_version=0)


def adopt(made: CooperationRequest) -> CooperationRequest:
    """The opinions, the note, and the approvals in the provider's order of seats."""
    opine(made)
    for slug in players().approvers:
        made = perform(made, "adopt", actor=cast.user(slug))
    return made


def by(part: str, step: str, **data: Any) -> Callable[[Any], Any]:
    """A step that needs nothing besides."""
    return lambda made: perform(made, step, actor=actor(part), data=data, **by_letter(part, step))


WALK: dict[str, Callable[[Any], Any]] = {
    "draft": lambda made: write(by("line", "prepare")(made)),
    "submitted": by("line", "submit"),
    "retained": by("coordination", "retain"),
    "endorsed": forward,
    "received": by("office", "receive", checked=["form"]),
    "under_review": review,
    "adopted": adopt,
}
