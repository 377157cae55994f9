"""Amendments to the Record of Discussions: proposed, written, signed; before the signature nothing changes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from taawun.agreements import queries
from taawun.agreements.actions.shared import (
    RECORD_FIELDS,
    attach,
    paper_problems,
    refuse,
    replace_rows,
    rows_of,
    says_the_same,
    texts_of,
    told_of,
)
from taawun.agreements.changes import Item, digest_of, items_of, period_value
from taawun.agreements.models import AmendedComponent, AmendedItem, Amendment, Instrument, InstrumentKind
from taawun.agreements.rows import component_lines
from taawun.agreements.signing import signing_lines
from taawun.cycle import rights
from taawun.cycle.actions import void_consents
from taawun.cycle.models import Component, Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.workflow import Seat
from taawun.planning.queries import forget, revision_of

RIGHT = "amendment"
PROPOSED = ("reason", "starts_on", "ends_on", "with_revision")
COMPONENT = ("starts_on", "ends_on", "ceiling", "currency_id")
Rows = list[dict[str, Any]]


def _lock(operation: Operation, actor: User) -> tuple[Operation, Seat, int | None]:
    locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
    seat, organisation_id = rights.require(locked, actor, RIGHT)
    if locked.state not in queries.AMENDED:
        raise editing.Frozen
    return locked, seat, organisation_id


def write_amendment(
    operation: Operation, values: dict[str, Any], components: Rows, *, actor: User, base_version: int
) -> Amendment:
    """Begin an amendment, or change what it proposes: its reason, the period, each component's period and ceiling.

    Right `amendment`, from the signature of the Record of Discussions until the results are confirmed (else `Frozen`).
    `values`: reason, starts_on, ends_on, with_revision (whether it carries what the revision of the design changes of
    goal, purpose and outputs); `components`: component, starts_on, ends_on, ceiling, currency_id. Nothing takes
    effect yet. Refuses a component of another operation, an end before its beginning, a ceiling without currency;
    `Conflict` when someone else saved since `base_version` (0: there was none).
    """
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor)
        _refuse_impossible(locked, values, components)
        held = queries.open_amendment(locked)
        mine = {name: values[name] for name in PROPOSED}
        if held and _proposes(held) == _shown(mine, components):
            return held
        if held:
            theirs = _proposes(held)
            editing.bump(held.instrument, base_version, theirs=theirs, mine=_shown(mine, components))
            Amendment.objects.filter(pk=held.pk).update(**mine)
        else:
            held = _begin(locked, actor, base_version, mine)
        held.components.all().delete()
        AmendedComponent.objects.bulk_create(AmendedComponent(amendment=held, **row) for row in components)
        record(
            locked,
            "amendment-written",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={"number": held.number, "note": f"{held.number}: {mine['reason']}"},
        )
        sync_tasks(locked)
    return Amendment.objects.select_related("instrument").get(pk=held.pk)


def _begin(operation: Operation, actor: User, base_version: int, values: dict[str, Any]) -> Amendment:
    if base_version:
        raise Refused([_("The amendment you opened was signed or withdrawn meanwhile.")])
    last = Amendment.objects.filter(operation=operation).aggregate(last=Max("number"))["last"] or 0
    paper = Instrument.objects.create(
        kind=InstrumentKind.AMENDMENT,
        operation=operation,
        prevailing_language=operation.language,
        recorded_by=actor,
    )
    return Amendment.objects.create(instrument=paper, operation=operation, number=last + 1, **values)


def _proposes(held: Amendment) -> dict[str, Any]:
    rows = [
        {"component": row.component, **{n: getattr(row, n) for n in COMPONENT}}
        for row in held.components.all()
    ]
    return _shown({name: getattr(held, name) for name in PROPOSED}, rows)


def _shown(values: dict[str, Any], components: Rows) -> dict[str, Any]:
    """A proposal as it is compared, and shown beside another's."""
    return values | {_("Components"): component_lines(components)}


def _refuse_impossible(operation: Operation, values: dict[str, Any], components: Rows) -> None:
    known = set(operation.components.values_list("pk", flat=True))
    named = [row["component"].pk for row in components]
    backwards = any(_backwards(row["starts_on"], row["ends_on"]) for row in [values, *components])
    unpriced = any((row["ceiling"] is None) != (row["currency_id"] is None) for row in components)
    negative = any((row["ceiling"] or 0) < 0 for row in components)
    emptied = _emptied(operation, values) or any(_emptied(row["component"], row) for row in components)
    refuse(
        _("Choose a component of this operation.")
        if set(named) - known or len(set(named)) < len(named)
        else "",
        _("The end comes before the beginning.") if backwards else "",
        _("A period keeps both its days: enter the beginning and the end.") if emptied else "",
        _("Choose the currency of the amount.") if unpriced else "",
        _("An amount of money cannot be negative.") if negative else "",
    )


def _emptied(agreed: Any, row: dict[str, Any]) -> bool:
    return any(getattr(agreed, name) and not row[name] for name in ("starts_on", "ends_on"))


def _backwards(start: date | None, end: date | None) -> bool:
    return bool(start and end and end < start)


def write_amendment_text(
    operation: Operation,
    values: dict[str, Any],
    versions: Rows,
    signatures: Rows,
    *,
    actor: User,
    base_version: int,
) -> Instrument:
    """Write the paper of the open amendment: language versions, signatories, place, date, scan (see `write_record`)."""
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor)
        held = _open(locked).instrument
        refuse(*paper_problems(locked, values, versions, signatures))
        texts = {name: values[name] for name in RECORD_FIELDS}
        scan, after = values.get("scan"), texts | rows_of(versions, signatures)
        before = texts_of(held, RECORD_FIELDS) | rows_of(held.versions.all(), held.signatures.all())
        if says_the_same(held, before, after, scan):
            return held
        editing.bump(held, base_version, theirs=before, mine=after)
        Instrument.objects.filter(pk=held.pk).update(**texts)
        attach(held, scan, actor)
        replace_rows(held, versions, signatures)
        record(
            locked,
            "amendment-text",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail=told_of(held, texts, versions, signatures),
        )
    return Instrument.objects.get(pk=held.pk)


def _open(operation: Operation) -> Amendment:
    held = queries.open_amendment(operation)
    if held is None:
        raise Refused([_("No amendment is being written.")])
    return held


def sign_amendment(operation: Operation, *, actor: User, base_version: int, read: str) -> Amendment:
    """Record that the parties signed the open amendment: from now on what it changes is agreed, and it never changes.

    Right `amendment`. Its items are kept, before and after; the period of the operation, the periods and ceilings of
    components take effect, and what falls due by them follows; the revision of the design whose goal, purpose or
    outputs it carries may be adopted. `base_version` is the version of the paper the person read, `read` the digest of
    the changes (`digest_of`). Refuses with every obstacle at once.
    """
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor)
        held = _open(locked)
        items = items_of(locked, held)
        if held.instrument.version != base_version or digest_of(items) != read:
            raise Refused([_("The amendment was changed since you opened this page: read it again.")])
        obstacles = [o for line in signing_lines(locked, held) for o in line.obstacles]
        if obstacles:
            raise Refused(obstacles)
        AmendedItem.objects.bulk_create(
            AmendedItem(
                amendment=held, key=i.key, number=i.number, name=i.name, before=i.before, after=i.after
            )
            for i in items
        )
        _take_effect(locked, held, items)
        Instrument.objects.filter(pk=held.instrument_id).update(frozen_on=clock.today())
        record(
            locked,
            "amendment-signed",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            acted_on=held.instrument.dated_on,
            detail={
                "number": held.number,
                "note": f"{held.number}: {held.reason}",
                "changed": {i.key: [i.before, i.after] for i in items},
                "scan": held.instrument.scan.sha256 if held.instrument.scan else "",
            },
        )
        forget(locked)
        sync_tasks(Operation.objects.get(pk=locked.pk))
    forget(operation)
    return Amendment.objects.select_related("instrument").get(pk=held.pk)


def _take_effect(operation: Operation, held: Amendment, items: list[Item]) -> None:
    """The only writer of the agreed period and ceilings after the Record of Discussions.

    Confirmations of results already given are void: they confirmed what was agreed before.
    """
    changed = {item.key for item in items}
    if "period" in changed:
        Operation.objects.filter(pk=operation.pk).update(
            starts_on=held.starts_on, ends_on=held.ends_on, version=F("version") + 1
        )
    for row in held.components.all():
        if changed & {f"component-period:{row.component_id}", f"component-ceiling:{row.component_id}"}:
            Component.objects.filter(pk=row.component_id).update(**{n: getattr(row, n) for n in COMPONENT})
    if any(item.is_substance for item in items):
        Amendment.objects.filter(pk=held.pk).update(revision=revision_of(operation))
    void_consents(operation, "confirm-results")


def withdraw_amendment(operation: Operation, *, reason: str, actor: User, base_version: int) -> None:
    """Give up an amendment that was not signed, with the reason. Its number is given again."""
    with transaction.atomic():
        locked, seat, organisation_id = _lock(operation, actor)
        held = _open(locked)
        if held.instrument.version != base_version:
            raise Refused([_("The amendment was changed since you opened this page: read it again.")])
        if not reason.strip():
            raise Refused([_("Give the reason.")])
        record(
            locked,
            "amendment-withdrawn",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail={
                "number": held.number,
                "note": f"{held.number}: {reason.strip()}",
                "period": period_value(held.starts_on, held.ends_on),
            },
        )
        held.instrument.delete()
        sync_tasks(locked)
