"""Amendments to the Record of Discussions: proposed, written, given up; before the signature nothing changes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from taawun.agreements import queries
from taawun.agreements.actions.open_amendment import being_written, lock
from taawun.agreements.actions.rounds import give_up_texts
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
from taawun.agreements.changes import period_value
from taawun.agreements.models import AmendedComponent, Amendment, Instrument, InstrumentKind
from taawun.agreements.rows import component_lines
from taawun.cycle.models import Operation
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks

PROPOSED = ("reason", "starts_on", "ends_on", "with_revision")
COMPONENT = ("starts_on", "ends_on", "ceiling", "currency_id")
Rows = list[dict[str, Any]]


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
        locked, seat, organisation_id = lock(operation, actor)
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
        locked, seat, organisation_id = lock(operation, actor)
        held = being_written(locked).instrument
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


def withdraw_amendment(operation: Operation, *, reason: str, actor: User, base_version: int) -> None:
    """Give up an amendment that was not signed, with the reason. Its number is given again."""
    with transaction.atomic():
        locked, seat, organisation_id = lock(operation, actor)
        held = being_written(locked)
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
        give_up_texts(held.instrument, reason=reason.strip(), actor=actor)
        held.instrument.delete()
        sync_tasks(locked)
