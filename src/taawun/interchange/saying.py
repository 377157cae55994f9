"""What a load did, what differs and why something is held back: in words of the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from taawun.interchange.findings import SENTENCES, sentence
from taawun.interchange.iati.records import Finding
from taawun.interchange.linking import listed_code
from taawun.interchange.models import LoadEntry, LoadFinding, Verdict
from taawun.reference.names import code_name
from taawun.ui import words

HELD_BACK: dict[str, Any] = {
    "older": gettext_lazy("What is held was updated later than what this file says."),
    "another-publisher": gettext_lazy("The identifier is held from another publisher."),
    "number-too-large": gettext_lazy("An amount is larger than can be kept."),
    "identifier-too-long": gettext_lazy("The identifier is longer than any should be."),
}
FIELDS: dict[str, Any] = {
    "status": gettext_lazy("Status"),
    "planned_start": gettext_lazy("Planned start"),
    "actual_start": gettext_lazy("Actual start"),
    "planned_end": gettext_lazy("Planned end"),
    "actual_end": gettext_lazy("Actual end"),
}
PARTS: dict[str, Any] = {
    "parties": gettext_lazy("Number of organisations"),
    "amounts": gettext_lazy("Number of amounts"),
    "results": gettext_lazy("Number of results"),
    "indicators": gettext_lazy("Number of indicators"),
    "documents": gettext_lazy("Number of documents"),
    "relations": gettext_lazy("Number of related activities"),
    "places": gettext_lazy("Number of places"),
}
AMOUNTS = {"budget": "iati-budget-type", "transaction": "iati-transaction-type"}


@dataclass(frozen=True)
class Difference:
    """One field that differs: its name, what is held, what the file says."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        told = {"label": self.label, "before": self.before, "after": self.after}
        return _("%(label)s: %(after)s (before: %(before)s)") % told


def coded(list_slug: str, code: str) -> str:
    """The name of a raw code, where the list is held and knows it; else the code itself."""
    listed = listed_code(list_slug, code) if code else None
    return code_name(listed) if listed else code


def amount_label(kind: str, code: str) -> str:
    """What an amount of this kind and type is called: disbursement, original budget, planned disbursement."""
    if kind == "planned":
        return _("Planned disbursement")
    fallback = _("Budget") if kind == "budget" else _("Transaction")
    named = coded(AMOUNTS[kind], code)
    return named if named != code else words.labelled(fallback, code) if code else fallback


def differences(changes: Iterable[dict[str, Any]]) -> list[Difference]:
    """What differs, field by field; where none of these fields does, that something else is."""
    told = [Difference(_label(one), _text(one, "before"), _text(one, "after")) for one in changes]
    return told or [Difference(_("Something else of its text"), words.NOTHING, _("changed"))]


def _label(change: dict[str, Any]) -> str:
    name, key = change["field"], change["key"]
    if name == "title":
        return _("Title (%(language)s)") % {"language": key} if key else _("Title")
    if name == "parts":
        return str(PARTS[key])
    if name == "sum":
        kind, code, currency = key.split(":", 2)
        return _("Sum of %(amounts)s, %(currency)s") % {
            "amounts": amount_label(kind, code),
            "currency": currency or _("without currency"),
        }
    return str(FIELDS[name])


def _text(change: dict[str, Any], side: str) -> str:
    value, name = change[side], change["field"]
    if value is None:
        return words.NOTHING
    if name in ("sum", "parts"):
        return words.figure(Decimal(str(value)))
    if name == "status":
        return coded("iati-activity-status", value)
    if name == "title":
        return str(value)
    return words.written(date.fromisoformat(value), "d MMM y")


def why_held_back(entry_of_load: LoadEntry) -> str:
    """Why an activity is held back, as a sentence."""
    return str(HELD_BACK.get(entry_of_load.why, entry_of_load.why))


def finding_told(finding: LoadFinding) -> str:
    """A kept finding as a sentence; one that this release knows no more, by its slug."""
    return told_of(Finding(finding.slug, finding.line, finding.identifier, finding.values))


def told_of(finding: Finding) -> str:
    """Something found in a file as a sentence; what this release knows no more, by its slug."""
    return sentence(finding) if finding.slug in SENTENCES else finding.slug


def counted(counts: dict[str, int]) -> list[str]:
    """How many activities are new, changed, as they are held, held back; those of which there are none left out."""
    told = {
        Verdict.ADDED: lambda n: ngettext("%(count)s new", "%(count)s new", n),
        Verdict.CHANGED: lambda n: ngettext("%(count)s changed", "%(count)s changed", n),
        Verdict.UNCHANGED: lambda n: ngettext("%(count)s as it is held", "%(count)s as they are held", n),
        Verdict.HELD_BACK: lambda n: ngettext("%(count)s held back", "%(count)s held back", n),
    }
    numbers = [(say, counts.get(verdict, 0)) for verdict, say in told.items()]
    return [say(number) % {"count": words.figure(number)} for say, number in numbers if number]
