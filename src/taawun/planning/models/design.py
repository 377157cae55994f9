"""The project design matrix: its versions, and what each of them says."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Operation
from taawun.meetings.models import Meeting


def of_design(name: str) -> Any:
    """A row of one version of a design: it goes when the version goes."""
    return models.ForeignKey("planning.DesignVersion", on_delete=models.CASCADE, related_name=name)


def lineage() -> Any:
    """What a row keeps from one version of a design to the next: by it two versions are compared."""
    return models.UUIDField(db_default=RandomUUID(), editable=False)


def user_key() -> Any:
    """Whose act it was."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )


class DesignVersion(models.Model):
    """One version of the matrix. Number 0 is agreed with the Record of Discussions; a frozen one never changes.

    The newest frozen one is in force. A later number that is not frozen is a revision being written: a copy of the
    one in force, with its reason and the meeting that decided it. `version` counts every edit of any part; the lock
    against lost edits stands in `DesignPart`, the one of reason and meeting in the part “revision”.
    """

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"), default=0)
    frozen_on = models.DateField(_("frozen on"), null=True, blank=True, editable=False)
    reason = models.TextField(_("reason for the revision"), blank=True, max_length=2000)
    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("meeting that decided"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    opened_on = models.DateField(null=True, editable=False)
    opened_by = user_key()
    adopted_by = user_key()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        verbose_name = _("design version")
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="design_version_once"),
            models.UniqueConstraint(
                fields=["operation"], condition=Q(frozen_on__isnull=True), name="one_open_design_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.operation_id} PDM {self.number}"

    @property
    def is_revision(self) -> bool:
        """Whether it follows an earlier version."""
        return self.number > 0


class DesignPart(models.Model):
    """The lock of one part of a design: two people may write different parts at once, never the same one blindly."""

    design = of_design("parts")
    part = models.SlugField(max_length=30)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "part"], name="design_part_once")]

    def __str__(self) -> str:
        return self.part


class ObjectiveLevel(models.TextChoices):
    GOAL = "goal", pgettext_lazy("level of an objective", "Overall goal")
    PURPOSE = "purpose", pgettext_lazy("level of an objective", "Project purpose")
    OUTPUT = "output", pgettext_lazy("level of an objective", "Output")


class Objective(models.Model):
    """What is to be achieved: one overall goal, one project purpose, numbered outputs."""

    design = of_design("objectives")
    level = models.CharField(_("level"), max_length=10, choices=ObjectiveLevel.choices)
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("text"), max_length=2000)
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["level", "number"]
        verbose_name = _("objective")
        constraints = [
            models.UniqueConstraint(
                fields=["design", "level", "number"], name="objective_once", deferrable=Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["design", "level"], condition=~Q(level="output"), name="one_goal_and_one_purpose"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="objective_counts_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="objective_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Activity(models.Model):
    """What is done to reach an output: activity 2-1 is the first of output 2."""

    output = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("activity"), max_length=4000)
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["output__number", "number"]
        verbose_name = _("activity")
        constraints = [
            models.UniqueConstraint(
                fields=["output", "number"], name="activity_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(text=""), name="activity_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class Level(models.TextChoices):
    ACTIVITY = "activity", pgettext_lazy("level of an assumption", "From activities to outputs")
    OUTPUT = "output", pgettext_lazy("level of an assumption", "From outputs to the project purpose")
    PURPOSE = (
        "purpose",
        pgettext_lazy("level of an assumption", "From the project purpose to the overall goal"),
    )
    GOAL = "goal", pgettext_lazy("level of an assumption", "For the overall goal to last")


class Assumption(models.Model):
    """What must hold, outside the project's control, for a level to lead to the one above."""

    design = of_design("assumptions")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    text = models.CharField(_("important assumption"), max_length=500)
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text


class Precondition(models.Model):
    """What must be there before the start."""

    design = of_design("preconditions")
    text = models.CharField(_("precondition"), max_length=500)
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text
