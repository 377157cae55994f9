"""The forms of letters and questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.forms import DateField, ObjectChoiceField
from taawun.foundation.standing import Standing
from taawun.letters import queries
from taawun.letters.actions.entering import day_problems
from taawun.letters.models import Direction, Letter
from taawun.letters.seats import Case, mine_among, parts_of, seats_of
from taawun.papers.forms import HoldsScans, ScanField
from taawun.reference.forms import CodeField
from taawun.ui.widgets import Lines


class LetterForm(HoldsScans, forms.Form):
    """A letter that came in or went out. `case`: what it is about, where the page says so already."""

    register = ObjectChoiceField(label=gettext_lazy("Register of"))
    direction = forms.ChoiceField(
        label=gettext_lazy("In or out"), choices=Direction.choices, widget=forms.RadioSelect
    )
    number = forms.CharField(
        label=gettext_lazy("Number given by the writer"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("As it stands on the letter. The register gives its own number by itself."),
    )
    dated_on = DateField(label=gettext_lazy("Date of the letter"))
    passed_on = DateField(label=gettext_lazy("Received or sent on"))
    correspondent = ObjectChoiceField(
        label=gettext_lazy("From or to"),
        required=False,
        help_text=gettext_lazy(
            "The organisations of this case. The one you choose reads the letter on the case's page."
        ),
    )
    correspondent_name = forms.CharField(
        label=gettext_lazy("From or to: name"), max_length=200, required=False
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=300)
    language = CodeField("language", label=gettext_lazy("Language of the letter"), required=False)
    about = forms.CharField(
        label=gettext_lazy("Number of the request or operation"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For instance MM-2026-REQ-0001. Left empty: about no case."),
    )
    answers = ObjectChoiceField(label=gettext_lazy("Answers the letter"), required=False)
    scan = ScanField(label=gettext_lazy("Scan"), required=False)

    def __init__(
        self,
        *args: Any,
        registers: list[Organisation],
        case: Case | None = None,
        fixed: bool = False,
        letter: Letter | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.case, self.letter = kwargs["user"], case, letter
        self.fields["register"].offer(registers)  # type: ignore[attr-defined]
        self.only = registers[0] if len(registers) == 1 else None
        if self.only:
            del self.fields["register"]
        if fixed:
            del self.fields["about"]
        elif self.is_bound:
            self.case = self._case_typed()
        self._offer_organisations()
        answered = queries.to_answer(self.user, self.only or registers[0], self.case)
        self.fields["answers"].offer(  # type: ignore[attr-defined]
            [one for one in answered if letter is None or one.pk != letter.pk]
        )

    def _case_typed(self) -> Case | None:
        code = self.data.get(self.add_prefix("about"), "").strip()
        return queries.case_numbered(self.user, code) if code else None

    def _offer_organisations(self) -> None:
        """With a case, its organisations; a name is typed where the other side is none of them."""
        bodies = queries.organisations_on(self.case) if self.case else []
        bodies = [body for body in bodies if body != self.only]
        held = self.letter.correspondent if self.letter else None
        if held and held not in bodies:
            bodies.append(held)
        if bodies:
            self.fields["correspondent"].offer(bodies)  # type: ignore[attr-defined]
            self.fields["correspondent_name"].label = _("Or a name")
        else:
            del self.fields["correspondent"]

    def clean_about(self) -> str:
        """A case is named by its number, and only one that the writer may see."""
        code = self.cleaned_data["about"].strip()
        if code and self.case is None:
            raise forms.ValidationError(_("You see no request or operation with this number."))
        return code

    def clean(self) -> dict[str, Any]:
        """The other side is somebody, and is one; the days follow each other."""
        values = super().clean() or {}
        body, name = values.get("correspondent"), (values.get("correspondent_name") or "").strip()
        register = self.only or values.get("register")
        if body and name:
            self.add_error("correspondent_name", _("Choose an organisation or enter a name, not both."))
        elif not body and not name and not {"correspondent", "correspondent_name"} & set(self.errors):
            self.add_error("correspondent_name", _("Say from whom the letter came, or to whom it went."))
        elif body and body == register:
            self.add_error("correspondent", _("The register's own organisation is the other side already."))
        for field, text in day_problems(values.get("dated_on"), values.get("passed_on")).items():
            self.add_error(field, text)
        return values

    def register_chosen(self) -> Organisation:
        """In whose register it is entered."""
        return self.only or self.cleaned_data["register"]

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        values = self.cleaned_data
        return {
            "direction": values["direction"],
            "number": values["number"],
            "dated_on": values["dated_on"],
            "passed_on": values["passed_on"],
            "correspondent": values.get("correspondent"),
            "correspondent_name": values["correspondent_name"],
            "subject": values["subject"],
            "language_id": values["language"],
            "answers": values["answers"],
            "scan": values["scan"],
        }


class QuestionForm(forms.Form):
    """A question of one party of a case to another."""

    asker = ObjectChoiceField(label=gettext_lazy("Asked for"))
    asked = ObjectChoiceField(label=gettext_lazy("Asked of"))
    part = forms.ChoiceField(label=gettext_lazy("Part of the case"), required=False)
    subject = forms.CharField(
        label=gettext_lazy("Or another subject"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Where none of the parts fits."),
    )
    text = forms.CharField(label=gettext_lazy("Question"), max_length=4000, widget=Lines(5))
    due_on = DateField(label=gettext_lazy("Answer expected by"))

    def __init__(self, *args: Any, case: Case, who: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = seats_of(case)
        mine = mine_among(seats, who)
        self.only = mine[0] if len(mine) == 1 else None
        self.fields["asker"].offer(mine)  # type: ignore[attr-defined]
        if self.only:
            del self.fields["asker"]
        others = [seat for seat in seats if not self.only or seat.key != self.only.key]
        self.fields["asked"].offer(others)  # type: ignore[attr-defined]
        self.fields["part"].choices = [("", ""), *parts_of(case, who).items()]  # type: ignore[attr-defined]

    def clean_due_on(self) -> Any:
        """An answer takes its time: the day is not past."""
        day = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("The answer cannot be expected before today."))
        return day

    def clean(self) -> dict[str, Any]:
        """It is about something, and asked of another."""
        values = super().clean() or {}
        if (
            not values.get("part")
            and not values.get("subject")
            and not {"part", "subject"} & set(self.errors)
        ):
            self.add_error("part", _("Choose the part you ask about, or enter a subject."))
        asker = self.only or values.get("asker")
        if asker and values.get("asked") and asker.key == values["asked"].key:
            self.add_error("asked", _("Choose another party of this case."))
        return values

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {"asker": self.only or self.cleaned_data["asker"]} | {
            name: self.cleaned_data[name] for name in ("asked", "part", "subject", "text", "due_on")
        }


class AnswerForm(forms.Form):
    """The answer to a question."""

    text = forms.CharField(label=gettext_lazy("Answer"), max_length=8000, widget=Lines(8))


class MoreTimeForm(forms.Form):
    """Until when the party asked wishes to answer, and why."""

    until = DateField(label=gettext_lazy("Until"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))

    def __init__(self, *args: Any, due_on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_on = due_on

    def clean_until(self) -> Any:
        """Later than the deadline, and than today."""
        day = self.cleaned_data["until"]
        if day <= max(self.due_on, clock.today()):
            raise forms.ValidationError(_("Give a day after today and after the deadline."))
        return day


class StrikeForm(forms.Form):
    """Why an entry is struck out."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=Lines(3))
