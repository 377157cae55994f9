"""Words and small parts every template may use (built in: no {% load %} needed)."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, Select, SelectMultiple, Widget
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext as _

from taawun.ui import gantt, words, workflow_svg
from taawun.ui.ring import Ring, draw as draw_ring
from taawun.ui.seed import cycle_of_the_seed
from taawun.ui.trajectory import Course, draw as draw_course

register = template.Library()

ICON_OF = {"ok": "ok", "late": "late", "wait": "time", "no": "no", "": "dot"}
TURNING = {"go"}  # arrows follow the direction of reading; ticks and clocks do not


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A symbol of the sprite. It says nothing to a screen reader: the word beside it does."""
    classes = " ".join(filter(None, ["ic", "fwd" if name in TURNING else "", css]))
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        classes,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def state(label: Any, tone: str = "", symbol: str = "") -> SafeString:
    """A state told by word and icon. `tone`: ok, wait, late, or nothing."""
    return format_html(
        '<span class="st {}">{}{}</span>', tone, icon(symbol or ICON_OF.get(tone, "dot")), label
    )


@register.simple_tag
def due(value: date | datetime | None) -> SafeString | str:
    """How a deadline stands: 4 days late, today, in 2 days."""
    if not value:
        return ""
    text, tone = words.due(value)
    return state(text, tone, "late" if tone == "late" else "time")


@register.simple_tag
def comma() -> str:
    """What stands between two facts on one line: the comma of the reader's language, and a space."""
    return words.listed(["", ""])


@register.simple_tag
def colon() -> str:
    """What stands between a label and what it says: the colon of the reader's language, and a space."""
    return f"{words.labelled('', '.').removesuffix('.').rstrip()} "


@register.filter
def code(value: Any) -> SafeString | str:
    """The number of a case: reads left to right and does not break, in every language."""
    return format_html('<bdi dir="ltr" class="text-nowrap">{}</bdi>', value) if value else words.NOTHING


@register.filter
def day(value: date | datetime | None) -> str:
    """24 Nov 2026."""
    return words.written(value, "d MMM y")


@register.filter
def long_day(value: date | datetime | None) -> str:
    """24 November 2026."""
    return words.written(value, "d MMMM y")


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Tuesday 24 November 2026."""
    return words.written(value, "EEEE d MMMM y")


@register.filter
def short_day(value: date | datetime | None) -> str:
    """24 Nov."""
    return words.written(value, "d MMM")


@register.filter
def month(value: date | datetime | None) -> str:
    """Nov 2026."""
    return words.written(value, "MMM y")


@register.filter
def whole_month(value: date | datetime | None) -> str:
    """A month by its whole name: November 2026."""
    return words.written(value, "LLLL y")


@register.filter
def moment(value: datetime | None) -> str:
    """23 Nov 2026, 16:40."""
    return words.moment(value)


@register.filter
def clock_time(value: datetime | None) -> str:
    """14:32."""
    return words.clock_time(value)


@register.filter
def stamp(value: Any) -> str:
    """When something happened: a day, a day with its time, or words already."""
    if isinstance(value, datetime):
        return words.moment(value)
    return words.written(value, "d MMM y") if isinstance(value, date) else str(value or "")


@register.filter
def since(value: date | datetime | None) -> str:
    """How long ago: 8 days."""
    return words.since(value)


@register.filter
def days(value: int) -> str:
    """A number of days in words: 8 days, 3 months."""
    return words.span(value)


@register.filter
def direction(language: str) -> str:
    """Which way a language is written: ltr or rtl, for the attribute dir."""
    return "rtl" if (language or "").split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag
def period(start: date | None, end: date | None) -> str:
    """1 – 19 Feb 2027; an open end is said with a word."""
    return words.period(start, end)


@register.filter
def figure(value: Any, places: int | None = None) -> str:
    """A number with its groups and the reader's decimal sign; {{ n|figure:2 }} fixes the places."""
    return words.figure(value, places)


@register.filter
def money(value: Any) -> str:
    """An amount with its currency."""
    return words.money(value)


@register.filter
def met(lines: Iterable[Any]) -> int:
    """How many lines of a checklist are met."""
    return sum(1 for line in lines if (line["ok"] if isinstance(line, dict) else line.ok))


# ── Drawings ──


@register.simple_tag(name="ring")
def ring_tag(ring: Ring) -> SafeString:
    """The ring of an operation, mirrored for right-to-left readers."""
    return draw_ring(ring, rtl=get_language_bidi())


@register.simple_tag
def seed_cycle() -> Ring:
    """The whole cycle, standing nowhere: {% seed_cycle as ring %}."""
    return cycle_of_the_seed()


@register.simple_tag
def gantt_head(scale: gantt.Scale) -> SafeString:
    """The years above the rows of a plan."""
    return gantt.head(scale, rtl=get_language_bidi())


@register.simple_tag
def gantt_row(
    scale: gantt.Scale, planned: Any = (), actual: Any = (), held: Any = (), to_come: Any = ()
) -> SafeString:
    """One line of a plan: periods (from, to) planned and actual, days of meetings held and to come."""
    return gantt.row(scale, planned or (), actual or (), held or (), to_come or (), rtl=get_language_bidi())


@register.simple_tag
def trajectory(course: Course) -> SafeString:
    """The small chart of an indicator."""
    return draw_course(course, rtl=get_language_bidi())


@register.inclusion_tag("ui/_workflow.html")
def workflow_drawing(drawing: workflow_svg.Drawing) -> dict[str, Any]:
    """A workflow drawn, and the same as a table."""
    return {
        "drawing": drawing,
        "picture": workflow_svg.draw(drawing, rtl=get_language_bidi()),
        "lines": [(drawing.label(m.source), m, drawing.label(m.target)) for m in drawing.moves],
        "with_who": any(m.who for m in drawing.moves),
        "with_requires": any(m.requires for m in drawing.moves),
    }


# ── Forms ──


@register.simple_tag(takes_context=True)
def hidden_once(context: template.Context) -> SafeString:
    """The key that makes a double submit harmless: the page's own, else the one posted, else a new one."""
    request = context.get("request")
    key = context.get("once") or (request.POST.get("once", "")[:64] if request else "") or uuid.uuid4().hex
    return format_html('<input type="hidden" name="once" value="{}">', key)


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, css: str = "mb-4", lang: str = "", hint: bool = True) -> dict[str, Any]:
    """Label, hint, error, field, in this order; the field knows its hint and its error.

    `lang` marks a field whose content is written in a language of its own; `hint=False` leaves the hint out.
    """
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)  # a hint that vanishes when one begins to type is no hint
    told = [f"{bound.auto_id}_error"] if bound.errors else []
    told += [f"{bound.auto_id}_helptext"] if bound.help_text and hint else []
    described = " ".join(told)
    attrs: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {_class_of(widget)}".strip()}
    if described and not bound.use_fieldset:
        attrs["aria-describedby"] = described
    if lang:
        attrs |= {"lang": lang, "dir": "auto"}
    grouped = bound.use_fieldset
    if grouped:
        widget.attrs["class"] = "form-check-input"
    return {
        "bound": bound,
        "help": bound.help_text if hint else "",
        "css": css,
        "grouped": grouped,
        "tick": isinstance(widget, CheckboxInput),
        "described": described,
        "control": "" if grouped else bound.as_widget(attrs=attrs),
    }


def _class_of(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select | SelectMultiple) else "form-control"


@register.inclusion_tag("ui/_errors.html")
def errors(*forms: Any, intro: str = "") -> dict[str, Any]:
    """The summary above a form sent with errors: what to put right, each line leading to its field."""
    lines: list[tuple[str, str]] = []
    for form in forms:
        for each in getattr(form, "forms", [form]) if form is not None else []:
            lines += _error_lines(each)
        if form is not None and hasattr(form, "non_form_errors"):
            lines += [("", error) for error in form.non_form_errors()]
    return {"lines": lines, "intro": intro}


def _error_lines(form: Any) -> list[tuple[str, str]]:
    if not getattr(form, "is_bound", False):
        return []
    lines = [("", error) for error in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        lines += [
            (target, _("%(label)s: %(error)s") % {"label": bound.label, "error": e}) for e in bound.errors
        ]
    return lines
