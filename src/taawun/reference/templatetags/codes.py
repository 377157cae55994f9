"""The names of codes in templates: `{{ operation.country_id|code_name }}`."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from taawun.reference import names

register = template.Library()


@register.filter
def code_name(code_id: str | None) -> SafeString:
    """The name in the reader's language. One lacking there stands in English, and is marked as English.

    For the page's text; inside an attribute use `code_text`, which never holds a tag.
    """
    name = names.name_of(code_id or "")
    if name.language == get_language():
        return conditional_escape(name.text)
    direction = "rtl" if get_language_info(name.language)["bidi"] else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', name.language, direction, name.text)


@register.filter
def code_text(code_id: str | None) -> str:
    """The name as bare text, for attributes and titles."""
    return names.code_name(code_id or "")
