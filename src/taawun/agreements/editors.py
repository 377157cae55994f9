"""The editing pages of instruments: draft, conflict and double submit come from `FormPage`."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.agreements import actions, drafting, queries
from taawun.agreements.composing import whole_text
from taawun.agreements.forms import (
    AUTHENTIC,
    NOT_USED,
    TRANSLATION,
    NoteForm,
    RecordForm,
    SignatureRows,
    VersionRows,
)
from taawun.agreements.models import Instrument
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
    clauses = drafting.record_clauses(operation)
    return paper_page(
        request,
        operation,
        context,
        held=queries.record_of_discussions(operation),
        form=RecordForm,
        compose=lambda language: whole_text(clauses(language)),
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
    compose: Callable[[str], str],
    write: Callable[..., Any],
    **page: Any,
) -> FormPage:
    """Write a paper that the parties sign: a text in each of its languages (`compose` gives the first), and who signed.

    `page`: part, title and shut of the `FormPage`; `write` is the action that keeps it.
    """
    names = (*actions.RECORD_FIELDS, "scan")
    initial = (
        {name: getattr(held, name) for name in names} if held else {"prevailing_language": operation.language}
    )
    build_rows = paper_rows(operation, held, {language: compose(language) for language in dict(LANGUAGES)})

    def build(data: Any, files: Any) -> Bundle:
        return Bundle(form(data, files, initial=initial, user=request.user), build_rows(data))

    def save(bundle: Bundle, base: int) -> None:
        texts, (versions, signatures) = bundle.form.cleaned_data, (rows.kept() for rows in bundle.rows)
        write(operation, texts, versions, signatures, actor=request.user, base_version=base)

    return FormPage(
        case=operation,
        version=held.version if held else 0,
        build=build,
        save=save,
        done=reverse("agreements:agreements", args=[operation.pk]),
        template="agreements/record_form.html",
        extra={"crumbs": context["crumbs"]},
        **page,
    )


def paper_rows(
    operation: Operation, held: Instrument | None, composed: dict[str, str]
) -> Callable[[Any], list[Any]]:
    """Language versions and signatories of a signed paper, as rows of its form."""
    versions, signatures = _versions(operation, held, composed), _signatures(operation, held)
    known = {row["language"]: [row["text"], composed[row["language"]]] for row in versions}

    def build(data: Any) -> list[Any]:
        texts = VersionRows(data, initial=versions, prefix="versions", form_kwargs={"known": known})
        signed = SignatureRows(data, initial=signatures, prefix="signatures", form_kwargs={"case": operation})
        return [texts, signed]

    return build


def _versions(
    operation: Operation, held: Instrument | None, composed: dict[str, str]
) -> list[dict[str, Any]]:
    """A row for each language, the operation's own first: what is held, else the text composed."""
    texts = {version.language: version for version in held.versions.all()} if held else {}
    first = "" if texts else operation.language
    languages = sorted(composed, key=lambda language: language != operation.language)
    return [_version(language, texts.get(language), composed[language], first) for language in languages]


def _version(language: str, version: Any, composed: str, first: str) -> dict[str, Any]:
    if version:
        use = AUTHENTIC if version.authentic else TRANSLATION
        return {"language": language, "use": use, "text": version.text}
    return {"language": language, "use": AUTHENTIC if language == first else NOT_USED, "text": composed}


def _signatures(operation: Operation, held: Instrument | None) -> list[dict[str, Any]]:
    """What is held, and a row for each signing party that has none yet."""
    rows = [
        {"party": s.party_id, "name": s.name, "title": s.title, "signed_on": s.signed_on}
        for s in (held.signatures.all() if held else ())
    ]
    named = {row["party"] for row in rows}
    return rows + [{"party": p.pk} for p in operation.party_rows if p.signs and p.pk not in named]
