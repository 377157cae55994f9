"""Form controls the house uses everywhere."""

from typing import Any

from django.forms import DateInput, Textarea, TextInput


class Day(DateInput):
    """A day. The browser's own calendar, which sends and shows 2026-11-24 whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Figure(TextInput):
    """A number typed by hand: the digits' keyboard on a phone, no arrows that change it by accident."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})


class Lines(Textarea):
    """A text of a few lines."""

    def __init__(self, rows: int = 3, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": rows, **(attrs or {})})
