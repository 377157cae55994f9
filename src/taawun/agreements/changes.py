"""What an amendment changes, item by item: derived from the revision and the proposals, or as it was signed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from taawun.agreements.models import Amendment
from taawun.cycle.models import Component, Operation
from taawun.kernel.money import Money
from taawun.planning.models import ObjectiveLevel
from taawun.planning.queries import design_of, objective_label, revision_of
from taawun.planning.substance import unamended_changes
from taawun.ui import words

SUBSTANCE = frozenset(ObjectiveLevel.values)


@dataclass(frozen=True)
class Item:
    """One thing changed. See `AmendedItem`: the same, whether signed or only proposed."""

    key: str
    number: int
    name: str
    before: str
    after: str

    @property
    def what(self) -> str:
        """Its kind: goal, purpose, output, period, component-period, component-ceiling."""
        return self.key.partition(":")[0]

    @property
    def is_substance(self) -> bool:
        """Whether it is a text of the design, in the language of the operation."""
        return self.what in SUBSTANCE

    @property
    def label(self) -> str:
        """What is changed, in the reader's language."""
        if self.is_substance:
            return objective_label(self.what, self.number)
        labels = {
            "period": _("Period of the operation"),
            "component-period": _("Period of the component “%(name)s”"),
            "component-ceiling": _("Ceiling of the component “%(name)s”"),
        }
        return labels[self.what] % {"name": words.apart(self.name)}

    @property
    def before_text(self) -> str:
        return _told(self.what, self.before)

    @property
    def after_text(self) -> str:
        return _told(self.what, self.after)


def _told(what: str, stored: str) -> str:
    """A stored value as people read it; nothing where there was none, or where it is left out."""
    if not stored or what in SUBSTANCE:
        return stored
    if what == "component-ceiling":
        amount, _space, currency = stored.partition(" ")
        return words.money(Money(Decimal(amount), currency))
    first, _slash, last = stored.partition("/")
    return words.period(_day(first), _day(last))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def period_value(start: date | None, end: date | None) -> str:
    """A period as it is stored; nothing where neither day is given."""
    days = [day.isoformat() if day else "" for day in (start, end)]
    return "/".join(days) if any(days) else ""


def ceiling_value(amount: Decimal | None, currency_id: str | None) -> str:
    """A ceiling as it is stored."""
    if amount is None or currency_id is None:
        return ""
    return f"{amount:.2f} {currency_id.partition(':')[2]}"


def items_of(operation: Operation, amendment: Amendment) -> list[Item]:
    """What it changes: as it was signed, else as it would change today."""
    if amendment.is_signed:
        return [Item(row.key, row.number, row.name, row.before, row.after) for row in amendment.items.all()]
    return list(proposed(operation, amendment))


def proposed(operation: Operation, amendment: Amendment) -> Iterator[Item]:
    """What differs now between what is agreed and what is proposed: nothing is typed twice."""
    if amendment.with_revision:
        yield from substance_items(operation)
    yield from _item(
        "period",
        "",
        period_value(operation.starts_on, operation.ends_on),
        period_value(amendment.starts_on, amendment.ends_on),
    )
    for row in amendment.components.select_related("component"):
        yield from _component_items(row.component, row)


def substance_items(operation: Operation) -> Iterator[Item]:
    """What the revision being written changes of goal, purpose and outputs, beyond what was signed for it."""
    before, revision = design_of(operation), revision_of(operation)
    if before is None or revision is None:
        return
    for change in unamended_changes(operation, before, revision):
        yield Item(change.key, change.number, "", change.before, change.after)


def _component_items(held: Component, row: Any) -> Iterator[Item]:
    yield from _item(
        f"component-period:{held.pk}",
        held.title,
        period_value(held.starts_on, held.ends_on),
        period_value(row.starts_on, row.ends_on),
    )
    yield from _item(
        f"component-ceiling:{held.pk}",
        held.title,
        ceiling_value(held.ceiling, held.currency_id),
        ceiling_value(row.ceiling, row.currency_id),
    )


def _item(key: str, name: str, before: str, after: str) -> Iterator[Item]:
    if before != after:
        yield Item(key, 0, name, before, after)


def digest_of(items: list[Item]) -> str:
    """What was read, in short: whoever signs says what they read, for the revision may change meanwhile."""
    said = [(item.key, item.before, item.after) for item in items]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def extends_to(items: list[Item]) -> date | None:
    """The new end of an extension: an amendment that moves the end of the period to a later day."""
    ends = [
        (_day(i.before.partition("/")[2]), _day(i.after.partition("/")[2]))
        for i in items
        if i.what == "period"
    ]
    return next((after for before, after in ends if after and (before is None or after > before)), None)
