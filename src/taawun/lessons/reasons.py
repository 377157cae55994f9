"""Why a lesson is offered, as sentences in the reader's language."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from taawun.reference.names import code_name
from taawun.ui import words

SENTENCES = {
    "same-sector": gettext_lazy("Same sector: %(value)s"),
    "same-category": gettext_lazy("Related sector: %(value)s"),
    "same-country": gettext_lazy("Same country: %(value)s"),
    "same-region": gettext_lazy("Same region: %(value)s"),
    "same-modality": gettext_lazy("Same form of cooperation: %(value)s"),
    "common-words": gettext_lazy("Words in common: %(value)s"),
}


def sentences(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """The stored reasons as they are read now."""
    return [SENTENCES[each["slug"]] % {"value": _shown(each["value"])} for each in reasons]


def _shown(value: Any) -> str:
    return code_name(value) if isinstance(value, str) else words.listed(value)
