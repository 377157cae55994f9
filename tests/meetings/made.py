"""Operations for the tests of meetings: the postal one of Myanmar, and one of Laos beside it."""

from typing import Any

from django.test import Client

from taawun.cycle.models import Operation, OperationPart, Party, TeamFunction, TeamMember
from taawun.directory.models import Organisation, Person
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.workspace.demo.cast import organisation, user


def an_operation(state: str = "in_implementation", country: str = "MM", **changes: Any) -> Operation:
    """An operation of a country's post with JICA, directly in a state."""
    post, office = organisation(f"{country.lower()}-post"), organisation(f"jica-{country.lower()}")
    values = {
        "state": state,
        "state_since": clock.now(),
        "code": f"{country}-2026-PRJ-{Operation.objects.count() + 1:04d}",
        "title": f"Postal services of {country}",
        "modality_id": "modality:technical-cooperation-project",
        "country_id": f"country:{country}",
        "provider": organisation("jica"),
        "country_office": office,
        "opened_on": clock.today().replace(year=clock.today().year - 1),
    }
    made = Operation.objects.create(**(values | changes))
    _party(made, post, OperationPart.IMPLEMENTING, signs=True, acts_through=post)
    _party(
        made,
        organisation("jica"),
        OperationPart.PROVIDER,
        signs=True,
        acts_through=office,
        acts_as=Role.COUNTRY_OFFICE,
    )
    coordination = organisation(f"{country.lower()}-coordination")
    _party(
        made, coordination, OperationPart.COORDINATION, acts_through=coordination, acts_as=Role.COORDINATION
    )
    return made


def _party(operation: Operation, body: Organisation, part: str, **more: Any) -> None:
    Party.objects.create(operation=operation, organisation=body, part=part, **more)


def join_team(operation: Operation, slug: str) -> Person:
    """Give a player a function on the operation."""
    person = Person.objects.get(user=user(slug))
    TeamMember.objects.create(
        operation=operation,
        person=person,
        organisation=operation.provider,
        function=TeamFunction.EXPERT,
        held_from=operation.opened_on,
    )
    return person


def signed_in(slug: str) -> Client:
    """A player's browser."""
    client = Client()
    client.force_login(user(slug))
    return client


def rows(prefix: str, *rows: dict[str, Any], initial: int = 0) -> dict[str, str]:
    """A formset as a browser sends it."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": str(value) for name, value in row.items()}
    return data
