"""The forms of an evaluation: who evaluates, what was found, what is answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.evaluation import judging
from taawun.evaluation.actions import Findings
from taawun.evaluation.criteria import CRITERIA
from taawun.evaluation.independence import Candidate, TypeRule
from taawun.evaluation.models import Evaluation, EvaluationType
from taawun.foundation import clock
from taawun.foundation.forms import DateField, Rows
from taawun.foundation.seats import Letter
from taawun.kernel.ratings import RuleSet
from taawun.papers.forms import HoldsScans, ScanField
from taawun.ui import words
from taawun.ui.widgets import Lines


class NameEvaluatorForm(forms.Form):
    """Who evaluates, and of which type the evaluation is: among those who are independent of the operation."""

    sort = forms.ChoiceField(
        label=gettext_lazy("Type of evaluation"),
        choices=EvaluationType.choices,
        initial=EvaluationType.EXTERNAL,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("An internal evaluation is made by the provider's own office or agency."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the evaluation is internal"), max_length=1000, widget=Lines(3), required=False
    )
    person = forms.TypedChoiceField(label=gettext_lazy("Evaluator"), coerce=int)

    def __init__(
        self,
        *args: Any,
        external: Sequence[Candidate],
        internal: Sequence[Candidate],
        rule: TypeRule,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        names = _named(external) if EvaluationType.EXTERNAL in rule.allowed else {}
        if EvaluationType.INTERNAL in rule.allowed:
            for pk, called in _named(internal).items():
                names.setdefault(
                    pk, _("%(person)s (internal only)") % {"person": called} if names else called
                )
        person, sort = self.fields["person"], self.fields["sort"]
        person.choices = [("", "–"), *names.items()]  # type: ignore[attr-defined]
        sort.choices = [c for c in EvaluationType.choices if c[0] in rule.allowed]  # type: ignore[attr-defined]
        sort.initial = rule.allowed[0]
        if not rule.reasoned:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """An internal evaluation is reasoned where the desk decides."""
        data = super().clean() or self.cleaned_data
        internal = data.get("sort") == EvaluationType.INTERNAL
        if self.rule.reasoned and internal and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why the evaluation is internal."))
        return data


def _named(candidates: Sequence[Candidate]) -> dict[int, str]:
    """The independent ones, as the list calls them."""
    return {
        c.post.person_id: words.listed((c.post.person.name, c.post.organisation.name))
        for c in candidates
        if c.independent
    }


class EvaluationForm(forms.Form):
    """What the evaluator found: the evidence on each criterion, the sub-ratings of the rule set, the overall rating."""

    evaluated_on = DateField(label=gettext_lazy("Date of the evaluation"), required=False)
    summary = forms.CharField(label=gettext_lazy("Summary"), max_length=8000, widget=Lines(6), required=False)

    def __init__(self, data: Any, *, evaluation: Evaluation, rules: RuleSet | None) -> None:
        super().__init__(data, initial=_initial(evaluation))
        self.rules, language = rules, get_language() or "en"
        for slug, (label, question) in CRITERIA.items():
            self.fields[f"evidence_{slug}"] = forms.CharField(
                label=_("%(criterion)s: evidence") % {"criterion": label},
                help_text=question,
                max_length=6000,
                widget=Lines(5),
                required=False,
            )
        if rules:
            self._add_ratings(rules, language)

    def _add_ratings(self, rules: RuleSet, language: str) -> None:
        for item in rules.narratives:
            self.fields[f"evidence_{item.slug}"] = forms.CharField(
                label=item.label(language),
                help_text=_("Told, not rated. It may be left empty."),
                max_length=6000,
                widget=Lines(5),
                required=False,
            )
        for criterion in rules.criteria:
            told = {
                level.score: (level.label(language), criterion.meaning(level.score, language))
                for level in rules.levels
            }
            choices = [
                (score, words.labelled(f"{score} – {label}", meaning) if meaning else f"{score} – {label}")
                for score, (label, meaning) in told.items()
            ]
            self.fields[f"level_{criterion.slug}"] = forms.TypedChoiceField(
                label=_("%(criterion)s: sub-rating") % {"criterion": criterion.label(language)},
                choices=choices,
                coerce=int,
                empty_value=None,
                widget=forms.RadioSelect,
                required=False,
            )
        grades = [(grade.slug, f"{grade.slug} – {grade.label(language)}") for grade in rules.grades]
        self.fields["overall"] = forms.ChoiceField(
            label=_("Overall rating"),
            choices=[("", _("As the rule set computes it")), *grades],
            required=False,
            help_text=_(
                "Choose another only where you depart from the rule set, or where it holds no rating."
            ),
        )
        self.fields["judgement_reason"] = forms.CharField(
            label=_("Reasons for your overall rating"), max_length=4000, widget=Lines(4), required=False
        )

    def clean_evaluated_on(self) -> Any:
        day = self.cleaned_data.get("evaluated_on")
        if day and day > clock.today():
            raise forms.ValidationError(_("The date of the evaluation lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        given = judging.overall(
            self.rules, self._levels(), data.get("overall", ""), data.get("judgement_reason", "")
        )
        if given.needs_reason:
            self.add_error("judgement_reason", _("Give the reasons for the overall rating."))
        return data

    def _levels(self) -> dict[str, int | None]:
        criteria = self.rules.criteria if self.rules else ()
        return {c.slug: self.cleaned_data.get(f"level_{c.slug}") for c in criteria}

    def _told(self) -> list[str]:
        return [item.slug for item in self.rules.narratives] if self.rules else []

    def findings(self, recommendations: Sequence[tuple[str, int]]) -> Findings:
        """What the evaluator wrote."""
        data = self.cleaned_data
        return Findings(
            evaluated_on=data["evaluated_on"],
            summary=data["summary"],
            evidence={slug: data[f"evidence_{slug}"] for slug in (*CRITERIA, *self._told())},
            levels=self._levels(),
            overall=data.get("overall", ""),
            judgement_reason=data.get("judgement_reason", ""),
            recommendations=tuple(recommendations),
        )


def _initial(evaluation: Evaluation) -> dict[str, Any]:
    """What is held, as the form opens with it; a computed rating is not a choice of the evaluator's."""
    initial: dict[str, Any] = {
        "evaluated_on": evaluation.evaluated_on or clock.today(),
        "summary": evaluation.summary,
        "overall": "" if evaluation.computed else evaluation.overall,
        "judgement_reason": evaluation.judgement_reason,
    }
    for rating in evaluation.ratings.all():
        initial |= {
            f"evidence_{rating.criterion}": rating.evidence,
            f"level_{rating.criterion}": rating.level,
        }
    return initial


class RecommendationForm(forms.Form):
    """A recommendation, and to which party it is addressed."""

    text = forms.CharField(label=gettext_lazy("Recommendation"), max_length=2000, widget=Lines(3))
    owner = forms.TypedChoiceField(label=gettext_lazy("Addressed to"), coerce=int)

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", "–"), *owners]


RecommendationRows = formset_factory(
    RecommendationForm,
    formset=Rows,
    extra=1,
    can_delete=True,
    max_num=50,
    absolute_max=55,
    validate_max=True,
)


class AnswerForm(forms.Form):
    """What the owner of a recommendation answers."""

    response = forms.CharField(label=gettext_lazy("Response"), max_length=4000, widget=Lines(6))

    def letter(self) -> Letter | None:
        """Who signs in answers without one."""
        return None


class AnswerByLetterForm(HoldsScans, AnswerForm):
    """The same of an owner that does not sign in: with the letter that says so."""

    letter_number = forms.CharField(label=gettext_lazy("Number of the letter"), max_length=60)
    letter_date = DateField(label=gettext_lazy("Date of the letter"))
    letter_scan = ScanField(label=gettext_lazy("Scan of the letter"))

    def letter(self) -> Letter:
        """The letter as typed."""
        held = self.cleaned_data
        return Letter(held["letter_number"], held["letter_date"], held["letter_scan"])
