"""The notes exchanged stand in the registers of letters by themselves: nothing is typed twice."""

from typing import cast

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from taawun.agreements.models import Instrument, InstrumentKind
from taawun.cycle.models import CooperationRequest
from taawun.foundation.steps import Context
from taawun.letters.actions import letter_by_step
from taawun.letters.sources import source

source(
    InstrumentKind.NOTE_VERBALE.value,
    gettext_lazy("Note verbale"),
    lambda letter: reverse("agreements:note-verbale-paper", args=[letter.coop_request_id]),
)
source(
    InstrumentKind.NOTE_VERBALE_REPLY.value,
    gettext_lazy("Note verbale"),
    lambda letter: reverse("agreements:note-verbale-paper", args=[letter.coop_request_id]),
)


def register_note(note: Instrument, coop_request: CooperationRequest, ctx: Context) -> None:
    """The note verbale leaves the office's register and enters the coordination body's."""
    office, coordination = coop_request.country_office_id, coop_request.coordination_id
    _register(note, coop_request, ctx, office, coordination, (office, coordination))


def register_reply(reply: Instrument, coop_request: CooperationRequest, ctx: Context) -> None:
    """The reply enters the office's register; the partner, who wrote it on paper, has entered it in its own."""
    office, sender = coop_request.country_office_id, cast(int, reply.on_behalf_of_id)
    _register(reply, coop_request, ctx, sender, office, (office,))


def _register(
    paper: Instrument,
    coop_request: CooperationRequest,
    ctx: Context,
    sender_id: int,
    addressee_id: int,
    registers: tuple[int, ...],
) -> None:
    with translation.override(coop_request.language):
        subject = f"{paper.get_kind_display()} – {coop_request.title}"
    letter_by_step(
        paper.kind,
        sender_id=sender_id,
        addressee_id=addressee_id,
        registers=registers,
        subject=subject,
        language=paper.prevailing_language or coop_request.language,
        number=paper.number,
        dated_on=paper.dated_on or ctx.acted_on,
        passed_on=ctx.acted_on,
        actor=ctx.actor,
        coop_request=coop_request,
        scan=paper.scan,
        is_example=coop_request.is_example,
    )
