"""Operations that were under way before the program, as the paper tells of them."""

from datetime import date
from typing import Any

from taawun.cycle import actions
from taawun.cycle.models import Operation
from taawun.workspace.demo.cast import organisation, user
from taawun.workspace.demo.exchange import scan

PROJECT = "modality:technical-cooperation-project"
ACTIVITY = "modality:expert"


def facts(**more: Any) -> dict[str, Any]:
    """A project under way since 2019, as the action takes it."""
    return {
        "title": "Clean water for three towns",
        "language": "en",
        "modality_id": PROJECT,
        "sector_id": None,
        "site": "Bago",
        "supplier": None,
        "starts_on": date(2019, 4, 1),
        "ends_on": date(2040, 3, 31),
        "state": "in_implementation",
        "state_on": date(2019, 6, 3),
        "opened_on": date(2018, 9, 3),
        "agreed_on": date(2019, 2, 11),
        "started_on": None,
        "completed_on": None,
        "basis": "",
        "basis_number": "",
        "basis_on": None,
        "old_number": "COOP-2019-12",
        "source": "Register of projects, volume 3",
    } | more


def taken_over(person: str = "desk", house: str = "jica", partner: str = "mm-post", **more: Any) -> Operation:
    """Taken over by a desk, with its scan."""
    actor = user(person)
    values = facts(**{"scan": scan("Register (example)", actor)} | more)
    made, _event = actions.take_over(
        actor=actor, provider=organisation(house), partner=organisation(partner), values=values
    )
    return Operation.objects.get(pk=made.pk)


def row(number: int = 1, **more: Any) -> dict[str, Any]:
    """A row of the sheet."""
    return {
        "old_number": f"COOP-{number}",
        "title": f"Clean water, town {number}",
        "partner": "mm-post",
        "language": "English",
        "modality_id": PROJECT,
        "starts_on": date(2019, 4, 1),
        "ends_on": date(2040, 3, 31),
        "state": "in_implementation",
        "state_on": date(2019, 6, 3),
        "agreed_on": date(2019, 2, 11),
        "source": "Register of projects, volume 3",
    } | more
