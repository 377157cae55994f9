"""Code fields of a form that edits a record, and the first choice of a row."""

from typing import Any

from django.utils.translation import gettext_lazy

# A row nobody touched says nothing: its first choice is none.
NOT_CHOSEN = ("", gettext_lazy("Choose…"))


def open_codes(form: Any) -> None:
    """Code fields show what the record holds, withdrawn or not."""
    for name in form.codes:
        held = getattr(form.instance, f"{name}_id")
        form.fields[name].initial = held
        form.fields[name].keep(held)


def values_with_codes(form: Any) -> dict[str, Any]:
    """What the form saves, the codes by their ids."""
    plain = {name: form.cleaned_data[name] for name in form.Meta.fields}
    return plain | {f"{name}_id": form.cleaned_data[name] for name in form.codes}
