"""What a letter's entry says, in words: beside another's version, and in its history."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.letters.models import Direction
from taawun.reference.names import code_name
from taawun.ui import words

LABELS: dict[str, Any] = {
    "direction": _("In or out"),
    "number": _("Number given by the writer"),
    "dated_on": _("Date of the letter"),
    "passed_on": _("Received or sent on"),
    "correspondent": _("From or to"),
    "correspondent_name": _("From or to: name"),
    "subject": _("Subject"),
    "language_id": _("Language of the letter"),
    "answers": _("Answers the letter"),
    "operation": _("Operation"),
    "coop_request": _("Cooperation request"),
    "scan": _("Scan"),
}
DAYS = ("dated_on", "passed_on")


def shown(name: str, value: Any) -> str:
    """One fact as people read it, whether it comes from a form, from the entry or from the record."""
    if value in (None, ""):
        return words.NOTHING
    if name == "direction":
        return str(Direction(value).label)
    if name == "language_id":
        return code_name(value)
    if name in DAYS:
        return words.written(date.fromisoformat(str(value)), "d MMM y")
    return str(value)


def facts_shown(facts: dict[str, Any]) -> dict[Any, str]:
    """The facts of an entry by their names in the reader's language."""
    return {LABELS[name]: shown(name, value) for name, value in facts.items()}


def changes_shown(changed: dict[str, Any]) -> list[dict[str, Any]]:
    """What a correction changed: before and after, by the names of the facts."""
    return [
        {"label": label, "before": shown(name, changed[name][0]), "after": shown(name, changed[name][1])}
        for name, label in LABELS.items()
        if name in changed
    ]
