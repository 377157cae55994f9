"""What a design must have before it is appraised, and again before a revision of it is adopted."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.foundation.ports import Obstacle
from taawun.planning.models import ObjectiveLevel
from taawun.planning.queries import Matrix, ObjectiveRow
from taawun.ui import words

WRITERS = gettext_lazy("Desk officer, country office or implementing organisation")

NO_INDICATOR: dict[str, Any] = {
    ObjectiveLevel.GOAL: gettext_lazy("The overall goal has no indicator."),
    ObjectiveLevel.PURPOSE: gettext_lazy("The project purpose has no indicator."),
    ObjectiveLevel.OUTPUT: gettext_lazy("Output %(number)s has no indicator."),
}
NO_TARGET: dict[str, Any] = {
    ObjectiveLevel.GOAL: gettext_lazy("No indicator of the overall goal has both a baseline and a target."),
    ObjectiveLevel.PURPOSE: gettext_lazy(
        "No indicator of the project purpose has both a baseline and a target."
    ),
    ObjectiveLevel.OUTPUT: gettext_lazy(
        "No indicator of output %(number)s has both a baseline and a target."
    ),
}


def lacks(case: Operation, text: str, part: str, label: Any, who: Any = WRITERS) -> Obstacle:
    """An obstacle that leads to the part where it is supplied."""
    return Obstacle(text, reverse("planning:edit", args=[case.pk, part]), label, who)


def incomplete(case: Operation, matrix: Matrix | None) -> Iterable[Obstacle]:
    """Goal, one purpose, outputs with activities, and for each of them an indicator with baseline and target."""
    objectives = matrix.objectives if matrix else []
    held = {one.level for one in objectives}
    if ObjectiveLevel.GOAL not in held:
        yield lacks(case, _("The overall goal is not written."), "objectives", _("Write the goal"))
    if ObjectiveLevel.PURPOSE not in held:
        yield lacks(case, _("The project purpose is not written."), "objectives", _("Write the purpose"))
    if ObjectiveLevel.OUTPUT not in held:
        yield lacks(case, _("There is no output."), "outputs", _("Enter the outputs"))
    for one in objectives:
        yield from _missing_of(case, one)


def _missing_of(case: Operation, one: ObjectiveRow) -> Iterable[Obstacle]:
    if one.is_output and not one.activities:
        text = _("Output %(number)s has no activity.") % {"number": one.number}
        yield lacks(case, text, "outputs", _("Enter its activities"))
    if not one.indicators:
        text = NO_INDICATOR[one.level] % {"number": one.number}
        yield lacks(case, text, "indicators", _("Enter an indicator"))
    elif not one.complete:
        text = NO_TARGET[one.level] % {"number": one.number}
        yield lacks(case, text, "indicators", _("Complete the indicator"))


def outside_the_period(case: Operation, matrix: Matrix | None) -> Iterable[Obstacle]:
    """Each activity has its dates, inside the operation's period."""
    for activity in matrix.activities if matrix else []:
        if _inside(case, activity):
            continue
        told = {"code": activity.code, "period": words.period(case.starts_on, case.ends_on)}
        text = (
            _("Activity %(code)s is planned outside the period of the operation (%(period)s).") % told
            if activity.start
            else _("Activity %(code)s has no planned dates.") % told
        )
        yield lacks(case, text, "plan", _("Complete the plan"))


def _inside(case: Operation, activity: Any) -> bool:
    if activity.start is None:
        return False
    begun = case.starts_on is None or activity.start >= case.starts_on
    return begun and (case.ends_on is None or activity.end <= case.ends_on)
