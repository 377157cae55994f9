"""The story of the spine, walked by its people through actions and steps alone, for the demonstration and tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from taawun.cycle import actions as cycle
from taawun.cycle.models import CooperationRequest, Opinion, Round
from taawun.foundation import clock, outbox
from taawun.foundation.steps import perform
from taawun.lessons import actions as lessons
from taawun.workspace.demo import texts
from taawun.workspace.demo.cast import organisation, user

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


def open_round(provider: str, day: date) -> Round:
    """The round open on a day; one is made where none is."""
    held = Round.objects.filter(
        provider=organisation(provider), opens_on__lte=day, closes_on__gte=day
    ).first()
    return held or Round.objects.create(
        provider=organisation(provider), name=f"FY {day.year + 1}", fiscal_year=day.year + 1,
        opens_on=day - timedelta(days=30), closes_on=day + timedelta(days=60),
    )  # fmt: skip


def begin(day: date) -> CooperationRequest:
    """The post enters the need as an idea."""
    made = cycle.begin_request(
        actor=user("post-officer"),
        requesting=organisation("mm-post"),
        provider=organisation("jica"),
        values=dict(texts.POSTAL),
    )
    values = {**texts.POSTAL_IDEA, "round": open_round("jica", day)}
    return cycle.save_request_part(
        made, "idea", values, actor=user("post-officer"), base_version=made.version
    )


def write(made: CooperationRequest) -> CooperationRequest:
    """The post writes the request, part by part."""
    actor = user("post-officer")
    for part, values in texts.POSTAL_PARTS.items():
        made = cycle.save_request_part(made, part, values, actor=actor, base_version=made.version)
    made = cycle.save_request_rows(
        made,
        "outputs",
        {},
        outputs=[dict(o) for o in texts.POSTAL_OUTPUTS],
        actor=actor,
        base_version=made.version,
    )
    return cycle.save_request_rows(
        made,
        "inputs",
        {},
        inputs=[dict(i) for i in texts.POSTAL_INPUTS],
        actor=actor,
        base_version=made.version,
    )


def forward(made: CooperationRequest) -> CooperationRequest:
    """The coordination body ranks its list and sends it."""
    lot = cycle.lot_of(made)
    first = min(r.rank or 1 for r in lot)  # an earlier letter of the round may hold the ranks before
    cycle.rank_lot(lot, {r.pk: n for n, r in enumerate(lot, start=first)}, actor=user("mm-coordinator"))
    cycle.forward_lot(
        cycle.lot_of(made),
        actor=user("mm-coordinator"),
        letter_number="COORD/123 (example)",
        letter_date=clock.today(),
    )
    made.refresh_from_db()
    return made


def review(made: CooperationRequest) -> CooperationRequest:
    """The desk sees similar cases and asks two ministries."""
    lessons.mark_similar_seen(coop_request=made, actor=user("desk"))
    ministries = [organisation("jp-comms"), organisation("jp-finance")]
    return perform(made, "open-review", actor=user("desk"), data={"ministries": ministries})


def adopt(made: CooperationRequest) -> CooperationRequest:
    """Two opinions, the note, and the approvals in the provider's order of seats."""
    for slug in ("comms-opinion", "finance-opinion"):
        opinion = Opinion.objects.get(coop_request=made, organisation__slug=f"jp-{slug.partition('-')[0]}")
        cycle.give_opinion(
            opinion,
            verdict="favourable",
            text="In line with our cooperation in posts (example).",
            actor=user(slug),
        )
    cycle.write_appraisal_note(
        made,
        "The need is well shown; the post can carry the project (example).",
        actor=user("desk"),
        base_version=0,
    )
    perform(made, "adopt", actor=user("mofa-approver"))
    return perform(made, "adopt", actor=user("jica-approver"))


def by(slug: str, step: str, **data: Any) -> Callable[[Any], Any]:
    """A step that needs nothing besides."""
    return lambda made: perform(made, step, actor=user(slug), data=data)


WALK: dict[str, Callable[[Any], Any]] = {
    "draft": lambda made: write(perform(made, "prepare", actor=user("post-officer"))),
    "submitted": by("post-officer", "submit"),
    "retained": by("mm-coordinator", "retain"),
    "endorsed": forward,
    "received": by("mm-office", "receive", checked=["form"]),
    "under_review": review,
    "adopted": adopt,
}


def walk_request(state: str, *, day: date) -> CooperationRequest:
    """The postal request, from the idea to a state, all on one day."""
    with on(day):
        made = begin(day)
        for reached in REQUEST_STATES[1 : REQUEST_STATES.index(state) + 1]:
            made = WALK[reached](made)
    return made
