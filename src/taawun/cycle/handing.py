"""Functions on operations, handed over to a successor (`directory.handing`)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation, TeamFunction, TeamMember, still_serving
from taawun.directory.handing import Held
from taawun.directory.models import Handover, Person

SOURCE = "team"
PASSED_ON = ("operation_id", "organisation_id", "function", "field")


class Team:
    """Whoever served stays on record as having served: the function ends, and begins for the successor.

    An evaluator is chosen as a person, for their independence: that stays.
    """

    def label(self, what: str) -> Any:
        return dict(TeamFunction.choices).get(what, what)

    def held_by(self, person_id: int) -> Iterable[Held]:
        for member in TeamMember.objects.filter(still_serving(), person_id=person_id).order_by("pk"):
            yield Held(
                source=SOURCE,
                what=member.function,
                kind=Operation.kind,
                subject_id=member.operation_id,
                organisation_id=member.organisation_id,
                row=member.pk,
                stays=member.function == TeamFunction.EVALUATOR,
            )

    def obstacles(self, held: list[Held], to: Person) -> Iterable[str]:
        """An evaluator of an operation takes no other function on it: their independence would be gone."""
        evaluated = Operation.objects.filter(
            pk__in={each.subject_id for each in held},
            team__person=to,
            team__function=TeamFunction.EVALUATOR,
        )
        for operation in evaluated.distinct().order_by("pk"):
            told = _("%(person)s is named to evaluate %(code)s and can take no other function on it.")
            yield told % {"person": to.name, "code": operation.code}

    def move(self, held: list[Held], handover: Handover, *, day: date) -> None:
        for pk in sorted({each.subject_id for each in held}):
            _move_on(pk, [each for each in held if each.subject_id == pk], handover, day)


def _move_on(pk: int, held: list[Held], handover: Handover, day: date) -> None:
    """One operation: its row is locked, so that nobody names its people at the same moment.

    The functions are read anew under the lock: naming the people writes their rows anew.
    """
    Operation.objects.select_for_update(of=("self",)).get(pk=pk)
    members = TeamMember.objects.filter(
        still_serving(),
        operation_id=pk,
        person_id=handover.person_id,
        function__in={each.what for each in held},
        organisation_id__in={each.organisation_id for each in held},
    )
    for member in list(members):
        _pass_on(member, handover.to_person_id, day)
    Operation.objects.filter(pk=pk).update(version=F("version") + 1)


def _pass_on(member: TeamMember, to_id: int, day: date) -> None:
    given = {name: getattr(member, name) for name in PASSED_ON}
    begins = max(member.held_from, day)
    if member.began:
        TeamMember.objects.filter(pk=member.pk).update(held_to=day, handed_over=True)
    else:
        member.delete()
    same = TeamMember.objects.filter(
        operation_id=member.operation_id, person_id=to_id, function=member.function
    )
    if same.filter(still_serving()).exists():
        return
    # Given back within a day: the row of that morning goes on.
    if not same.filter(held_from=begins).update(held_to=member.held_to, handed_over=False):
        TeamMember.objects.create(person_id=to_id, held_from=begins, held_to=member.held_to, **given)
