"""What must be there before a revision of the design is adopted: shown on its page, asked again by the act."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.steps import Line
from taawun.meetings.models import Meeting
from taawun.planning.checks import WRITERS, incomplete, outside_the_period
from taawun.planning.differences import compare
from taawun.planning.models import DesignVersion
from taawun.planning.queries import design_of, matrix_of, meetings_that_decided
from taawun.planning.snapshots import snapshots
from taawun.planning.substance import SubstanceChange, unamended_changes

DECIDERS = gettext_lazy("Desk officer or country office")


def adoption_lines(operation: Operation, revision: DesignVersion, acted_on: date | None = None) -> list[Line]:
    """The checklist of an adoption; `acted_on` is the day from which the revision counts (today)."""
    day = acted_on or clock.today()
    before, matrix = design_of(operation), matrix_of(operation, revision.number)
    lines = [
        (_("Reason for the revision"), _no_reason(operation, revision)),
        (_("Meeting that decided"), _no_meeting(operation, revision, day)),
        (_("Something is changed"), _nothing_changed(operation, before, revision)),
        (_("The design is complete"), incomplete(operation, matrix)),
        (_("Every activity is planned inside the period"), outside_the_period(operation, matrix)),
        (_("Goal, purpose and outputs as the parties agreed"), unamended(operation, before, revision)),
        (_("The days follow one another"), _backwards(before, day)),
    ]
    return sorted((Line(label, list(obstacles)) for label, obstacles in lines), key=lambda line: line.ok)


def _grounds(operation: Operation) -> tuple[str, Any, Any]:
    return reverse("planning:revision", args=[operation.pk]), _("Complete it"), WRITERS


def _no_reason(operation: Operation, revision: DesignVersion) -> Iterable[Obstacle]:
    if not revision.reason.strip():
        yield Obstacle(_("The reason is not given."), *_grounds(operation))


def _no_meeting(operation: Operation, revision: DesignVersion, day: date) -> Iterable[Obstacle]:
    meeting: Meeting | None = revision.meeting
    if meeting is None:
        text = _("Choose the meeting of the joint coordinating committee that decided it.")
        yield Obstacle(text, *_grounds(operation))
    elif not meetings_that_decided(operation).filter(pk=meeting.pk).exists():
        yield Obstacle(_("The meeting chosen took no decision."), *_grounds(operation))
    elif meeting.held_on > day:
        yield Obstacle(_("The meeting that decided was held after the day of adoption."))


def _nothing_changed(
    operation: Operation, before: DesignVersion | None, revision: DesignVersion
) -> Iterable[Obstacle]:
    if before and not compare(*snapshots(operation, [before, revision])):
        link = reverse("planning:version", args=[operation.pk, revision.number])
        yield Obstacle(_("It says the same as the version in force."), link, _("Write the revision"), WRITERS)


def _backwards(before: DesignVersion | None, day: date) -> Iterable[Obstacle]:
    if day > clock.today():
        yield Obstacle(_("The date of the act lies in the future."))
    if before and before.frozen_on and day < before.frozen_on:
        yield Obstacle(_("The version in force was adopted on a later day."))


def unamended(
    operation: Operation, before: DesignVersion | None, revision: DesignVersion
) -> Iterable[Obstacle]:
    """What the parties alone may change, and have not by a signed amendment."""
    for change in unamended_changes(operation, before, revision) if before else []:
        yield Obstacle(NEEDED[_how(change)] % {"what": change.label}, **_way_out(operation))


NEEDED: dict[str, Any] = {
    "changed": gettext_lazy("%(what)s is changed: this takes an amendment signed by the parties."),
    "added": gettext_lazy("%(what)s is new: this takes an amendment signed by the parties."),
    "removed": gettext_lazy("%(what)s is left out: this takes an amendment signed by the parties."),
}


def _how(change: SubstanceChange) -> str:
    return "added" if not change.before else "removed" if not change.after else "changed"


def _way_out(operation: Operation) -> dict[str, Any]:
    """Where an amendment is written (service `amendment-address`)."""
    address = registry.services.get("amendment-address")
    if address is None:
        return {"who": DECIDERS}
    return {"link": address(operation), "link_label": _("Write the amendment"), "who": DECIDERS}
