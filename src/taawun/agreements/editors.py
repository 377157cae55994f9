"""The editing pages of instruments: draft, conflict and double submit come from `FormPage`."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.agreements import actions, drafting, queries
from taawun.agreements.arranging import arranged
from taawun.agreements.forms import NoteForm, RecordForm, SignatureRows
from taawun.agreements.models import Instrument
from taawun.agreements.text_editor import PaperTexts, composed_in_all
from taawun.cycle.models import LANGUAGES, CooperationRequest, Operation
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest

NOTE_PART = "note-verbale"


def note_page(request: SignedRequest, coop_request: CooperationRequest, context: dict[str, Any]) -> FormPage:
    """Write the note verbale; its first text is composed in the language asked for."""
    actor: Any = request.user
    note = queries.note_of(coop_request)
    language = note.prevailing_language if note else _language_asked(request, coop_request.language)
    held = {name: getattr(note, name) for name in (*actions.NOTE_FIELDS, "scan")} if note else None
    initial = held or {"prevailing_language": language, "text": drafting.note_text(coop_request, language)}
    return FormPage(
        case=coop_request,
        part=NOTE_PART,
        title=_("Note verbale"),
        version=note.version if note else 0,
        build=lambda data, files: Bundle(NoteForm(data, files, initial=initial, user=request.user)),
        save=lambda bundle, base: actions.write_note(
            coop_request, bundle.form.cleaned_data, actor=actor, base_version=base
        ),
        done=coop_request.get_absolute_url(),
        template="agreements/note_form.html",
        shut=coop_request.state != "adopted",
        extra={
            "crumbs": context["crumbs"],
            "text_language": language,
            "first_texts": [] if note else LANGUAGES,
            "paper_url": reverse("agreements:note-verbale-paper", args=[coop_request.pk]) if note else "",
        },
    )


def _language_asked(request: SignedRequest, default: str) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(LANGUAGES) else default


def record_page(request: SignedRequest, operation: Operation, context: dict[str, Any]) -> FormPage:
    """Write the Record of Discussions in its languages, and note who signed it."""
    return paper_page(
        request,
        operation,
        context,
        held=queries.record_of_discussions(operation),
        form=RecordForm,
        compose=drafting.record_clauses(operation),
        write=actions.write_record,
        part="record-of-discussions",
        title=_("Record of Discussions"),
        shut=operation.state != "appraised",
    )


def paper_page(
    request: SignedRequest,
    operation: Operation,
    context: dict[str, Any],
    *,
    held: Instrument | None,
    form: type[RecordForm],
    compose: drafting.Compose,
    write: Callable[..., Any],
    **page: Any,
) -> FormPage:
    """Write a paper that the parties sign: the clauses of each language (`compose` gives the first), and who signed.

    `page`: part, title and shut of the `FormPage`; `write` is the action that keeps it.
    """
    names = (*actions.RECORD_FIELDS, "scan")
    initial = (
        {name: getattr(held, name) for name in names} if held else {"prevailing_language": operation.language}
    )
    texts = PaperTexts(operation, held, composed_in_all(compose))

    def build(data: Any, files: Any) -> Bundle:
        versions, *lists = texts.rows(data)
        signed = SignatureRows(
            data,
            initial=_signatures(operation, held),
            prefix="signatures",
            form_kwargs={"case": operation},
        )
        return Bundle(
            form(data, files, initial=initial, user=request.user), [versions, signed, *lists], texts.dressed
        )

    def save(bundle: Bundle, base: int) -> None:
        values, (versions, signatures) = bundle.form.cleaned_data, bundle.rows[:2]
        prevailing = values["prevailing_language"] or operation.language
        kept = versions.kept(prevailing, texts.known)
        write(operation, values, kept, signatures.kept(), actor=request.user, base_version=base)

    return FormPage(
        case=operation,
        version=held.version if held else 0,
        build=build,
        save=save,
        done=reverse("agreements:agreements", args=[operation.pk]),
        template="agreements/record_form.html",
        arrange=lambda typed: arranged(typed, texts.composed),
        extra={"crumbs": context["crumbs"]},
        **page,
    )


def _signatures(operation: Operation, held: Instrument | None) -> list[dict[str, Any]]:
    """What is held, and a row for each signing party that has none yet."""
    rows = [
        {"party": s.party_id, "name": s.name, "title": s.title, "signed_on": s.signed_on}
        for s in (held.signatures.all() if held else ())
    ]
    named = {row["party"] for row in rows}
    return rows + [{"party": p.pk} for p in operation.party_rows if p.signs and p.pk not in named]
