"""The table of deadlines: derived from the cases, read by calendars through the gates of their kinds."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from taawun.foundation import clock
from taawun.foundation.cases import Case
from taawun.foundation.deadline_rules import SOURCES, DeadlineSpec, Seat
from taawun.foundation.models import Deadline
from taawun.foundation.ports import registry
from taawun.foundation.seats import on_paper
from taawun.foundation.standing import Standing, standing
from taawun.kernel.deadlines import next_reminder

DERIVED = ("due", "ladder", "seats", "copied", "sides", "code", "title", "language", "country")


def deadlines_of(case: Case) -> list[DeadlineSpec]:
    """Everything due in this case, as its rooms know it: each rule once for each thing it concerns."""
    found = (spec for source in SOURCES.get(case.kind, ()) for spec in source(case))
    return list({(spec.rule, spec.ref): spec for spec in found}.values())


def sync_deadlines(case: Case) -> None:
    """Bring the table in line with the case: one SQL statement where nothing changed. A day that moved is new."""
    if case.kind not in SOURCES:
        return
    wanted = {(spec.rule, spec.ref): row_of(case, spec) for spec in deadlines_of(case)}
    rows = Deadline.objects.filter(kind=case.kind, subject_id=case.pk)
    held = {(row.rule, row.ref): row for row in rows}
    gone = [row.pk for key, row in held.items() if key not in wanted]
    if gone:
        Deadline.objects.filter(pk__in=gone).delete()
    fresh = [row for key, row in wanted.items() if key not in held]
    if fresh:
        Deadline.objects.bulk_create(fresh)
    for key, row in held.items():
        if key in wanted:
            _refresh(row, wanted[key])


def _refresh(held: Deadline, fresh: Deadline) -> None:
    changed = [name for name in DERIVED if getattr(held, name) != getattr(fresh, name)]
    if not changed:
        return
    values = {name: getattr(fresh, name) for name in changed} | {"changed_at": fresh.changed_at}
    if "due" in changed:
        values |= {"since": fresh.since, "next_reminder": fresh.next_reminder}
    elif "ladder" in changed:
        values["next_reminder"] = next_reminder(held.due, fresh.ladder, max(held.since, clock.today()))
    Deadline.objects.filter(pk=held.pk).update(**values)


def row_of(case: Case, spec: DeadlineSpec) -> Deadline:
    """A deadline as its row says it, known from today on."""
    today = clock.today()
    seats = sorted({_word(case, seat) for seat in spec.seats} | {f"p{pk}" for pk in spec.people})
    copied = sorted({_word(case, seat) for seat in spec.copied} - set(seats))
    return Deadline(
        kind=case.kind,
        subject_id=case.pk,
        rule=spec.rule,
        ref=spec.ref,
        due=spec.due,
        ladder=list(spec.ladder),
        seats=seats,
        copied=copied,
        sides=sorted(set(spec.sides)),
        since=today,
        next_reminder=next_reminder(spec.due, spec.ladder, today),
        code=case.case_code(),
        title=case.case_title()[:300],
        language=case.case_language(),
        country=case.case_country(),
        changed_at=clock.now(),
    )


def _word(case: Case, seat: Seat) -> str:
    """A seat in a word; what a party on paper owes lies with the office that records for it."""
    organisation_id, role = seat
    recorder = case.workflow.recorder
    if recorder is not None and organisation_id in on_paper(case):
        organisation_id, role = min(case.seat_organisations()[recorder.relation]), recorder.role
    return f"{organisation_id}:{role}"


def words_of(who: Standing) -> list[str]:
    """The seats somebody holds today, those they fill as deputy too, and themselves."""
    mine = [f"{organisation_id}:{role}" for organisation_id, role in sorted(who.posts)]
    return [*mine, f"p{who.person_id}"] if who.person_id else mine


def seat_in(word: str) -> tuple[int | None, str, int | None]:
    """A word as `holders` asks for it: organisation, role, person."""
    if word.startswith("p"):
        return None, "", int(word[1:])
    organisation_id, _colon, role = word.partition(":")
    return int(organisation_id), role, None


def deadlines_visible_to(user: Any) -> QuerySet[Deadline]:
    """The deadlines this person may know of: of the cases they see, and of those kept to a side, their own side's."""
    who = standing(user)
    rows = Deadline.objects.all()
    if who.person_id is None:
        return rows.none()
    ways = [
        Q(kind=slug, subject_id__in=registry.kinds[slug].visible_to(user).order_by().values("pk"))
        for slug in sorted(SOURCES)
    ]
    known = Q(sides=[]) | Q(sides__overlap=sorted(who.sides)) | Q(seats__overlap=words_of(who))
    return rows.filter(reduce(or_, ways), known)


def mine_among(rows: QuerySet[Deadline], user: Any) -> QuerySet[Deadline]:
    """Of those, what this person must do or is reminded of."""
    words = words_of(standing(user))
    return rows.filter(Q(seats__overlap=words) | Q(copied__overlap=words))


def between(rows: QuerySet[Deadline], first: date, last: date) -> QuerySet[Deadline]:
    """Those due from one day to another, in their order."""
    return rows.filter(due__range=(first, last)).order_by("due", "code", "rule", "ref", "pk")


def recount(kinds: Iterable[str] = (), most: int = 500) -> int:
    """Derive the deadlines of every running case anew, some at a time; how many were looked at.

    What changes without an act (holidays of a new version, a day an agency adds, a case from before this table) is
    brought in line by it; safe to run twice, or beside people at work.
    """
    done = 0
    for slug in kinds or sorted(SOURCES):
        model, last = registry.kinds[slug].model, 0
        while chunk := list(model._default_manager.filter(pk__gt=last).order_by("pk")[:most]):
            for case in chunk:
                sync_deadlines(case)
            done, last = done + len(chunk), chunk[-1].pk
    return done
