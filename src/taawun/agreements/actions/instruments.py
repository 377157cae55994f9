"""Writing, sending and recording what the parties exchange and sign."""

from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.agreements import queries
from taawun.agreements.actions.shared import (
    RECORD_FIELDS,
    attach,
    claim,
    day_problem,
    paper_problems,
    refuse,
    replace_rows,
    rows_of,
    says_the_same,
    texts_of,
    told_of,
)
from taawun.agreements.models import Instrument, InstrumentKind
from taawun.agreements.registers import register_note, register_reply
from taawun.cycle import rights
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Context, Refused
from taawun.papers.models import File

NOTE_FIELDS = ("number", "dated_on", "prevailing_language", "text")


# ── The exchange of notes ──


def write_note(
    coop_request: CooperationRequest, values: dict[str, Any], *, actor: User, base_version: int
) -> Instrument:
    """Write or correct the note verbale of an adopted request, before it is sent.

    Right `note-verbale`; `values`: number, dated_on, prevailing_language, text and, if wanted, scan. The provider's
    side alone reads it until it is sent. Refuses a date in the future; `Frozen` once it was sent, `Conflict` when
    someone else saved meanwhile (`base_version` 0: there was none).
    """
    with transaction.atomic():
        locked = CooperationRequest.objects.select_for_update(of=("self",)).get(pk=coop_request.pk)
        seat, organisation_id = rights.require(locked, actor, "note-verbale")
        if locked.state != "adopted":
            raise editing.Frozen
        refuse(day_problem(values["dated_on"]))
        texts = {name: values[name] for name in NOTE_FIELDS}
        held, scan = queries.note_of(locked), values.get("scan")
        if held and says_the_same(held, texts_of(held, NOTE_FIELDS), texts, scan):
            return held
        note = claim(held, texts, base_version, theirs=texts_of(held, NOTE_FIELDS), mine=texts)
        note = note or Instrument.objects.create(
            kind=InstrumentKind.NOTE_VERBALE, coop_request=locked, recorded_by=actor, **texts
        )
        attach(note, scan, actor)
        record(
            locked,
            "note-verbale-written",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            audience_id=locked.provider_id,
            detail={"number": note.number, "dated_on": note.dated_on},
        )
    return note


def send_note(coop_request: CooperationRequest, ctx: Context) -> None:
    """The note leaves: from here on the partner reads it, and it never changes. Refuses a note of a later day.

    It enters the registers of letters of both sides.
    """
    note = queries.note_of(coop_request)
    if note is None or note.dated_on is None:
        raise Refused([Obstacle(_("The note verbale is not written yet."))])
    if note.dated_on > ctx.acted_on:
        raise Refused([Obstacle(_("The note verbale bears a later date than the day on which it is sent."))])
    Instrument.objects.filter(pk=note.pk).update(frozen_on=ctx.acted_on)
    ctx.notes.update(note_verbale=note.number, dated_on=note.dated_on)
    register_note(note, coop_request, ctx)


def record_reply(coop_request: CooperationRequest, ctx: Context) -> None:
    """Enter the partner's reply on its behalf: number, date and scan, as received. It never changes.

    It enters the office's register of letters.
    """
    number, dated_on, scan = ctx.data.get("number", ""), ctx.data.get("dated_on"), ctx.data.get("scan")
    problems = [reply_day_problem(queries.note_of(coop_request), dated_on)]
    problems += ["" if number else _("Enter the number of the reply.")]
    problems += ["" if isinstance(scan, File) else _("Attach the scan of the reply.")]
    refuse(*problems)
    actor, scan = cast(User, ctx.actor), cast(File, scan)
    reply = Instrument.objects.create(
        kind=InstrumentKind.NOTE_VERBALE_REPLY,
        coop_request=coop_request,
        number=number,
        dated_on=dated_on,
        recorded_by=actor,
        on_behalf_of_id=ctx.on_behalf_of_id or coop_request.coordination_id,
        frozen_on=ctx.acted_on,
    )
    attach(reply, scan, actor)
    ctx.notes.update(reply=number, dated_on=dated_on, scan=scan.sha256)
    register_reply(reply, coop_request, ctx)


def reply_day_problem(note: Instrument | None, day: date | None) -> str:
    """What is wrong with the date of a reply: it answers a note, so it is not older than the note."""
    if day is None:
        return _("Enter the date of the reply.")
    if note and note.dated_on and day < note.dated_on:
        return _("The reply bears an earlier date than the note verbale it answers.")
    return day_problem(day)


# ── The Record of Discussions ──


def write_record(
    operation: Operation,
    values: dict[str, Any],
    versions: list[dict[str, Any]],
    signatures: list[dict[str, Any]],
    *,
    actor: User,
    base_version: int,
) -> Instrument:
    """Write the Record of Discussions of an appraised operation and note its signature.

    Right `record-of-discussions`; `values`: number, dated_on, place, prevailing_language, scan; `versions`: language,
    authentic, text; `signatures`: party, name, title, signed_on. The rows given replace those held. Refuses dates in
    the future, a language twice, a party of another operation; `Frozen` in any other state, `Conflict` when someone
    else saved meanwhile. What is still missing is told by the requirement of the step, not here.
    """
    with transaction.atomic():
        locked = Operation.objects.select_for_update(of=("self",)).get(pk=operation.pk)
        seat, organisation_id = rights.require(locked, actor, "record-of-discussions")
        if locked.state != "appraised":
            raise editing.Frozen
        refuse(*paper_problems(locked, values, versions, signatures))
        texts = {name: values[name] for name in RECORD_FIELDS}
        held, scan = queries.record_of_discussions(locked), values.get("scan")
        before, after = _record_of(held), texts | rows_of(versions, signatures)
        if held and says_the_same(held, before, after, scan):
            return held
        held = claim(held, texts, base_version, theirs=before, mine=after)
        held = held or Instrument.objects.create(
            kind=InstrumentKind.RECORD_OF_DISCUSSIONS, operation=locked, recorded_by=actor, **texts
        )
        attach(held, scan, actor)
        replace_rows(held, versions, signatures)
        record(
            locked,
            "record-of-discussions-edited",
            actor=actor,
            organisation_id=organisation_id,
            role=seat.role,
            detail=told_of(held, texts, versions, signatures),
        )
    return held


def _record_of(held: Instrument | None) -> dict[str, Any]:
    """The Record as it is held, to compare and to show beside another version."""
    if held is None:
        return {}
    signatures = held.signatures.select_related("party__organisation")
    return texts_of(held, RECORD_FIELDS) | rows_of(held.versions.all(), signatures)
