"""Rows of a part: those stored and one empty one, each told by its name."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _

from taawun.cycle.models import Operation
from taawun.planning.forms.fields import NO_CHOICE, PartyField
from taawun.planning.queries import parties_by_id


class Row(forms.Form):
    """A row of a part. `known` are the ids it may have, `names` what each row is called where it has a name."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        operation: Operation,
        known: set[int],
        names: dict[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.operation, self.known, self.names = operation, known, names or {}
        parties = [(pk, party.organisation.name) for pk, party in parties_by_id(operation).items()]
        for field in self.fields.values():
            if isinstance(field, PartyField):
                field.choices = [*NO_CHOICE, *parties]

    def clean_id(self) -> int | None:
        """A row of another design, or one that somebody removed meanwhile, is not there."""
        pk = self.cleaned_data["id"]
        if pk is not None and pk not in self.known:
            raise forms.ValidationError(
                _(
                    "This row is no longer part of the design. Copy what you need into a new row and tick “Delete”."
                )
            )
        return pk

    @property
    def legend(self) -> str:
        """What the row is called, where it has a name of its own."""
        held = str(self["id"].value() or "")
        return self.names.get(int(held), "") if held.isascii() and held.isdigit() else ""

    def refuse_backwards(self, start: str, end: str) -> None:
        """An end before its beginning."""
        first, last = self.cleaned_data.get(start), self.cleaned_data.get(end)
        if first and last and last < first:
            self.add_error(end, _("The end comes before the beginning."))

    def refuse_without(self, name: str, other: str, message: str) -> None:
        """A value that makes no sense without another."""
        absent, lacking = (self.cleaned_data.get(field) in (None, "") for field in (name, other))
        if not absent and lacking and other not in self.errors:
            self.add_error(other, message)


class Rows(BaseFormSet):  # type: ignore[type-arg]  # not generic at run time
    """Rows with a title. Fixed ones are neither added nor deleted here; stacked ones show a field a line."""

    def __init__(
        self,
        *args: Any,
        title: Any = "",
        noun: Any = "",
        hint: Any = "",
        fixed: bool = False,
        stacked: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.title, self.noun, self.hint = title, noun, hint
        self.fixed, self.stacked = fixed, stacked

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.title = form.legend or str(self.noun % {"number": (index or 0) + 1})
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Delete")

    def values(self) -> list[dict[str, Any]]:
        """The rows as the action takes them: changed, new, or to be deleted; empty new ones are left out."""
        rows = []
        for form in self.forms:
            held = form.cleaned_data.get("id")
            if self.fixed and held is None:
                continue
            if self.can_delete and form.cleaned_data.get("DELETE"):
                rows.append({"id": held, "delete": True})
            elif held is not None or form.has_changed():
                rows.append({name: form.cleaned_data[name] for name in form.fields if name != "DELETE"})
        return rows


def rowset(
    form: type[Row],
    name: str,
    *,
    operation: Operation,
    stored: list[dict[str, Any]],
    data: Any,
    fixed: bool = False,
    **options: Any,
) -> Rows:
    """The rows of this name in a part: those stored and one empty one; as sent, where `data` is given."""
    form_kwargs = {
        "operation": operation,
        "names": options.pop("names", None),
        "known": {row["id"] for row in stored},
        **options.pop("form_kwargs", {}),
    }
    most = len(stored) if fixed else 80
    kind: Any = formset_factory(
        form,
        formset=Rows,
        extra=0 if fixed else 1,
        can_delete=not fixed,
        max_num=most,
        absolute_max=most + 20,
        validate_max=True,
    )
    initial = stored if data is None else None
    return kind(data, prefix=name, initial=initial, form_kwargs=form_kwargs, fixed=fixed, **options)
