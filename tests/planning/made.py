"""Operations and designs for the tests of planning."""

from datetime import date
from decimal import Decimal
from typing import Any

from taawun.cycle.models import CooperationRequest, Operation, OperationPart, Party
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.steps import Context
from taawun.planning import actions
from taawun.planning.models import DesignPart, ExAnteTable
from taawun.planning.queries import design_of, forget, values_of
from taawun.workspace.demo.cast import email_of

STARTS, ENDS = date(2026, 6, 9), date(2029, 6, 8)
PROJECT = "modality:technical-cooperation-project"
CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability", "conclusion")


def who(slug: str) -> User:
    """A player of the cast, read anew: nothing is remembered of their standing."""
    return User.objects.get(email=email_of(slug))


def body(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def a_request(**changes: Any) -> CooperationRequest:
    """The postal request as it stands when the notes are exchanged."""
    values = {
        "state": "notified",
        "state_since": clock.now(),
        "title": "Postal Services Capacity Improvement Project",
        "modality_id": PROJECT,
        "country_id": "country:MM",
        "requesting": body("mm-post"),
        "coordination": body("mm-coordination"),
        "provider": body("jica"),
        "country_office": body("jica-mm"),
        "background": "Mail is late, misdelivered, lost or damaged.",
        "overall_goal": "Citizens use quick and certain mail.",
        "purpose": "Delivery in the three regions is fast and reliable.",
        "indicator": "Letters delivered on time",
        "indicator_unit": "%",
        "baseline": Decimal("62.5"),
        "baseline_on": date(2026, 3, 31),
        "target": Decimal(90),
        "starts_on": STARTS,
        "ends_on": ENDS,
        "implementing": body("mm-post"),
    }
    made = CooperationRequest.objects.create(**(values | changes))
    made.outputs.create(
        number=1,
        text="Sorting is organised",
        activities="Survey the sorting centres\n\nWrite the sorting manual",
    )
    made.outputs.create(number=2, text="Carriers are trained", activities="Train the instructors")
    made.inputs.create(
        side="provider",
        kind="expert",
        text="Expert in mail operations",
        amount=Decimal(120000000),
        currency_id="currency:JPY",
    )
    made.inputs.create(side="provider", kind="training", text="Courses in Japan")
    made.inputs.create(
        side="partner",
        kind="counterpart",
        text="Twelve counterparts",
        amount=Decimal("45000000.50"),
        currency_id="currency:MMK",
    )
    return made


def an_operation(coop_request: CooperationRequest | None = None, **changes: Any) -> Operation:
    """The postal operation, opened in planning with its parties; its design is not begun."""
    values = {
        "state": "planning",
        "state_since": clock.now(),
        "code": f"MM-2026-PRJ-{Operation.objects.count() + 1:04d}",
        "title": "Postal Services Capacity Improvement Project",
        "modality_id": PROJECT,
        "country_id": "country:MM",
        "coop_request": coop_request,
        "provider": body("jica"),
        "country_office": body("jica-mm"),
        "starts_on": STARTS,
        "ends_on": ENDS,
    }
    operation = Operation.objects.create(**(values | changes))
    Party.objects.create(
        operation=operation,
        organisation=body("mm-post"),
        part=OperationPart.IMPLEMENTING,
        signs=True,
        acts_through=body("mm-post"),
    )
    Party.objects.create(
        operation=operation,
        organisation=body("mm-coordination"),
        part=OperationPart.COORDINATION,
        acts_through=body("mm-coordination"),
    )
    Party.objects.create(
        operation=operation,
        organisation=body("jica"),
        part=OperationPart.PROVIDER,
        signs=True,
        acts_through=body("jica-mm"),
        acts_as=Role.COUNTRY_OFFICE,
    )
    return operation


def a_carried_operation(**changes: Any) -> Operation:
    """The postal operation with the design its request opened."""
    coop_request = a_request()
    operation = an_operation(coop_request, **changes)
    actions.carry_design(coop_request, a_context())
    forget(operation)
    return operation


def a_complete_operation(state: str = "planning", **changes: Any) -> Operation:
    """A design that lacks nothing the appraisal asks of planning; the operation stands directly in a state."""
    operation = a_carried_operation(**changes)
    add(operation, "indicators", "indicators", an_indicator(operation, "goal", "Letters posted a head"))
    add(
        operation,
        "indicators",
        "indicators",
        an_indicator(operation, "output", "Centres that follow the manual", number=1),
    )
    add(
        operation,
        "indicators",
        "indicators",
        an_indicator(operation, "output", "Carriers certified", number=2),
    )
    add(
        operation,
        "risks",
        "risks",
        {
            "text": "Staff leave",
            "likelihood": "medium",
            "countermeasure": "Train two for each post",
            "owner": None,
        },
    )
    ExAnteTable.objects.filter(operation=operation).update(**{name: f"On {name}." for name in CRITERIA})
    Operation.objects.filter(pk=operation.pk).update(state=state)
    operation.refresh_from_db()
    forget(operation)
    return operation


def an_indicator(
    operation: Operation, level: str, name: str, number: int = 1, **changes: Any
) -> dict[str, Any]:
    """An indicator's row as its form would send it."""
    objective = design_of(operation).objectives.get(level=level, number=number)
    row = {
        "id": None,
        "objective": objective.pk,
        "name": name,
        "kind": "number",
        "unit": "",
        "steps": None,
        "baseline": Decimal(0),
        "baseline_on": date(2026, 3, 31),
        "target": Decimal(10),
        "target_on": ENDS,
        "means_of_verification": "",
        "frequency": "",
        "responsible": "",
    }
    return row | changes


def add(operation: Operation, part: str, name: str, row: dict[str, Any]) -> None:
    """Add one row to a part, by the desk officer."""
    values = {
        key: value if isinstance(value, str) else []
        for key, value in values_of(operation, design_of(operation), part).items()
    }
    save(operation, part, values | {name: [{"id": None, **row}]})


def save(
    operation: Operation, part: str, values: dict[str, Any], by: str = "desk", version: int | None = None
) -> None:
    """Save a part as the person who opened it just now, or at an earlier version."""
    held = version_of(operation, part) if version is None else version
    actions.edit_part(operation=operation, part=part, values=values, actor=who(by), base_version=held)


def version_of(operation: Operation, part: str) -> int:
    if part == "ex-ante":
        return ExAnteTable.objects.get(operation=operation).version
    return DesignPart.objects.get(design=design_of(operation), part=part).version


def a_context(acted_on: date = date(2026, 5, 4)) -> Context:
    """What an effect is told of its step."""
    return Context(
        step=None,
        actor=None,
        acting=None,
        organisation_id=None,
        data={},
        reason="",
        acted_on=acted_on,
        on_behalf_of_id=None,
    )


def posted(rows: list[dict[str, Any]], prefix: str, *, held: int = 0) -> dict[str, str]:
    """Rows of a formset as a browser sends them; the first `held` were there when the page opened."""
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(held)}
    for number, row in enumerate(rows):
        data |= {
            f"{prefix}-{number}-{name}": "" if value is None else str(value) for name, value in row.items()
        }
    return data
