"""Money: budgets, planned disbursements and transactions, exact and in the currency that the file gives."""

from collections.abc import Iterable
from decimal import Decimal

from taawun.interchange.iati import parties
from taawun.interchange.iati.records import Amount
from taawun.interchange.iati.shares import shares
from taawun.interchange.iati.stream import Element
from taawun.interchange.iati.text import Notes, attribute, number_of, yes_or_no

_DAC = {"", "1"}


def budget(element: Element, notes: Notes) -> Amount | None:
    """What is to be spent in a period; None where its value is no number (that is told)."""
    parts = {child.tag: child for child in element}
    value = _value(element, parts.get("value"), notes)
    if value is None:
        return None
    return Amount(
        "budget",
        *value,
        value_on=notes.day(parts.get("value"), "value-date"),
        type=attribute(element, "type"),
        status=attribute(element, "status"),
        starts_on=notes.day(parts.get("period-start")),
        ends_on=notes.day(parts.get("period-end")),
    )


def planned(element: Element, notes: Notes) -> Amount | None:
    """What is to be paid, to whom, in a period."""
    parts = {child.tag: child for child in element}
    value = _value(element, parts.get("value"), notes)
    if value is None:
        return None
    return Amount(
        "planned",
        *value,
        value_on=notes.day(parts.get("value"), "value-date"),
        type=attribute(element, "type"),
        starts_on=notes.day(parts.get("period-start")),
        ends_on=notes.day(parts.get("period-end")),
        giver=parties.giver(parts.get("provider-org"), notes),
        receiver=parties.receiver(parts.get("receiver-org"), notes),
    )


def transaction(element: Element, notes: Notes) -> Amount | None:
    """What was promised, paid or received on a day, with its own country and sectors where it states them."""
    parts = {child.tag: child for child in element}
    value = _value(element, parts.get("value"), notes)
    if value is None:
        return None
    day = notes.day(parts.get("transaction-date"))
    if day and day > notes.today:
        notes.tell("day-to-come", element, day=day.isoformat())
    return Amount(
        "transaction",
        *value,
        value_on=notes.day(parts.get("value"), "value-date"),
        type=attribute(parts.get("transaction-type")),
        starts_on=day,
        ref=attribute(element, "ref"),
        description=notes.words(parts.get("description")),
        giver=parties.giver(parts.get("provider-org"), notes),
        receiver=parties.receiver(parts.get("receiver-org"), notes),
        flow_type=attribute(parts.get("flow-type")),
        finance_type=attribute(parts.get("finance-type")),
        aid_type=aid_type(element.iterchildren("aid-type")),
        tied=attribute(parts.get("tied-status")),
        humanitarian=yes_or_no(element.get("humanitarian")),
        shares=shares(element, notes),
    )


def aid_type(elements: Iterable[Element]) -> str:
    """The code of the OECD DAC’s own list; other vocabularies stay in the file's own words."""
    found = (attribute(one) for one in elements if attribute(one, "vocabulary") in _DAC)
    return next(found, "")


def _value(element: Element, value: Element | None, notes: Notes) -> tuple[Decimal, str] | None:
    number = number_of(value.text) if value is not None else None
    if value is None or number is None:
        written = (value.text or "") if value is not None else ""
        notes.tell("number-not-understood", element, value=written.strip()[:40])
        return None
    currency = attribute(value, "currency") or notes.currency
    if not currency:
        notes.tell("currency-missing", value)
    return number, currency
