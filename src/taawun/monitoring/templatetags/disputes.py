"""How every template says that a figure is disputed."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from taawun.monitoring.marks import Mark, marks_of
from taawun.ui.templatetags.ui import icon

register = template.Library()

# Beside a figure the first words of the reason are enough: the whole stands on the page of the dispute.
SHOWN = 140


@register.simple_tag(takes_context=True)
def disputed(context: Any, thing: Any, field: str = "") -> SafeString:
    """The open disputes on a figure, beside it: by whom, since when; on a page why, in short, and a link.

    Nothing where nobody disputes it. On paper (`as_paper`) in words alone.
    """
    draw = _on_paper if context.get("as_paper") else _on_page
    return format_html_join("", "{}", ((draw(mark),) for mark in marks_of(thing, field)))


def _on_paper(mark: Mark) -> SafeString:
    return format_html(' <em class="d-block sm" data-disputed>{}</em>', mark.text)


def _on_page(mark: Mark) -> SafeString:
    return format_html(
        ' <span class="d-block sm fw-normal text-start" data-disputed><a class="st late" href="{}">{}{}</a>'
        ' <span class="mute" dir="auto">{}</span></span>',
        mark.url,
        icon("late"),
        mark.text,
        Truncator(mark.reason).chars(SHOWN),
    )
