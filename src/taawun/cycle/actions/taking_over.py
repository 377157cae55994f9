"""Taking over work that was under way before this program, and undoing a batch of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from taawun.cycle.actions.beginning import (
    first_component,
    form_of,
    hand_basis_over,
    parties_of,
    prepare,
    sort_of,
)
from taawun.cycle.actions.numbering import case_number, give_back_number
from taawun.cycle.models import Form, Operation, Party, ProviderSettings, settings_of
from taawun.cycle.past import first_day, problems_of, reached_of, tell
from taawun.directory.models import Organisation
from taawun.directory.queries import country_office_for
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.entering import enter
from taawun.foundation.models import AuditEvent, Deadline, Task, User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.kernel.periods import add_months

COLUMNS = (
    *("title", "language", "modality_id", "sector_id", "site", "starts_on", "ends_on"),
    *("basis", "basis_number", "basis_on", "old_number"),
)


def take_over(
    *,
    actor: User,
    provider: Organisation,
    partner: Organisation,
    values: dict[str, Any],
    batch: int | None = None,
    digest: str = "",
) -> tuple[Operation, AuditEvent]:
    """Enter an operation that was under way, in the state it is in, with its past as far as its days are known.

    `values`: what opens any operation, and state, state_on, the days of `past.DAYS`, old_number, source (the paper or
    file it is taken from), scan. Nothing of the conditions behind it is checked; what comes later holds. Begins an
    empty design (a project's), offers lessons while it is planned, renews the desk. For a desk officer of the provider
    (else 403). Refuses what cannot be true of the days, an old number that was taken over already, and, one by one, a
    source without scan; `digest`: of the published text that stands for a scan.
    """
    if provider.pk not in fresh_standing(actor).holding(Role.DESK):
        raise PermissionDenied
    settings = settings_of(provider.pk)
    form = form_of(values["modality_id"], settings)
    _refuse(form, values, batch is None and not digest)
    with transaction.atomic():
        operation = _new(form, settings, provider, partner, values)
        event = _enter(operation, form, values, actor, {"batch": batch, "digest": digest})
        Party.objects.bulk_create(parties_of(operation, partner, values.get("supplier")))
        first_component(operation, values.get("supplier"))
        if values.get("scan"):
            hand_basis_over(operation, values["scan"], actor, "taken_over_scan")
        prepare(operation)
    return operation, event


def _refuse(form: str, values: dict[str, Any], needs_scan: bool) -> None:
    told = [tell(code, named) for whys in problems_of(form, values).values() for code, named in whys]
    if not values["source"].strip():
        told.append(_("Say from which paper or file it is taken."))
    if needs_scan and not values.get("scan"):
        told.append(_("Attach the scan of the paper it is taken from."))
    if told:
        raise Refused([Obstacle(text) for text in told])


def _new(
    form: str,
    settings: ProviderSettings,
    provider: Organisation,
    partner: Organisation,
    values: dict[str, Any],
) -> Operation:
    reached = reached_of(form, values)
    opened = values.get("opened_on") or first_day(reached, values)
    made = Operation(
        **{name: values[name] for name in COLUMNS if values.get(name) is not None},
        form=form,
        provider=provider,
        country_id=partner.country_id,
        country_office=country_office_for(provider.pk, partner.country_id) or provider,
        settings_id=settings.pk,
        code=case_number(partner.country_id, sort_of(form), opened, settings),
        opened_on=opened,
        taken_over_on=clock.today(),
        taken_over_in=values["state"],
        taken_over_from=values["source"].strip(),
        is_example=partner.is_example,
    )
    if form == Form.PROJECT:
        made.completed_on = values.get("completed_on") or _on_in(values, "completed")
        if values["state"] == "completed" and settings.ex_post and made.completed_on:
            made.ex_post_on = add_months(made.completed_on, 12 * settings.ex_post_years)
        elif values["state"] == "ex_post_due":
            made.ex_post_on = values["state_on"]
    return made


def _on_in(values: dict[str, Any], state: str) -> Any:
    return values["state_on"] if values["state"] == state else None


def _enter(
    operation: Operation, form: str, values: dict[str, Any], actor: User, origin: dict[str, Any]
) -> AuditEvent:
    try:
        with transaction.atomic():
            return enter(
                operation,
                reached_of(form, values),
                actor=actor,
                organisation_id=operation.provider_id,
                role=Role.DESK,
                detail={
                    "note": operation.taken_over_from,
                    "old_number": operation.old_number,
                    **{name: value for name, value in origin.items() if value or name == "batch"},
                },
            )
    except IntegrityError as error:
        if "operation_taken_over_once" not in str(error):
            raise
        told = _("An operation with the old number %(number)s was taken over already.")
        raise Refused([Obstacle(told % {"number": operation.old_number})]) from error


def undo_take_over(operations: Sequence[Operation], *, actor: User, reason: str) -> None:
    """Remove operations that were taken over: nobody has acted on them since, the caller saw to that and locked them.

    With them goes what their entering began: parties, component, empty design, lessons offered, tasks; the last
    numbers of a series are given back. The record keeps that they were entered and removed. What another act hangs on
    them is protected by the database (`ProtectedError`).
    """
    for operation in operations:
        record(
            operation,
            "take-over-undone",
            actor=actor,
            organisation_id=operation.provider_id,
            role=Role.DESK,
            detail={"reason": reason, "number": operation.code, "title": operation.title},
        )
    for slug in ("forget-design", "forget-offers"):
        registry.services[slug](operations)
    ids = [operation.pk for operation in operations]
    for waiting in (Task, Deadline):
        waiting.objects.filter(kind=Operation.kind, subject_id__in=ids).delete()
    Operation.objects.filter(pk__in=ids).delete()
    _give_back_numbers(operations)


def _give_back_numbers(operations: Iterable[Operation]) -> None:
    for operation in sorted(operations, key=lambda one: one.pk, reverse=True):
        settings = settings_of(operation.provider_id)
        give_back_number(
            operation.code,
            operation.country_id,
            sort_of(operation.form),
            operation.opened_on,
            settings,
        )
