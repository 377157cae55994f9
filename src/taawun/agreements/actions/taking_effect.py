"""The parties signed an amendment: what it changes is agreed from now on."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from taawun.agreements.actions.open_amendment import being_written, lock
from taawun.agreements.changes import Item, digest_of, items_of
from taawun.agreements.models import AmendedItem, Amendment, Instrument
from taawun.agreements.signing import signing_lines
from taawun.cycle.actions import void_consents
from taawun.cycle.models import Component, Operation
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.planning.queries import forget, revision_of

COMPONENT = ("starts_on", "ends_on", "ceiling", "currency_id")


def sign_amendment(operation: Operation, *, actor: User, base_version: int, read: str) -> Amendment:
    """Record that the parties signed the open amendment: from now on what it changes is agreed, and it never changes.

    Right `amendment`. Its items are kept, before and after; the period of the operation, the periods and ceilings of
    components take effect, and what falls due by them follows; the revision of the design whose goal, purpose or
    outputs it carries may be adopted. `base_version` is the version of the paper the person read, `read` the digest of
    the changes (`digest_of`). Refuses with every obstacle at once.
    """
    with transaction.atomic():
        locked, seat, organisation_id = lock(operation, actor)
        held = being_written(locked)
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
