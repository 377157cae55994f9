"""A published activity becomes an operation in mid-cycle, and is given back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _, override

from taawun.cycle import actions as cycle
from taawun.cycle.models import Operation
from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation.models import AuditEvent, Draft as Begun, User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import fresh_standing
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.interchange.actions.shared import is_free
from taawun.interchange.drafting import Aim, Draft, Reached
from taawun.interchange.models import PublishedActivity, Taking
from taawun.interchange.queries import draft_for, record_of, taken_already, taking_of, text_of
from taawun.interchange.texts import best
from taawun.monitoring import actions as monitoring
from taawun.planning import actions as planning
from taawun.ui import words

OLD_NUMBER = 60  # what the register holds of a number
NOT_TOLD = ("supplier", "opened_on", "agreed_on", "completed_on", "basis_on")


def take_over_published(
    *,
    actor: User,
    activity: PublishedActivity,
    provider: Organisation,
    partner: Organisation,
    values: dict[str, Any],
) -> Operation:
    """Make an operation of a published activity: the case by `cycle.take_over`, its design and values by its text.

    `values`: title, language, modality_id, sector_id, site, starts_on, ends_on, state, state_on; supplier where another
    than the agency itself supplies. Everything else of the design is the file's own words and numbers (`drafting`);
    what it does not say stays empty, what has no place is kept with the reason, and so is the text. For a desk officer
    of the provider (else 403). Refuses while a file is read or applied (nobody waits for it), an activity this agency
    took over already, one that would be no project, and what `cycle.take_over` refuses.
    """
    with transaction.atomic():
        _refuse_while_busy()
        held = PublishedActivity.objects.select_related("feed", "load").get(pk=activity.pk)
        _refuse_twice(held, provider)
        kept = text_of(held)
        draft = draft_for(held, record_of(kept), values["language"])
        with override(values["language"]):
            source = _source(held)
            made = _make(actor, held, provider, partner, values, source)
            _fill(made, draft, actor, source)
        taking = Taking.objects.create(
            operation=made,
            identifier=held.identifier,
            load=held.load,
            digest=held.digest,
            standard=kept.standard,
            deflated=kept.deflated,
            left=[[one.slug, one.where, one.written] for one in draft.left],
            not_said=draft.not_said,
            taken_by=actor,
        )
        sync_tasks(made)
        taking.last_event = _last_event(made)
        taking.save(update_fields=["last_event"])
    return made


def _refuse_while_busy() -> None:
    if not is_free():
        told = _("A file of published activities is being read or applied: try again in some minutes.")
        raise Refused([Obstacle(told)])


def _refuse_twice(activity: PublishedActivity, provider: Organisation) -> None:
    first = taken_already(activity.identifier, provider)
    if first:
        told = _("%(agency)s took this activity over already, as %(number)s.")
        named = {"agency": provider.name, "number": first.operation.code}
        link = first.operation.get_absolute_url()
        raise Refused([Obstacle(told % named, link=link, link_label=_("Open"))])


def _source(activity: PublishedActivity) -> str:
    told = _("%(identifier)s, as published by %(publisher)s")
    named = {"identifier": activity.identifier, "publisher": best(activity.reporting_names).text}
    return (told % named)[:200]


def _make(
    actor: User,
    activity: PublishedActivity,
    provider: Organisation,
    partner: Organisation,
    values: dict[str, Any],
    source: str,
) -> Operation:
    number = activity.identifier if len(activity.identifier) <= OLD_NUMBER else ""
    told = {
        **dict.fromkeys(NOT_TOLD),
        **{"basis": "", "basis_number": "", "started_on": None},
        **values,
        **{"old_number": number, "source": source},
    }
    made, _event = cycle.take_over(
        actor=actor, provider=provider, partner=partner, values=told, digest=activity.digest
    )
    if not made.is_project:
        told_why = _(
            "Under your settings this form of cooperation is a stand-alone activity, which has no design."
        )
        raise Refused([Obstacle(told_why)])
    return Operation.objects.get(pk=made.pk)


def _fill(made: Operation, draft: Draft, actor: User, source: str) -> None:
    definitions = planning.take_design(
        made,
        objectives=objectives_of(draft),
        indicators=[_indicator(aim) for aim in draft.aims],
        actor=actor,
        note=source,
    )
    if made.is_editable:
        return  # before the signature there is nothing to be measured yet
    values = [
        monitoring.TakenValue(definition, one.as_of, one.number, _note(one, source))
        for definition, aim in zip(definitions, draft.aims, strict=True)
        for one in aim.reached
    ]
    if values:
        monitoring.take_values(made, values, actor=actor, note=source)


def objectives_of(draft: Draft) -> dict[tuple[str, int], str]:
    """The objectives of a draft by level and number."""
    held = {("goal", 1): draft.goal, ("purpose", 1): draft.purpose}
    held |= {("output", number): text for number, text in enumerate(draft.outputs, start=1)}
    return {place: text for place, text in held.items() if text}


def _indicator(aim: Aim) -> planning.TakenIndicator:
    aims = (aim.baseline, aim.baseline_on, aim.target, aim.target_on)
    return planning.TakenIndicator((aim.level, aim.number), aim.name, aim.kind, aim.unit, *aims)


def _note(one: Reached, source: str) -> str:
    """Where a value is from: the publication, and the period it gives it for."""
    told = _("%(source)s, for the period %(period)s")
    return told % {"source": source, "period": words.period(one.starts_on, one.ends_on)}


def _last_event(operation: Operation) -> int:
    events = AuditEvent.objects.filter(kind=operation.kind, subject_id=operation.pk)
    return events.aggregate(last=Max("pk"))["last"] or 0


def undo_taking(operation: Operation, *, actor: User, reason: str) -> None:
    """Remove an operation taken over from a publication, with the design and the values that came with it.

    For a desk officer of its provider (else 403). Refuses without a reason, and once anybody has acted on it or begun
    to write. The record keeps that it was taken over and removed; the published activity stays as it is.
    """
    with transaction.atomic():
        held = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        if held.provider_id not in fresh_standing(actor).holding(Role.DESK):
            raise PermissionDenied
        taking = taking_of(held)
        told = []
        if taking is None:
            told.append(_("This operation was not taken over from a publication."))
        elif _last_event(held) > taking.last_event or _begun(held):
            told.append(_("Somebody has acted on this operation since: it is no longer undone."))
        if not reason.strip():
            told.append(_("Give the reason."))
        if told:
            raise Refused([Obstacle(text) for text in told])
        monitoring.forget_values([held])
        Taking.objects.filter(operation=held).delete()
        cycle.undo_take_over([held], actor=actor, reason=reason.strip()[:500])


def _begun(operation: Operation) -> bool:
    return Begun.objects.filter(kind=operation.kind, subject_id=operation.pk).exists()
