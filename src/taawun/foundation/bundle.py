"""A form with its rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms.utils import ErrorDict, ErrorList


@dataclass
class Bundle:
    """A form with its rows (formsets), answered as one.

    `dress` says how its page shows the rows, if in a way of its own.
    """

    form: Any
    rows: list[Any] = field(default_factory=list)
    dress: Callable[["Bundle"], Any] | None = None

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.rows)])

    @property
    def dressed(self) -> Any:
        """The rows as the page shows them."""
        return self.dress(self) if self.dress else self.rows

    @property
    def parts(self) -> list[Any]:
        return [self.form, *self.rows]

    def quiet(self) -> None:
        """Show what was typed without judging it: a draft is not a mistake."""
        for part in self.parts:
            for form in getattr(part, "forms", [part]):
                form._errors = ErrorDict()
            if hasattr(part, "forms"):
                part._errors, part._non_form_errors = [f._errors for f in part.forms], ErrorList()

    def told(self) -> list[str]:
        """What is said besides when it was saved: of the files that came with it."""
        forms = [form for part in self.parts for form in getattr(part, "forms", [part])]
        return [text for form in forms if hasattr(form, "told") for text in form.told()]

    def held_data(self) -> dict[str, str]:
        """The hidden values that stand for files sent already: a draft carries them, so that no file is lost."""
        held: dict[str, str] = {}
        for part in self.parts:
            for form in getattr(part, "forms", [part]):
                held |= form.held_data() if hasattr(form, "held_data") else {}
        return held
