"""What a lesson and an answer to one ask."""

from datetime import date
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext, gettext_lazy as _

from taawun.foundation import clock
from taawun.foundation.forms import DateField, Rows, StepForm
from taawun.lessons.models import Answer, Lesson, Result
from taawun.lessons.queries import lessons_visible_to
from taawun.lessons.queries.analysis import operations_by_code
from taawun.lessons.workflow import LINKABLE, LessonState
from taawun.ui.widgets import Lines


class LessonForm(forms.ModelForm):
    """The lesson sheet. A draft may lack what the analysis will supply."""

    noticed_on = DateField(
        label=_("Noticed on"),
        required=False,
        help_text=_("The day it was seen, or the last of the period it was seen in. Left empty: today."),
    )

    class Meta:
        model = Lesson
        fields = [
            "title",
            "language",
            "stage",
            "noticed_on",
            "situation",
            "cause",
            "countermeasure",
            "conditions",
            "keywords",
        ]
        widgets = {
            "situation": Lines(5),
            "cause": Lines(5),
            "countermeasure": Lines(5),
            "conditions": Lines(4),
        }
        help_texts = {
            "title": _("What to do, in one line."),
            "situation": _("What happened, where, to whom."),
            "cause": _("Why it happened."),
            "countermeasure": _("What to do concretely, so that it does not happen again or succeeds again."),
            "conditions": _("Where it holds, and where it does not."),
            "keywords": _("Words under which another project would look for it."),
        }

    def clean_noticed_on(self) -> date | None:
        """Nobody has seen tomorrow."""
        day: date | None = self.cleaned_data.get("noticed_on")
        if day and day > clock.today():
            raise forms.ValidationError(gettext("This day lies in the future."))
        return day

    def values(self) -> dict[str, Any]:
        """What is saved."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class AnswerForm(forms.Form):
    """Applied how, or not applicable why."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    how = forms.CharField(
        label=_("How it is applied, or why it does not apply"),
        max_length=2000,
        widget=Lines(5),
        help_text=_("It stands in the ex-ante evaluation table; the evaluation will come back to it."),
    )


class OutcomeForm(forms.Form):
    """Whether a lesson helped, and how it showed."""

    result = forms.ChoiceField(label=_("Did it help?"), choices=Result.choices, widget=forms.RadioSelect)
    outcome = forms.CharField(
        label=_("How it showed, or why it cannot be told"), max_length=2000, widget=Lines(5)
    )


class OccurrenceForm(forms.Form):
    """Another operation where the same was seen, by its number, and what was seen there."""

    operation = forms.CharField(label=_("Number of the operation"), max_length=40)
    note = forms.CharField(label=_("What was seen there"), max_length=1000, required=False, widget=Lines(3))


class OccurrenceRows(Rows):
    """The operations are looked up together, through the reader's gate: what they may not see is not there."""

    def __init__(self, *args: Any, user: Any, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.lesson = user, lesson

    def clean(self) -> None:
        """Each number is that of an operation that may be seen, named once, and not the lesson's own."""
        super().clean()
        rows = [row for row in self.forms if row.cleaned_data.get("operation") and not self._struck(row)]
        codes = {row.cleaned_data["operation"].strip().upper() for row in rows}
        known, named = operations_by_code(codes, self.user), set()
        for row in rows:
            code = row.cleaned_data["operation"].strip().upper()
            if problem := self._problem(known.get(code), code in named):
                row.add_error("operation", problem)
            else:
                row.cleaned_data["operation"] = known[code]
            named.add(code)

    def _problem(self, operation: Any, again: bool) -> str:
        if operation is None:
            return gettext("There is no operation with this number that you may see.")
        if operation.pk == self.lesson.operation_id:
            return gettext("The lesson was drafted from this operation: name others.")
        return gettext("This operation is named twice.") if again else ""

    def _struck(self, row: Any) -> bool:
        return bool(row.cleaned_data.get("DELETE"))


OccurrenceSet = formset_factory(
    OccurrenceForm,
    formset=OccurrenceRows,
    extra=1,
    can_delete=True,
    max_num=50,
    absolute_max=55,
    validate_max=True,
)


class JoinForm(StepForm):
    """In which other lesson a draft is taken up."""

    into = forms.CharField(
        label=_("Number of the other lesson"),
        max_length=40,
        help_text=_("One that is being analysed or is certified. This lesson's operation is linked to it."),
    )

    def clean_into(self) -> Lesson:
        """A lesson of the same provider that may be linked to."""
        rows = lessons_visible_to(self.user).filter(provider_id=self.case.provider_id, state__in=LINKABLE)
        found = rows.exclude(pk=self.case.pk).filter(code=self.cleaned_data["into"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError(
                gettext("No other lesson with this number is being analysed or certified.")
            )
        return found


class RetireForm(StepForm):
    """Why a lesson is retired, and which one to use instead."""

    successor = forms.CharField(
        label=_("Number of the lesson to use instead"),
        max_length=40,
        required=False,
        help_text=_("A certified one; left empty where there is none."),
    )

    def clean_successor(self) -> Lesson | None:
        """Another lesson that is certified."""
        number = self.cleaned_data["successor"].strip().upper()
        if not number:
            return None
        rows = Lesson.objects.filter(state=LessonState.CERTIFIED).exclude(pk=self.case.pk)
        found = rows.filter(code=number).first()
        if found is None:
            raise forms.ValidationError(gettext("No other certified lesson has this number."))
        return found
