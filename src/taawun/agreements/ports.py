"""What agreements supplies: what the notes and the Record require and bring about, the tab, the gate of scans."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements import (  # noqa: F401 (two name what they supply
    actions,
    clause_texts,
    expiring,
    filed,
    forms,
    many,
    queries,
    texts,
)
from taawun.agreements.models import Clause, Instrument
from taawun.agreements.signing import missing_signatures
from taawun.cycle.models import CooperationRequest, Operation
from taawun.directory.models import Organisation
from taawun.directory.references import stays
from taawun.directory.roles import Role
from taawun.foundation import ports
from taawun.foundation.ports import Obstacle, TaskSpec
from taawun.foundation.readable import searchable
from taawun.foundation.standing import Standing
from taawun.governance import sections
from taawun.governance.queries import agencies_read_by
from taawun.ui import nav

nav.register(25, "agreements:register", gettext_lazy("Agreements"), "/agreements/")
ports.panel(
    "operation",
    "agreements",
    label=gettext_lazy("Agreements"),
    url_name="agreements:agreements",
    order=40,
    workflow="operation",
)
ports.act(
    "request",
    "note-verbale-written",
    label=gettext_lazy("Write the note verbale"),
    done=gettext_lazy("Note verbale written"),
    url=lambda pk, ref: reverse("agreements:note-verbale", args=[pk]),
)
ports.act(
    "operation",
    "record-of-discussions-edited",
    label=gettext_lazy("Write the Record of Discussions"),
    done=gettext_lazy("Record of Discussions edited"),
    url=lambda pk, ref: reverse("agreements:record-of-discussions", args=[pk]),
)
ports.file_gate(actions.GATE)(queries.may_see)
ports.file_gate("note-verbale", many=queries.notes_read)(queries.may_read_note)
ports.gate_of_all(actions.GATE, filed.on_instruments_read, of="agreement", files=True)
ports.file_page(actions.GATE)(filed.page_of_instrument)
ports.file_page("operation")(filed.page_of_round)
ports.gate_of_all("note-verbale", filed.on_notes_read, of="request", documents=True)
ports.effect("send-note-verbale")(actions.send_note)
ports.effect("record-reply")(actions.record_reply)
ports.no_undo("send-note-verbale", "record-reply")  # papers that left or came in
ports.step_form("note-verbale-reply")(forms.ReplyForm)


def _note_is_out(coop_request: CooperationRequest, who: Standing) -> bool:
    return coop_request.state in ("notified", "confirmed")


ports.panel(
    "request",
    "note-verbale",
    label=gettext_lazy("Note verbale"),
    url_name="agreements:note-verbale-paper",
    order=40,
    shown=_note_is_out,
)


@ports.requirement(
    "note-verbale-ready", label=gettext_lazy("The note verbale is written"), right="note-verbale"
)
def note_verbale_ready(coop_request: CooperationRequest) -> Iterable[Obstacle]:
    """Number, date and text."""
    note = queries.note_of(coop_request)
    missing = (
        [_("The note verbale is not written yet")]
        if note is None
        else [
            text
            for value, text in (
                (note.number, _("The note verbale has no number")),
                (note.dated_on, _("The note verbale has no date")),
                (note.text, _("The note verbale has no text")),
            )
            if not value
        ]
    )
    link = reverse("agreements:note-verbale", args=[coop_request.pk])
    for text in missing:
        yield Obstacle(text, link, _("Write the note verbale"), _("Country office"))


@ports.requirement(
    "record-of-discussions-ready",
    label=gettext_lazy("The Record of Discussions is signed and recorded"),
    right="record-of-discussions",
)
def record_of_discussions_ready(operation: Operation) -> Iterable[Obstacle]:
    """Authentic text, prevailing language, signatories of each signing party, place, date, scan."""
    held = queries.record_of_discussions(operation)
    link = reverse("agreements:record-of-discussions", args=[operation.pk])
    missing = (
        _missing_of_record(operation, held) if held else [_("The Record of Discussions is not written yet")]
    )
    for text in missing:
        yield Obstacle(text, link, _("Complete the Record of Discussions"), _("Country office"))


def _missing_of_record(operation: Operation, held: Instrument) -> Iterable[str]:
    authentic = [version.language for version in held.versions.all() if version.authentic]
    if not authentic:
        yield _("No language version of the Record of Discussions is marked authentic")
    elif held.prevailing_language not in authentic:
        yield _("The prevailing language of the Record of Discussions is not one of its authentic versions")
    yield from missing_signatures(operation, held)
    facts: list[tuple[Any, str]] = [
        (held.place, _("The place of signature is missing")),
        (held.dated_on, _("The date of the Record of Discussions is missing")),
        (held.scan_id, _("The signed scan of the Record of Discussions is missing")),
    ]
    yield from (text for value, text in facts if not value)


# ── Amendments ──

ports.act(
    "operation",
    "amendment-written",
    label=gettext_lazy("Write an amendment"),
    done=gettext_lazy("Amendment written"),
    url=lambda pk, ref: reverse("agreements:amendment", args=[pk]),
)
ports.act(
    "operation",
    "amendment-text",
    label=gettext_lazy("Write the text of the amendment"),
    done=gettext_lazy("Text of the amendment edited"),
)
ports.act(
    "operation",
    "amendment-signed",
    label=gettext_lazy("Record the signature of the amendment"),
    done=gettext_lazy("Amendment signed"),
    url=lambda pk, ref: reverse("agreements:amendment-sign", args=[pk]),
)
ports.act(
    "operation",
    "amendment-withdrawn",
    label=gettext_lazy("Withdraw the amendment"),
    done=gettext_lazy("Amendment withdrawn before its signature"),
)
ports.service("amended-substance")(queries.amended_substance)
ports.service("amendment-address")(lambda operation: reverse("agreements:amendment", args=[operation.pk]))


@ports.task_source("operation")
def amendment_tasks(case: Operation) -> Iterable[TaskSpec]:
    """An amendment that is being written waits on the country office, which records its signature."""
    if case.state in queries.AMENDED and (number := queries.open_number(case)):
        yield TaskSpec(
            "amendment-signed",
            organisation_id=case.country_office_id,
            role=Role.COUNTRY_OFFICE,
            ref=number,
        )


# ── Negotiation ──

ports.act(
    "operation",
    "text-sent-out",
    label=gettext_lazy("Send a text out as Word"),
    done=gettext_lazy("Text sent out as Word"),
)
ports.act(
    "operation",
    "text-came-back",
    label=gettext_lazy("Enter the text that came back"),
    done=gettext_lazy("Text came back"),
    url=lambda pk, ref: reverse("agreements:round", args=[pk, ref]),
)
ports.act(
    "operation",
    "text-decided",
    label=gettext_lazy("Decide of the changes of a text"),
    done=gettext_lazy("Changes of a text decided"),
    url=lambda pk, ref: reverse("agreements:round", args=[pk, ref]),
)
ports.act(
    "operation",
    "text-withdrawn",
    label=gettext_lazy("Withdraw the text"),
    done=gettext_lazy("Text withdrawn"),
)


@ports.task_source("operation")
def negotiation_tasks(case: Operation) -> Iterable[TaskSpec]:
    """A text that is out waits on the party that has it; one that came back, on the office that wrote it."""
    if not queries.is_writing(case):
        return
    for one in queries.rounds_waiting(case):
        if one.state == "back":
            yield TaskSpec(
                "text-decided",
                organisation_id=case.country_office_id,
                role=Role.COUNTRY_OFFICE,
                ref=one.number,
            )
        elif one.party.organisation_id != case.provider_id:
            yield TaskSpec(
                "text-came-back",
                organisation_id=one.party.acts_through_id,
                role=one.party.acts_as,
                ref=one.number,
            )


# ── Clauses ──

ports.kind(
    slug="clause",
    label=gettext_lazy("Clause of an agency"),
    model=Clause,
    visible_to=queries.clauses_read_by,
    url_name="agreements:clause-version",
)
# What is half written of an agency's clauses: the way back leads to all of them.
ports.kind(
    slug="clauses",
    label=gettext_lazy("Clauses of an agency"),
    model=Organisation,
    visible_to=agencies_read_by,
    url_name="agreements:clauses",
)
searchable(
    "clause",
    label=gettext_lazy("Clause of an agency"),
    model=Clause,
    visible_to=queries.clauses_read_by,
    about={"clause": clause_texts.versions_beside},
)(clause_texts.of_clauses)
ports.act("clause", "clause-made", label=gettext_lazy("Change a clause"), done=gettext_lazy("Clause changed"))
sections.register("agreements:clauses", gettext_lazy("Clauses of its papers"))
stays("agreements.Clause", "provider", "made_by")
stays("agreements.Instrument", "on_behalf_of", "recorded_by")
stays("agreements.NegotiationRound", "sent_by", "returned_by", "closed_by")
stays("agreements.Signature", "organisation")

searchable(
    "agreement",
    label=gettext_lazy("Agreement"),
    model=Instrument,
    visible_to=texts.instruments_found_by,
    by_cases=True,
    one_by_one=True,
    about={"request": "coop_request_id", "operation": "operation_id"},
)(texts.of_instruments)
