"""The pages of an agency's clauses: the list, one clause with its history, its form, a preview of a whole paper."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext as _

from taawun.agreements import clausebook
from taawun.agreements.actions.clauses import Place, save_clause, told
from taawun.agreements.clause_forms import ClauseForm
from taawun.agreements.clausebook import Held
from taawun.agreements.composing import Facts, composed, standing_in
from taawun.agreements.fields import FIELDS, PARTY, read_out
from taawun.agreements.models import COMPOSED, Clause, Standing
from taawun.cycle.models import LANGUAGES
from taawun.directory.models import Organisation
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest
from taawun.governance import queries as governance
from taawun.kernel.wording import Piece, Span, word_by_word
from taawun.reference.names import Listing, code_name, known
from taawun.ui import words


@dataclass(frozen=True)
class BookFile:
    """An agency's clauses as what a draft is kept of."""

    agency: Organisation
    kind: str = "clauses"
    is_example: bool = False

    @property
    def pk(self) -> int:
        """The agency's own."""
        return self.agency.pk

    def case_code(self) -> str:
        """No number."""
        return ""

    def case_title(self) -> str:
        """Whose clauses."""
        return _("Clauses of %(provider)s") % {"provider": self.agency.name}

    def case_language(self) -> str:
        """The title is in the reader's language."""
        return get_language() or "en"


def place_asked(instrument: str, key: str, modality: str) -> Place:
    """Which clause an address names; a 404 where there can be none."""
    if instrument not in COMPOSED or (
        modality and modality not in known().get("modality", Listing()).entries
    ):
        raise Http404
    return Place(instrument, key, modality or None)


def listed(agency: Organisation, user: Any) -> dict[str, Any]:
    """Every clause of every paper, with the languages it lacks: one SQL statement beside the gate."""
    books = clausebook.books(agency.pk, COMPOSED)
    return {
        "papers": [
            {
                "slug": kind.value,
                "name": kind.label,
                "rows": [_row(agency, one) for one in books[kind]],
            }
            for kind in COMPOSED
        ],
        "may_change": governance.may_change(user, agency),
    }


def _row(agency: Organisation, one: Held) -> dict[str, Any]:
    return {
        "it": one,
        "title": one.title_in(get_language() or "en"),
        "address": address_of(agency, one),
        "standing": Standing(one.standing).label,
        "left_out": one.standing == Standing.LEFT_OUT,
    }


def address_of(agency: Organisation, one: Held | Place, page: str = "clause") -> str:
    """The page of a clause."""
    address = reverse(f"agreements:{page}", args=[agency.pk, one.instrument, one.key])
    return f"{address}?modality={one.modality_id}" if one.modality_id else address


def held_at(agency: Organisation, place: Place) -> tuple[Held, list[Clause], Held | None]:
    """A clause as it holds, its versions, the one above it; a 404 where there is none of this key."""
    general = clausebook.versions_of(agency.pk, place.instrument, place.key, None)
    above = clausebook.held_of(place.instrument, place.key, None, general[0] if general else None)
    if not place.modality_id:
        held, versions = above, general
    else:
        versions = clausebook.versions_of(agency.pk, place.instrument, place.key, place.modality_id)
        own = versions[0] if versions else None
        held = clausebook.held_of(place.instrument, place.key, place.modality_id, own, above)
    if not held.texts and not versions and not general:
        raise Http404
    return held, versions, above if place.modality_id else None


def one_clause(agency: Organisation, place: Place, user: Any) -> dict[str, Any]:
    """A clause by language, as it is written and as it reads on an example, with its history."""
    held, versions, above = held_at(agency, place)
    return {
        "held": held,
        "title": held.title_in(get_language() or "en"),
        "instrument": dict(Clause._meta.get_field("instrument").flatchoices)[place.instrument],
        "standing": Standing(held.standing).label,
        "columns": [_column(agency, held, code, name) for code, name in LANGUAGES],
        "history": _history(versions, above),
        "edit": address_of(agency, place, "clause-edit"),
        "modalities": [] if place.modality_id else _modalities(),
        "may_change": governance.may_change(user, agency),
    }


def _modalities() -> list[tuple[str, str]]:
    from_list = known().get("modality", Listing()).entries
    return [(code, code_name(code)) for code in from_list]


def _column(agency: Organisation, held: Held, code: str, name: Any) -> dict[str, Any]:
    shown = composed([held], lambda language: example_facts(agency, held.instrument, language), code, "en")
    return {
        "language": code,
        "name": name,
        "title": _in_words(held.titles.get(code, ""), held.instrument, code),
        "text": _in_words(held.texts.get(code, ""), held.instrument, code),
        "stands_in": dict(LANGUAGES)[standing_in(held.texts, code, "en")] if held.texts else "",
        "example": [(clause.title, clause.text) for clause in shown],
    }


def _in_words(text: str, instrument: str, language: str) -> str:
    """A title or a text with its fields as what stands there, in its own language."""
    with translation.override(language):
        return read_out(text, instrument)


def _history(versions: list[Clause], above: Held | None) -> list[dict[str, Any]]:
    """The versions, the newest first, each with what it changed in every language."""
    rows = []
    for n, version in enumerate(versions):
        earlier = versions[n + 1] if n + 1 < len(versions) else None
        rows.append(
            {
                "it": version,
                "standing": version.get_standing_display(),
                "changes": _changes(version, earlier, above),
            }
        )
    return rows


def _changes(
    version: Clause, earlier: Clause | None, above: Held | None
) -> list[tuple[str, Any, list[Span]]]:
    """By language, word by word, where the text differs from the version before (from the usual one: the first)."""
    before, after = (
        clausebook.held_of(version.instrument, version.key, version.modality_id, one, above)
        for one in (earlier, version)
    )
    found = []
    for code, name in LANGUAGES:
        texts = [
            "\n".join(filter(None, (one.titles.get(code), one.texts.get(code)))) for one in (before, after)
        ]
        spans = word_by_word(*texts)
        if any(span.piece != Piece.SAME for span in spans):
            found.append((code, name, spans))
    return found


def clause_page(
    request: SignedRequest, agency: Organisation, place: Place, context: dict[str, Any]
) -> FormPage:
    """Change a clause, or add one: every language beside the others."""
    actor: Any = request.user
    held = held_at(agency, place)[0] if place.key else Held(place.instrument, "", None, 5, Standing.OWN)
    own = held.standing if held.own or not place.key else Standing.OWN.value
    initial = told({"standing": own, "position": held.position, "titles": held.titles, "texts": held.texts})

    def save(bundle: Bundle, base: int) -> Clause:
        modality = bundle.form.cleaned_data.get("modality") or place.modality_id
        return save_clause(
            agency,
            Place(place.instrument, place.key, modality),
            bundle.form.values(),
            actor=actor,
            reason=bundle.form.cleaned_data["reason"],
            base_version=base,
        )

    part = "-".join(filter(None, [place.instrument, place.key or "new", place.modality_id]))
    return FormPage(
        case=BookFile(agency),
        part=part[:60],
        title=held.title_in(get_language() or "en") if place.key else _("New clause"),
        version=held.version,
        build=lambda data, files: Bundle(ClauseForm(data, initial=initial, place=place)),
        save=save,
        done=reverse("agreements:clauses", args=[agency.pk]),
        template="agreements/clause_form.html",
        extra=context | {"known": FIELDS[place.instrument], "save_label": _("Make this version")},
    )


def preview(agency: Organisation, instrument: str, language: str, modality: str) -> dict[str, Any]:
    """A whole paper on an example, in one language: one SQL statement beside the gate."""
    place = place_asked(instrument, "", modality)
    language = language if language in dict(LANGUAGES) else get_language() or "en"
    held = clausebook.book(agency.pk, instrument, place.modality_id)
    return {
        "clauses": composed(held, lambda code: example_facts(agency, instrument, code), language, "en"),
        "language": language,
        "tongues": [(code, words.own_name(code)) for code, _name in LANGUAGES],
        "instrument": dict(Clause._meta.get_field("instrument").flatchoices)[instrument],
        "modality": modality,
        "modalities": _modalities(),
    }


def example_facts(agency: Organisation, instrument: str, language: str) -> Facts:
    """An invented case: each field reads as what stands there, between brackets; the agency's name is its own."""
    with translation.override(language):
        values = {name: f"[{label}]" for name, label in FIELDS[instrument].items() if name != PARTY}
        partner = _("[Partner organisation]")
        values |= {"provider": agency.name}
        if "parties" in values:
            values["parties"] = f"– {partner}\n– {agency.name}"
        return Facts(values, [partner, agency.name])
