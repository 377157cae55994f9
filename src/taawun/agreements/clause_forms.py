"""The form of a clause: each language in a column, where it stands, why it is changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements.actions.clauses import Place, has_usual
from taawun.agreements.clausebook import has_headings
from taawun.agreements.fields import field_problems
from taawun.agreements.models import Standing
from taawun.cycle.models import LANGUAGES
from taawun.reference.forms import CodeField
from taawun.ui.widgets import Lines


class ClauseForm(forms.Form):
    """A clause in every language, its place, which text is used, and the reason."""

    modality = CodeField(
        "modality",
        label=gettext_lazy("Form of cooperation"),
        required=False,
        help_text=gettext_lazy("Left empty: the clause is for every one."),
    )
    standing = forms.ChoiceField(label=gettext_lazy("Text used"))
    position = forms.IntegerField(
        label=gettext_lazy("Place in the order"),
        min_value=1,
        max_value=9999,
        help_text=gettext_lazy("The usual clauses stand at 10, 20, 30…"),
    )
    reason = forms.CharField(label=gettext_lazy("Reason for the change"), max_length=500, widget=Lines(2))

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if place.key:
            del self.fields["modality"]
        choices = [choice for choice in Standing.choices if choice[0] != Standing.USUAL or has_usual(place)]
        self.fields["standing"].choices = choices  # type: ignore[attr-defined]
        for language, name in LANGUAGES:
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title: %(language)s") % {"language": name}, max_length=200, required=False
            )
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("Text: %(language)s") % {"language": name},
                max_length=8000,
                required=False,
                widget=Lines(10),
            )

    @property
    def columns(self) -> list[tuple[str, Any, Any]]:
        """Each language with its title and its text."""
        return [(code, self[f"title_{code}"], self[f"text_{code}"]) for code, _name in LANGUAGES]

    @property
    def first(self) -> list[Any]:
        """What stands above the texts."""
        return [self[name] for name in ("modality", "standing", "position") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """An own text says something; a field it names is one there is; a title has its text."""
        given = super().clean() or {}
        if given.get("standing") != Standing.OWN:
            return given
        for language, _name in LANGUAGES:
            self._clean_language(language, given)
        if not any(given.get(f"text_{code}") for code, _name in LANGUAGES) and not self.errors:
            self.add_error(f"text_{LANGUAGES[0][0]}", _("Write the clause in one language at least."))
        return given

    def _clean_language(self, language: str, given: dict[str, Any]) -> None:
        title, text = given.get(f"title_{language}", ""), given.get(f"text_{language}", "")
        for name in (f"title_{language}", f"text_{language}"):
            for problem in field_problems(self.place.instrument, given.get(name, "")):
                self.add_error(name, problem)
        if not has_headings(self.place.instrument) or bool(title) == bool(text):
            return
        name = f"title_{language}" if text else f"text_{language}"
        if name not in self.errors:
            self.add_error(name, _("A clause has its title and its text in the same languages."))

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        texts = {code: given[f"text_{code}"].replace("\r\n", "\n") for code, _name in LANGUAGES}
        return {
            "standing": given["standing"],
            "position": given["position"],
            "titles": {code: given[f"title_{code}"] for code, _name in LANGUAGES},
            "texts": texts,
        }
