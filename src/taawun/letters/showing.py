"""How letters are put before the reader: one of them, and those of a case."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from taawun.directory.naming import acting_name
from taawun.directory.queries import names_of
from taawun.foundation.audit import events_of, label_of
from taawun.foundation.ports import registry
from taawun.foundation.standing import Standing, standing
from taawun.letters import queries
from taawun.letters.models import Letter
from taawun.letters.rows import changes_shown
from taawun.letters.seats import Case
from taawun.letters.sources import source_of
from taawun.reference.names import code_name
from taawun.ui import words


def case_page(case: Case, user: Any) -> dict[str, Any]:
    """The letters of a case this person may read, and whether they may enter another."""
    who = standing(user)
    return {
        "letters": [line(letter, who.organisations) for letter in queries.letters_of(case, user)[:500]],
        "enter": reverse(f"letters:{case.kind}-new", args=[case.pk]) if who.holding(*queries.WRITERS) else "",
    }


def line(letter: Letter, mine: frozenset[int]) -> dict[str, Any]:
    """A letter as a line of a case's page; one in another's register says so."""
    source = source_of(letter)
    return {
        "letter": letter,
        "mine": letter.organisation_id in mine,
        "paper": source.url(letter) if source else "",
        "paper_label": source.label if source else "",
    }


def letter_page(letter: Letter, user: Any) -> dict[str, Any]:
    """One letter: its facts, what it answers, what answers it, its history, and what the reader may do."""
    who, case = standing(user), queries.case_shown(letter)
    keeps = queries.may_write(letter, who) and not (letter.struck_on or letter.made_by)
    return {
        "letter": letter,
        "code": letter.code,
        "kind_label": letter.get_direction_display(),
        "title": letter.subject,
        "language": letter.text_language,
        "is_example": letter.is_example,
        "facts": _facts(letter, case),
        "answered": queries.answered_letter(letter, user),
        "answers": queries.answers_to(letter, user),
        "history": history(letter, user),
        "source": line(letter, who.organisations),
        "may_correct": keeps,
        "may_take_in": queries.takers_of(letter, who),
        "answer_url": _answer_url(letter, case, who),
        "crumbs": [(reverse("letters:letters"), _("Letters")), ("", letter.code)],
    }


def _answer_url(letter: Letter, case: Case | None, who: Standing) -> str:
    """Where the reader enters the answer: on the same case, or in the same register."""
    if letter.struck_on or not who.holding(*queries.WRITERS):
        return ""
    if case:
        address = reverse(f"letters:{case.kind}-new", args=[case.pk])
    elif letter.organisation_id in who.holding(*queries.WRITERS):
        address = reverse("letters:new", args=[letter.organisation_id])
    else:
        return ""
    return f"{address}?answers={letter.pk}"


def _facts(letter: Letter, case: Case | None) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Register of"), "value": letter.organisation.name},
        {"label": _("From"), "value": letter.sender},
        {"label": pgettext("addressee", "To"), "value": letter.addressee},
        {"label": _("Letter number"), "value": letter.number or words.NOTHING},
        {"label": _("Date of the letter"), "value": words.written(letter.dated_on, "d MMM y")},
        {"label": _("Received or sent on"), "value": words.written(letter.passed_on, "d MMM y")},
    ]
    if letter.language_id:
        facts.append({"label": _("Language of the letter"), "value": code_name(letter.language_id)})
    if case:
        told = case.case_code() or case.case_title()
        facts.append({"label": _("Case"), "value": told, "link": case.get_absolute_url()})
    return facts


def history(letter: Letter, user: Any) -> list[dict[str, Any]]:
    """What was done with the entry, newest first: by whom, what a correction changed, why it was struck out."""
    events = list(events_of(letter, standing(user)))  # type: ignore[arg-type]  # a kind without states
    names = registry.services["names-of-users"]({event.actor_id for event in events})
    houses = names_of({event.organisation_id for event in events})
    return [
        {
            "when": event.recorded_at,
            "title": label_of(letter.kind, event.step),
            "who": who_acted(event, names, houses),
            "reason": event.detail.data.get("reason", ""),
            "changes": changes_shown(event.detail.data.get("changed", {})),
        }
        for event in events
    ]


def who_acted(event: Any, names: dict[int, str], houses: dict[int, str]) -> str:
    """Who did it, for which organisation, and on whose behalf: a deputy's holder, a party on paper."""
    deputy_of = event.detail.data.get("by_delegation", {}).get("names")
    told = [
        acting_name(names.get(event.actor_id or 0, ""), deputy_of),
        houses.get(event.organisation_id or 0, ""),
    ]
    if event.on_behalf_of_id:
        told.append(_("on behalf of %(party)s") % {"party": houses.get(event.on_behalf_of_id, "")})
    return words.listed(filter(None, told))
