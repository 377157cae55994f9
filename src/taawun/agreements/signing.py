"""What must be there before the signature of an amendment is recorded: shown on its page, asked again by the act."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements import queries
from taawun.agreements.changes import Item, items_of
from taawun.agreements.models import Amendment, Instrument
from taawun.cycle.models import Operation, Party
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Line

OFFICE = gettext_lazy("Country office")


def signing_lines(operation: Operation, amendment: Amendment) -> list[Line]:
    """The checklist of the signature of an amendment."""
    paper = amendment.instrument
    changes = reverse("agreements:amendment", args=[operation.pk])
    text = reverse("agreements:amendment-text", args=[operation.pk])
    lines = [
        (_("What changes, and why"), _unsaid(operation, amendment), changes),
        (_("Text in its language versions"), _unwritten(paper), text),
        (_("Signatories of each signing party"), missing_signatures(operation, paper), text),
        (_("Place, date and signed scan"), _facts(operation, paper), text),
    ]
    shown = [Line(label, [_obstacle(one, link) for one in told]) for label, told, link in lines]
    return sorted(shown, key=lambda line: line.ok)


def _obstacle(text: str, link: str) -> Obstacle:
    return Obstacle(text, link, _("Complete the amendment"), OFFICE)


def _unsaid(operation: Operation, amendment: Amendment) -> Iterable[str]:
    items = items_of(operation, amendment)
    if not amendment.reason.strip():
        yield _("The reason is not given.")
    if not items:
        yield _("The amendment changes nothing yet.")
    yield from _outside(operation, amendment, items)


def _outside(operation: Operation, amendment: Amendment, items: list[Item]) -> Iterable[str]:
    """A component that would begin before the operation or end after it."""
    first, last = amendment.starts_on, amendment.ends_on
    for row in amendment.components.all():
        begins_early = first and row.starts_on and row.starts_on < first
        ends_late = last and row.ends_on and row.ends_on > last
        if begins_early or ends_late:
            yield _("The component “%(name)s” would lie outside the period of the operation.") % {
                "name": row.component.title
            }


def _unwritten(paper: Instrument) -> Iterable[str]:
    authentic = [version.language for version in paper.versions.all() if version.authentic]
    if not authentic:
        yield _("No language version of the amendment is marked authentic")
    elif paper.prevailing_language not in authentic:
        yield _("The prevailing language of the amendment is not one of its authentic versions")


def missing_signatures(operation: Operation, paper: Instrument) -> Iterable[str]:
    """Signing parties without a signatory, or whose signatory has not signed."""
    for party in operation.party_rows:
        if party.signs:
            yield from _missing_signature(party, paper)


def _missing_signature(party: Party, paper: Instrument) -> Iterable[str]:
    mine = [signature for signature in paper.signatures.all() if signature.party_id == party.pk]
    name = {"party": party.organisation.name}
    if not mine:
        yield _("The signatory for %(party)s is not named") % name
    elif not any(signature.signed_on for signature in mine):
        yield _("The date on which %(party)s signed is missing") % name


def _facts(operation: Operation, paper: Instrument) -> Iterable[str]:
    facts: list[tuple[Any, str]] = [
        (paper.place, _("The place of signature is missing")),
        (paper.dated_on, _("The date of the amendment is missing")),
        (paper.scan_id, _("The signed scan of the amendment is missing")),
    ]
    yield from (text for value, text in facts if not value)
    record = queries.record_of_discussions(operation)
    if record and record.dated_on and paper.dated_on and paper.dated_on < record.dated_on:
        yield _("The amendment bears an earlier date than the Record of Discussions it amends")
