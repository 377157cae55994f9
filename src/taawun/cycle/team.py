"""The people of an operation: who serves, who served, and what naming them anew does to both."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from taawun.cycle.models import Operation, TeamFunction, TeamMember, still_serving
from taawun.directory.models import Person
from taawun.foundation import clock

Function = tuple[str, int, date]  # what a person does, from which day on: once on an operation


def team_of(operation: Operation) -> tuple[list[TeamMember], list[TeamMember]]:
    """Who works on an operation, or will; and who did, the last one first: two SQL statements."""
    team = operation.team.select_related("person", "organisation")
    return list(team.filter(still_serving())), list(team.exclude(still_serving()).order_by("-held_to", "-pk"))


def named_team(operation: Operation) -> QuerySet[TeamMember]:
    """The people one names: those whose function is not over. Evaluators are named elsewhere."""
    team = operation.team.filter(still_serving()).exclude(function=TeamFunction.EVALUATOR)
    return team.select_related("person", "organisation")


def people_known(operation: Operation, parties: Iterable[int]) -> QuerySet[Person]:
    """Who may be chosen: people with a post at a party; and those named by name, for one of them, on any operation of
    the same provider, for they have neither account nor post.
    """
    named = TeamMember.objects.filter(
        organisation_id__in=parties, operation__provider_id=operation.provider_id
    )
    known = Q(posts__organisation_id__in=parties) | Q(
        user__isnull=True, pk__in=named.order_by().values("person_id")
    )
    return Person.objects.filter(known, merged_into__isnull=True).distinct()


def function_of(row: dict[str, Any]) -> Function:
    """The function a row of the form gives."""
    return row["function"], row["person"].pk, row["held_from"]


def _held(member: TeamMember) -> Function:
    return member.function, member.person_id, member.held_from


def left_out(team: list[TeamMember], wanted: list[dict[str, Any]]) -> list[TeamMember]:
    """Whoever has served and is not among the people wanted.

    A row moved to another first day goes on, unless that day is still to come: then what was served has ended.
    """
    given, known = {function_of(row) for row in wanted}, {_held(member) for member in team}
    moved = [
        (function, person)
        for function, person, start in given
        if start <= clock.today() and (function, person, start) not in known
    ]
    left = []
    for member in team:
        same = (member.function, member.person_id)
        if _held(member) in given or not member.began:
            continue
        if same in moved:
            moved.remove(same)
        else:
            left.append(member)
    return left


def replace(
    operation: Operation, team: list[TeamMember], left: list[TeamMember], wanted: list[dict[str, Any]]
) -> None:
    """Write the people wanted in the place of the team; for those left out the function ends today.

    What is over stays, unless it is given anew from the same day: then it was struck out by mistake.
    """
    given = {function_of(row) for row in wanted}
    over = operation.team.exclude(still_serving()).exclude(function=TeamFunction.EVALUATOR)
    gone = [member for member in team if member not in left]
    gone += [member for member in over if _held(member) in given]
    operation.team.filter(pk__in=[member.pk for member in gone]).delete()
    operation.team.filter(pk__in=[member.pk for member in left]).update(held_to=clock.today())
    TeamMember.objects.bulk_create(TeamMember(operation=operation, **row) for row in wanted)
