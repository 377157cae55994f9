"""The fields a clause may name: `%(party)s` stands for what the case says, in the language of the clause."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements.models import InstrumentKind

FIELD = re.compile(r"%\(([a-z_]+)\)s")
PARTY = "party"  # a clause that names it is written once for each party that signs

_CASE: dict[str, Any] = {
    "title": gettext_lazy("Title of the cooperation"),
    "number": gettext_lazy("Number of the case"),
    "provider": gettext_lazy("Name of the provider"),
    "country": gettext_lazy("Name of the partner country"),
}
_SIGNED: dict[str, Any] = {
    "parties": gettext_lazy("The parties that sign, one a line"),
    PARTY: gettext_lazy("Name of a party: the clause is written once for each that signs"),
}
FIELDS: dict[str, dict[str, Any]] = {
    InstrumentKind.RECORD_OF_DISCUSSIONS: _CASE
    | _SIGNED
    | {
        "place": gettext_lazy("Country and site"),
        "period": gettext_lazy("Period of the cooperation"),
        "goal": gettext_lazy("Overall goal"),
        "purpose": gettext_lazy("Project purpose"),
        "outputs": gettext_lazy("Outputs, one a line"),
        "inputs": gettext_lazy("Inputs by party, one a line"),
    },
    InstrumentKind.AMENDMENT: _CASE
    | _SIGNED
    | {
        "day": gettext_lazy("Date of the Record of Discussions"),
        "reason": gettext_lazy("Reason for the amendment"),
    },
    InstrumentKind.NOTE_VERBALE: _CASE
    | {
        "office": gettext_lazy("Name of the office that writes"),
        "body": gettext_lazy("Name of the body it writes to"),
        "requesting": gettext_lazy("Name of the requesting organisation"),
        "purpose": gettext_lazy("Project purpose"),
        "period": gettext_lazy("Period of the cooperation"),
        "site": gettext_lazy("Site of the cooperation"),
    },
}


def named(text: str) -> list[str]:
    """The fields a text names, each once, in their order."""
    return list(dict.fromkeys(FIELD.findall(text)))


def read_out(text: str, instrument: str) -> str:
    """The text for a reader: each field it names as what stands there, between brackets, in the reader's language."""
    known = FIELDS.get(instrument, {}) | {PARTY: _("Name of a party")}
    return FIELD.sub(lambda field: f"[{known[field[1]]}]" if field[1] in known else field[0], text)


def field_problems(instrument: str, *texts: str) -> list[str]:
    """What is wrong with the fields these texts name: one that is unknown, one that is not written as a field is."""
    known = FIELDS[instrument]
    unknown = [name for text in texts for name in named(text) if name not in known]
    problems = [
        _("“%(field)s” is no field of this paper. There are: %(known)s.")
        % {"field": f"%({name})s", "known": ", ".join(f"%({one})s" for one in known)}
        for name in dict.fromkeys(unknown)
    ]
    if any("%(" in FIELD.sub("", text) for text in texts):
        problems.append(
            _("A field is written %(example)s: look at the places with “%%(”.") % {"example": "%(title)s"}
        )
    return problems


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled. A line that names a field for which the case says nothing is left out."""
    return "\n".join(_lines(text, values)).strip("\n")


def _lines(text: str, values: Mapping[str, str]) -> Iterable[str]:
    for line in text.split("\n"):
        if all(values.get(name) for name in FIELD.findall(line)):
            yield FIELD.sub(lambda field: values[field[1]], line)
