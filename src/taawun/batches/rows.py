"""The rows of a batch as people read them: the verdict, each cell with what stood there, and every reason in words."""

from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.batches.definitions import Definition, Field, FieldKind, Scope
from taawun.batches.models import Batch, BatchRow, Verdict
from taawun.batches.queries import rows_of
from taawun.batches.reasons import tell
from taawun.ui import words
from taawun.ui.lists import Column, Filter, ListPage
from taawun.ui.templatetags.ui import state

TONES = {
    Verdict.ADDED: ("ok", "ok"),
    Verdict.CHANGED: ("wait", "go"),
    Verdict.UNCHANGED: ("", "dot"),
    Verdict.CONFLICTING: ("late", "late"),
    Verdict.REFUSED: ("late", "no"),
}


def verdict_mark(verdict: str) -> SafeString:
    """A verdict by word and icon."""
    tone, symbol = TONES[Verdict(verdict)]
    return state(Verdict(verdict).label, tone, symbol)


class Labels:
    """What the choices of a sheet are called, each column read once for a whole page."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.held = scope, dict[str, dict[str, str]]()

    def of(self, each: Field, value: str | None) -> str:
        """A stored value as people read it."""
        if value is None:
            return ""
        if each.kind == FieldKind.DATE:
            return words.written(each.typed(value), "d MMM y")  # type: ignore[arg-type]
        if each.kind == FieldKind.CHOICE and each.choices:
            if each.slug not in self.held:
                self.held[each.slug] = {str(v): str(label) for v, label in each.choices(self.scope)}
            return self.held[each.slug].get(value, value)
        return value


def rows_page(batch: Batch, user: Any) -> ListPage:
    """The rows of a batch cell by cell, filtered by verdict, a page at a time."""
    definition = batch.definition
    fields = definition.fields if definition else ()
    labels = Labels(Scope(batch.organisation, user))
    return ListPage(
        rows_of(batch),
        [
            Column("number", gettext_lazy("Row"), sort="number", head=True),
            Column(
                "verdict",
                gettext_lazy("Verdict"),
                value=lambda row: verdict_cell(row, definition),
                text=lambda row: words.parted([str(row.get_verdict_display()), *whys(row.why, definition)]),
                sort="verdict",
            ),
            *(_column(each, definition, labels) for each in fields),
        ],
        filters=[Filter("verdict", gettext_lazy("Verdict"), Verdict.choices)],
        default_sort="number",
        empty_text=_("No row was read."),
        export_name="batch",
    )


def _column(each: Field, definition: Definition | None, labels: Labels) -> Column:
    return Column(
        each.slug,
        each.label,
        value=_drawn(each, definition, labels),
        text=lambda row: cell_text(row.cells.get(each.slug, {}), each, definition, labels),
    )


def _drawn(each: Field, definition: Definition | None, labels: Labels) -> Callable[[BatchRow], Any]:
    def draw(row: BatchRow) -> Any:
        cell = row.cells.get(each.slug, {})
        context = {
            "at": cell.get("at", ""),
            "now": labels.of(each, cell.get("value")) or cell.get("raw", ""),
            "was": labels.of(each, cell["before"]) or words.NOTHING if "before" in cell else "",
            "whys": whys(cell.get("why", ()), definition),
        }
        return get_template("batches/_cell.html").render(context)

    return draw


def verdict_cell(row: BatchRow, definition: Definition | None) -> Any:
    """The verdict of a row, what is wrong with it as a whole and in which of its cells: most of these are far aside."""
    cells = [
        {"label": each.label, "at": row.cells[each.slug]["at"], "whys": whys(told, definition)}
        for each in (definition.fields if definition else ())
        if (told := row.cells.get(each.slug, {}).get("why"))
    ]
    context = {"mark": verdict_mark(row.verdict), "whys": whys(row.why, definition), "cells": cells}
    return get_template("batches/_verdict.html").render(context)


def whys(held: Iterable[Any], definition: Definition | None) -> list[str]:
    """What is wrong, as sentences."""
    return [tell(definition, why) for why in held]


def cell_text(cell: dict[str, Any], each: Field, definition: Definition | None, labels: Labels) -> str:
    """A cell as an export tells it: what it says, what stood there, what is wrong."""
    text = labels.of(each, cell.get("value")) or cell.get("raw", "")
    if "before" in cell:
        text = _("%(now)s (before: %(before)s)") % {
            "now": text or words.NOTHING,
            "before": labels.of(each, cell["before"]) or words.NOTHING,
        }
    told = whys(cell.get("why", ()), definition)
    return f"{text} [{cell['at']}: {' '.join(told)}]" if told else text
