"""The texts of mails: a built-in one in each language, the fields they may name, and how they are filled.

An agency may write its own (the service `mail-texts`). A subject names no more than a number and an act: what stands
there is read over shoulders, on locked screens and by every mail server on the way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

FIELD = re.compile(r"\{([^{}]*)\}")
LONGEST_SUBJECT = 200
BREAKS = ("Cc", "Zl", "Zp")  # control characters, and what breaks a line

FIELDS: dict[str, Any] = {
    "act": gettext_lazy("What is to be done, or was done"),
    "code": gettext_lazy("Number of the request or operation"),
    "title": gettext_lazy("Title of the request or operation"),
    "number": gettext_lazy("How many things the digest lists"),
    "list": gettext_lazy("The things the digest lists, one a line"),
}


@dataclass(frozen=True)
class Kind:
    """A kind of mail: its name, and the fields its subject and its body may name."""

    label: Any
    subject_fields: tuple[str, ...]
    body_fields: tuple[str, ...]


KINDS: dict[str, Kind] = {
    "task": Kind(gettext_lazy("Something waits on you"), ("act", "code"), ("act", "code", "title")),
    "told": Kind(gettext_lazy("Notice to the other parties"), ("act", "code"), ("act", "code", "title")),
    "digest": Kind(gettext_lazy("Digest"), ("number",), ("number", "list")),
}


@dataclass(frozen=True)
class Text:
    """Subject and body of a kind of mail in one language, fields unfilled."""

    subject: str
    body: str

    def filled(self, values: Mapping[str, str]) -> "Text":
        """With the values in the place of their fields; a field inside a value stays as it is."""
        return Text(one_line(fill(self.subject, values))[:LONGEST_SUBJECT], fill(self.body, values))


def built_in(kind: str, language: str) -> Text:
    """The text that comes with the program."""
    with translation.override(language):
        told = {
            "task": (
                _("Taawun: something waits on you (%(code)s)"),
                _("%(act)s\n\n%(title)s\n\nSign in and open your desk to see what is needed.\n"),
            ),
            "told": (
                _("Taawun: notice (%(code)s)"),
                _("%(act)s\n\n%(title)s\n\nSign in and open the case to read why.\n"),
            ),
            "digest": (
                _("Taawun: your notices (%(number)s)"),
                _("This is still open:\n\n%(list)s\n\nSign in and open your notices to see the rest.\n"),
            ),
        }[kind]
    names = {name: f"{{{name}}}" for name in FIELDS}
    return Text(told[0] % names, told[1] % names)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of fields, in one pass: what a value says is never read as a field."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)


def one_line(text: str) -> str:
    """A subject is one line: nothing in it can begin another header of the mail."""
    return "".join(" " if category(c) in BREAKS else c for c in text).strip()


def problems(text: str, allowed: tuple[str, ...]) -> list[str]:
    """What is wrong with a text somebody wrote: fields that are not known, or not allowed here; a stray brace."""
    named = list(dict.fromkeys(FIELD.findall(text)))
    may = ", ".join(f"{{{name}}}" for name in allowed)
    told = [
        _("{%(field)s} may not stand here. Fields you can use here: %(fields)s.")
        % {"field": name, "fields": may}
        if name in FIELDS
        else _("There is no field {%(field)s}. Fields you can use here: %(fields)s.")
        % {"field": name, "fields": may}
        for name in named
        if name not in allowed
    ]
    if any(brace in FIELD.sub("", text) for brace in "{}"):
        told.append(_("A brace stands alone: a field is written like {%(field)s}.") % {"field": allowed[0]})
    return told
