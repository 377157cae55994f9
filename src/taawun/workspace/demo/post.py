"""Papers and post in the demonstration: clauses of an agency's own, its days, its mail held, papers begun for many."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from taawun.agreements.actions.clauses import Place, save_clause
from taawun.cycle.many import planned_for, seen_by
from taawun.foundation import clock
from taawun.foundation.models import Task
from taawun.governance.days import set_day
from taawun.notices.actions import hold
from taawun.papers.many import OFFERS, Wanted, begin_many
from taawun.workspace.demo import cast

MAILS = 3
HOME = "http://127.0.0.1:8000"  # where the demonstration is usually read
# In two languages: in the third it is marked as not translated.
VISIBILITY = {
    "standing": "own",
    "position": 45,
    "titles": {"fr": "Visibilité (exemple)", "en": "Visibility (example)"},
    "texts": {
        "fr": "Les parties font connaître leur coopération à part égale dans leurs publications (exemple).",
        "en": "The parties make their cooperation known in equal measure in what they publish (example).",
    },
}


def settle() -> None:
    """The administrator of one agency writes a clause and enters days off and on."""
    agency, admin = cast.organisation("amci"), cast.user("amci-admin")
    place = Place("record-of-discussions")
    save_clause(
        agency, place, dict(VISIBILITY), actor=admin, reason="Decided in May (example).", base_version=0
    )
    first = date(clock.today().year + 1, 2, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    for day, works, reason in (
        (monday, False, "Moving of the offices (example)"),
        (monday + timedelta(days=1), False, "Moving of the offices (example)"),
        (monday + timedelta(days=5), True, "Made up for on a Saturday (example)"),
    ):
        values = {"country": agency.country_id, "day": day, "works": works, "reason": reason}
        values["source"] = "Note 14 (example)"
        set_day(agency, values, actor=admin)


def mailed() -> set[int]:
    """The tasks of which a mail is written, into the outbox that is held."""
    house = cast.organisation("amci").pk
    return set(Task.objects.filter(organisation_id=house).order_by("pk").values_list("pk", flat=True)[:MAILS])


def hold_back() -> None:
    """The administrator keeps the mail of the house back before any of it leaves."""
    hold(cast.organisation("amci"), on=True, actor=cast.user("amci-admin"))


def begin_round() -> None:
    """The desk begins the covering letters of all it received, and the notes verbales: some are left out, and why."""
    desk = cast.user("desk")
    for kind in ("covering-letter", "note-verbale"):
        offer = OFFERS[kind]
        cases: list[Any] = list(seen_by(desk, offer).order_by("pk"))
        with transaction.atomic():
            begin_many(kind, planned_for(desk, offer, cases), Wanted("pdf", origin=HOME), actor=desk)
