"""Amendments for the tests: proposed, written, signed by the people of the cast."""

from datetime import date
from typing import Any

from taawun.agreements import actions, queries
from taawun.agreements.changes import digest_of, items_of
from taawun.agreements.models import Amendment
from taawun.cycle.models import Component, Operation
from taawun.foundation import clock
from taawun.papers.actions import hold
from tests.papers import made as files
from tests.planning.made import ENDS, STARTS, who
from tests.planning.revised import a_running_operation

LATER = date(2030, 12, 31)


def an_agreed_operation(state: str = "in_implementation", **changes: Any) -> Operation:
    """The postal operation under way, with one component over the whole period."""
    operation = a_running_operation(state, **changes)
    Component.objects.create(
        operation=operation,
        modality_id=operation.modality_id,
        title="Experts and courses",
        place="Yangon",
        starts_on=STARTS,
        ends_on=ENDS,
        supplier=operation.provider,
    )
    return operation


def proposal(operation: Operation, **changes: Any) -> dict[str, Any]:
    """What is agreed, but for the changes."""
    agreed = {"starts_on": operation.starts_on, "ends_on": operation.ends_on, "with_revision": True}
    return {"reason": "Clearance took a year", **agreed, **changes}


def of_component(operation: Operation, **changes: Any) -> list[dict[str, Any]]:
    """The component as it is agreed, but for the changes."""
    component = operation.components.get()
    names = ("starts_on", "ends_on", "ceiling", "currency_id")
    return [{"component": component, **{name: getattr(component, name) for name in names}, **changes}]


def propose(
    operation: Operation,
    by: str = "mm-office",
    base: int = 0,
    components: list[dict[str, Any]] | None = None,
    **changes: Any,
) -> Amendment:
    """Begin an amendment, or change the open one."""
    rows = of_component(operation) if components is None else components
    return actions.write_amendment(
        operation, proposal(operation, **changes), rows, actor=who(by), base_version=base
    )


def write_text(operation: Operation, by: str = "mm-office", **changes: Any) -> None:
    """The paper, signed by both parties."""
    held = queries.open_amendment(operation)
    values = {
        "number": "",
        "dated_on": clock.today(),
        "place": "Nay Pyi Taw",
        "prevailing_language": "en",
        "scan": hold(files.sent(files.pdf(), "amendment.pdf"), actor=who(by)),
    }
    versions = [{"language": "en", "authentic": True, "text": "The parties agree to amend."}]
    signatures = [
        {"party": party, "name": f"For {party.organisation.slug}", "title": "", "signed_on": clock.today()}
        for party in operation.party_rows
        if party.signs
    ]
    values |= {name: value for name, value in changes.items() if name in values}
    actions.write_amendment_text(
        operation,
        values,
        changes.get("versions", versions),
        changes.get("signatures", signatures),
        actor=who(by),
        base_version=held.instrument.version if held else 1,
    )


def sign(
    operation: Operation, by: str = "mm-office", base: int | None = None, read: str | None = None
) -> Amendment:
    """Record the signature as whoever read the paper just now."""
    held = queries.open_amendment(operation)
    version = held.instrument.version if held and base is None else base or 1
    seen = digest_of(items_of(operation, held)) if held and read is None else read or ""
    return actions.sign_amendment(operation, actor=who(by), base_version=version, read=seen)


def amend(operation: Operation, components: list[dict[str, Any]] | None = None, **changes: Any) -> Amendment:
    """The whole way: proposed, written, signed."""
    propose(operation, components=components, **changes)
    write_text(operation)
    return sign(operation)
