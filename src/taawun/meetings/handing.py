"""Seats on joint coordinating committees, handed over to a successor (`directory.handing`)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q

from taawun.cycle.models import Operation
from taawun.directory.handing import Held
from taawun.directory.models import Handover, Person
from taawun.foundation import clock
from taawun.meetings.models import Capacity, Committee, Member

SOURCE = "committee"


class Seats:
    """A seat held by a person known here; one held by somebody named in words has no account to hand it over."""

    def label(self, what: str) -> Any:
        return dict(Capacity.choices).get(what, what)

    def held_by(self, person_id: int) -> Iterable[Held]:
        held = _going_on().filter(person_id=person_id).select_related("committee").order_by("pk")
        for member in held:
            yield Held(
                source=SOURCE,
                what=member.capacity,
                kind=Operation.kind,
                subject_id=member.committee.operation_id,
                organisation_id=member.organisation_id,
                row=member.pk,
            )

    def obstacles(self, held: list[Held], to: Person) -> Iterable[str]:
        """Whoever may take a function in the operation's team may sit on its committee."""
        return ()

    def move(self, held: list[Held], handover: Handover, *, day: date) -> None:
        for pk in sorted({each.subject_id for each in held}):
            _move_on(pk, {each.organisation_id for each in held if each.subject_id == pk}, handover, day)


def _going_on() -> Any:
    return Member.objects.filter(Q(held_to__isnull=True) | Q(held_to__gt=clock.today()))


def _move_on(pk: int, houses: set[int], handover: Handover, day: date) -> None:
    """One committee, read anew under its operation's lock: naming it writes its rows anew."""
    locked = Operation.objects.select_for_update(of=("self",)).get(pk=pk)
    members = _going_on().filter(
        committee__operation=locked, person_id=handover.person_id, organisation_id__in=houses
    )
    for member in list(members):
        _pass_on(member, handover.to_person_id, day)
    Committee.objects.filter(operation=locked).update(version=F("version") + 1)


def _pass_on(member: Member, to_id: int, day: date) -> None:
    """The one who gives the seat up has done so before another takes it: a committee has one chair."""
    begins, until = max(member.held_from, day), member.held_to
    if member.held_from <= day:
        Member.objects.filter(pk=member.pk).update(held_to=day)
    else:
        member.delete()
    member.pk, member.person_id, member.held_from, member.held_to = None, to_id, begins, until
    member._state.adding = True
    member.save()
