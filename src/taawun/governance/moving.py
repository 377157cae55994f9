"""What would change for a running case, were it moved to the settings in force: told before, done at once."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle.actions import consents_given, form_of
from taawun.cycle.models import Consent, ProviderSettings, settings_for, settings_of
from taawun.governance.queries import ENDED
from taawun.governance.terms import terms_of
from taawun.kernel.periods import add_months, add_years


@dataclass(frozen=True)
class NewDay:
    """A day that a period of the settings gives: as it was, as it becomes."""

    label: str
    before: date
    after: date
    column: str = ""


@dataclass
class Move:
    """A case between the settings it goes by (`before`) and those in force (`present`)."""

    case: Any
    before: ProviderSettings
    present: ProviderSettings
    voided: list[Consent] = field(default_factory=list)
    days: list[NewDay] = field(default_factory=list)

    @cached_property
    def obstacles(self) -> list[str]:
        """Why it cannot be moved at all."""
        if self.case.state in ENDED:
            return [_("The case is over: no settings rule it any more.")]
        if self.present.pk is None:
            return [_("The provider has no settings yet.")]
        if self.before.pk == self.present.pk:
            return [_("The case goes by the present settings already.")]
        return []

    @property
    def keeps_form(self) -> bool:
        """Whether the operation would begin in another form under the settings in force; it keeps its own."""
        if self.case.kind != "operation":
            return False
        return bool(self.case.form != form_of(self.case.modality_id, self.present))

    @property
    def stored(self) -> dict[str, date]:
        """The days that are kept on the case itself."""
        return {day.column: day.after for day in self.days if day.column}

    @property
    def seen(self) -> str:
        """What the reader was told: the settings in force, the approvals that fall, the days that move."""
        days = ",".join(f"{day.before}>{day.after}" for day in self.days)
        return f"{self.present.pk}:{','.join(str(consent.pk) for consent in self.voided)}:{days}"


def move_of(case: Any) -> Move:
    """What a move would change. Approvals fall when other seats, or other many of them, would have been asked."""
    move = Move(case, settings_for(case), settings_of(case.provider_id))
    if move.obstacles:
        return move
    if case.kind == "request" and case.state == "under_review" and _other_approvals(move):
        move.voided = consents_given(case, "adopt")
    if case.kind == "operation":
        move.days = [day for day in _days(move) if day.before != day.after]
    return move


def look_again(case: Any) -> Move:
    """The same, the case read anew."""
    return move_of(type(case)._default_manager.get(pk=case.pk))


def _other_approvals(move: Move) -> bool:
    before, after = terms_of(move.before), terms_of(move.present)
    needed = "approvals_needed"
    return before.approving != after.approving or before.values[needed] != after.values[needed]


def _days(move: Move) -> list[NewDay]:
    case, before, after = move.case, move.before, move.present
    days = []
    if case.state == "in_implementation" and case.ends_on:
        was, becomes = (add_months(case.ends_on, -each.completion_months) for each in (before, after))
        days.append(NewDay(_("Completion review"), was, becomes))
    if case.state == "completed" and case.completed_on and case.ex_post_on and after.ex_post:
        due = add_years(case.completed_on, after.ex_post_years)
        days.append(NewDay(_("Ex-post evaluation"), case.ex_post_on, due, "ex_post_on"))
    return days
