"""An agency's own Word template as its administrator meets it: the fields on offer, what is wrong, an example."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from taawun.papers import filling
from taawun.papers.shapes import SHAPES
from taawun.ui import words

LABELS = {
    "number": gettext_lazy("Number"),
    "title": gettext_lazy("Title"),
    "date": gettext_lazy("Date"),
    "place": gettext_lazy("Place"),
    "text": gettext_lazy("Text"),
    "letterhead": gettext_lazy("Lines of the letterhead"),
    "letterhead.line": pgettext_lazy("letterhead", "Line"),
    "parties": gettext_lazy("Who writes to whom, and about what"),
    "parties.label": gettext_lazy("What they are"),
    "parties.name": gettext_lazy("Name"),
    "parties.detail": gettext_lazy("Further line"),
    "signatories": gettext_lazy("Signatories"),
    "signatories.side": gettext_lazy("Party"),
    "signatories.name": gettext_lazy("Name"),
    "signatories.office": gettext_lazy("Office of the signatory"),
    "signatories.date": gettext_lazy("Date"),
    "signatories.place": gettext_lazy("Place"),
    "document_number": gettext_lazy("Number of the document made"),
    "check_address": gettext_lazy("Address where anybody can check the document"),
    "example": gettext_lazy("Says that it is an example; empty otherwise"),
    "operation_title": gettext_lazy("Title of the operation"),
    "operation_number": gettext_lazy("Number of the operation"),
    "request_title": gettext_lazy("Title of the request"),
    "request_number": gettext_lazy("Number of the request"),
    "round": gettext_lazy("Round"),
    "requests": gettext_lazy("Requests, in order of priority"),
    "requests.rank": gettext_lazy("Rank"),
    "requests.number": gettext_lazy("Number"),
    "requests.title": gettext_lazy("Title"),
    "requests.organisation": gettext_lazy("Requesting organisation"),
    "provider": pgettext_lazy("party", "Provider"),
    "expert": gettext_lazy("Expert"),
    "employer": gettext_lazy("Organisation of the expert"),
    "function": gettext_lazy("Function"),
    "field": gettext_lazy("Field"),
    "period": gettext_lazy("Period"),
    "site": gettext_lazy("Site"),
    "clauses": gettext_lazy("Clauses, in order"),
    "clauses.number": gettext_lazy("Number"),
    "clauses.title": gettext_lazy("Title"),
    "clauses.text": gettext_lazy("Text"),
    "amounts": gettext_lazy("Amounts, with their currency"),
    "amounts.title": gettext_lazy("What it is for"),
    "amounts.amount": gettext_lazy("Amount"),
    "prevailing_language": gettext_lazy("Prevailing language"),
}
TOLD = {
    "unknown": gettext_lazy("The field “%(told)s” is not known. Use the fields listed on this page."),
    "list": gettext_lazy("“%(told)s” is a list: show its rows in a loop."),
    "row": gettext_lazy("“%(told)s” is a row of a list: show one of its fields."),
    "no-list": gettext_lazy(
        "“%(told)s” is no list of this paper: a loop goes over one of the lists on this page."
    ),
    "nested": gettext_lazy("A loop stands inside another: only one after the other can be used."),
    "taken": gettext_lazy("“%(told)s” is a field already: give the rows of the loop another name."),
    "other": gettext_lazy(
        "“%(told)s” cannot be used in a template: only fields, loops over a list, and conditions."
    ),
    "syntax": gettext_lazy("A mark of the template is not whole or not known: %(told)s"),
    "long": gettext_lazy("The template has more marks, or deeper ones, than can be read."),
}


def offered(paper: str) -> list[dict[str, Any]]:
    """The fields of a paper with what each is: as they are written in Word; of a list its rows too."""
    rows = []
    for name, columns in SHAPES[paper].items():
        row = _row_name(name)
        inner = [
            {"mark": f"{{{{ {row}.{key} }}}}", "label": LABELS[f"{name}.{key}"]} for key in columns or ()
        ]
        loop = (f"{{%p for {row} in {name} %}}", "{%p endfor %}") if columns else ()
        rows.append({"mark": f"{{{{ {name} }}}}", "label": LABELS[name], "loop": loop, "rows": inner})
    return rows


def _row_name(name: str) -> str:
    """What one row of a list is called in the loop offered: any name would do, this one can be read."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") else "one"


def check_fields(data: bytes, paper: str) -> None:
    """Refuse (`ValidationError`) a Word file that asks for what the paper has not, each thing by its name."""
    found = filling.template_problems(data, SHAPES[paper])
    if found:
        sentences = [TOLD[one.code] % {"told": words.apart(one.told)} for one in found[:20]]
        raise ValidationError([ValidationError(text, code="template") for text in sentences])


def example_fields(paper: str, language: str) -> dict[str, Any]:
    """An invented paper: each field reads as what stands there, between brackets; a list has two rows."""
    with translation.override(language):
        found: dict[str, Any] = {}
        for name, columns in SHAPES[paper].items():
            if columns is None:
                found[name] = f"[{LABELS[name]}]"
            else:
                found[name] = [{key: f"[{LABELS[f'{name}.{key}']} {n}]" for key in columns} for n in (1, 2)]
        return found | {"example": _("Example: not an official paper")}
