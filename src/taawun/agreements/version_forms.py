"""The form of a signed paper's texts: each language version a list of clauses."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms import formset_factory
from django.utils.translation import gettext as _, gettext_lazy

from taawun.agreements.translating import Texts, completed
from taawun.cycle.models import LANGUAGES
from taawun.foundation.forms import Rows
from taawun.kernel.clauses import Clause, join, lines_of
from taawun.ui.widgets import Lines

NOT_USED, TRANSLATION, AUTHENTIC = "", "translation", "authentic"
MOST_CLAUSES, MOST_LETTERS = 60, 20000


class ClauseRow(forms.Form):
    """A clause of a text: which one it is, the wording it was composed in, its title and its words."""

    key = forms.CharField(
        required=False,
        max_length=60,
        widget=forms.HiddenInput,
        validators=[RegexValidator(r"^[-a-zA-Z0-9_]+\Z")],
    )
    origin = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Title of the clause"), max_length=300, required=False)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=MOST_LETTERS, required=False, widget=Lines(6)
    )

    def clean_title(self) -> str:
        """A title is one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_text(self) -> str:
        """One kind of line end."""
        return lines_of(self.cleaned_data["text"])

    def said(self) -> Clause:
        """What was written, judged or not."""
        names = ("title", "text", "key", "origin")
        held = getattr(self, "cleaned_data", None) or {}
        return Clause(**{name: held.get(name, self[name].value()) or "" for name in names})


class BaseClauseRows(Rows):
    """The clauses of one language version, in their order."""

    def said(self) -> list[Clause]:
        """What was written."""
        return [form.said() for form in self.forms]


ClauseRows = formset_factory(
    ClauseRow,
    formset=BaseClauseRows,
    extra=0,
    max_num=MOST_CLAUSES,
    validate_max=True,
    absolute_max=MOST_CLAUSES + 5,
)


class VersionRow(forms.Form):
    """What the text in one language is worth. All languages are shown; those the parties do not use are left unused.

    `lists`: the clauses by language; `known`: the clauses that are not lost with an unused row: composed or held.
    """

    language = forms.ChoiceField(choices=LANGUAGES, widget=forms.HiddenInput)
    use = forms.ChoiceField(
        label=gettext_lazy("This version is"),
        choices=[
            (NOT_USED, gettext_lazy("not used")),
            (AUTHENTIC, gettext_lazy("authentic")),
            (TRANSLATION, gettext_lazy("a translation, for information")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, lists: dict[str, Any], known: Texts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lists, self.known = lists, known

    def clean(self) -> dict[str, Any]:
        """A version that is used has a text; a text that was changed is not thrown away unseen."""
        values = super().clean() or {}
        if "use" in self.errors or values.get("language") not in self.lists:
            return values
        clauses = self._written()
        if values.get("use") and not clauses:
            self.add_error("use", _("Enter the text of this version, or say that it is not used."))
        elif values.get("use") and len(join(clauses)) > MOST_LETTERS:
            told = _("This version is too long: %(most)s letters at most.")
            self.add_error("use", told % {"most": MOST_LETTERS})
        elif not values.get("use") and self._was_changed(clauses):
            self.add_error("use", _("You changed this text: say whether it is authentic or a translation."))
        return values

    def _written(self) -> list[Clause]:
        rows = self.lists[self.cleaned_data["language"]]
        return [one for one in rows.said() if one.text or one.title]

    def _was_changed(self, clauses: list[Clause]) -> bool:
        known = {_words(one) for one in self.known.get(self.cleaned_data["language"], [])}
        return any(_words(one) not in known for one in clauses)

    @property
    def code(self) -> str:
        """The language of the row."""
        return str(self["language"].value() or "")

    @property
    def language_name(self) -> Any:
        """The language of the row, for its heading."""
        return dict(LANGUAGES).get(self.code, "")

    @property
    def clauses(self) -> Any:
        """The clauses of this language."""
        return self.lists.get(self.code)


def _words(clause: Clause) -> tuple[str, ...]:
    return (" ".join(clause.title.split()), *clause.text.split())


class BaseVersionRows(Rows):
    """One row a language."""

    def clean(self) -> None:
        """Every language is sent, once: one that is left off would be lost."""
        languages = [
            form.cleaned_data.get("language") for form in self.forms if hasattr(form, "cleaned_data")
        ]
        if sorted(filter(None, languages)) != sorted(dict(LANGUAGES)):
            raise forms.ValidationError(_("Each language version stands once, in a language of the list."))

    def kept(self, prevailing: str, known: Texts) -> list[dict[str, Any]]:
        """The versions that are used, as the action takes them; a clause that is not translated bears its mark."""
        used = {form.code: form for form in self.forms if form.cleaned_data["use"]}
        order = sorted(used, key=lambda code: code != prevailing)
        texts = completed({code: form.clauses.said() for code, form in used.items()}, order, known)
        return [
            {
                "language": code,
                "authentic": form.cleaned_data["use"] == AUTHENTIC,
                "text": join(texts[code]),
                "clauses": texts[code],
            }
            for code, form in used.items()
        ]


VersionRows = formset_factory(
    VersionRow, formset=BaseVersionRows, extra=0, max_num=len(LANGUAGES), validate_max=True, absolute_max=20
)
