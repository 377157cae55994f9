"""The plan of operation: what is planned when, and when it was done."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Party
from taawun.planning.models.design import Activity, lineage, of_design


class LineKind(models.TextChoices):
    ACTIVITY = "activity", pgettext_lazy("line of a plan", "Activity")
    INPUT = "input", pgettext_lazy("line of a plan", "Input")
    MONITORING = "monitoring", pgettext_lazy("line of a plan", "Monitoring")


class PlanLine(models.Model):
    """A line of the plan of operation, planned and actual side by side. An activity has one; it takes its text."""

    design = of_design("plan_lines")
    kind = models.CharField(_("kind"), max_length=12, choices=LineKind.choices)
    activity = models.OneToOneField(
        Activity, null=True, blank=True, on_delete=models.CASCADE, related_name="plan_line"
    )
    label = models.CharField(_("line"), max_length=300, blank=True)
    planned_start = models.DateField(_("planned from"))
    planned_end = models.DateField(_("planned to"))
    actual_start = models.DateField(_("begun on"), null=True, blank=True)
    actual_end = models.DateField(_("ended on"), null=True, blank=True)
    responsible = models.ForeignKey(
        Party,
        verbose_name=_("responsible"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("plan line")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="activity", activity__isnull=False, label="")
                | (~Q(kind="activity") & Q(activity__isnull=True) & ~Q(label="")),
                name="plan_line_has_one_name",
            ),
            models.CheckConstraint(
                condition=Q(planned_end__gte=F("planned_start")), name="plan_line_planned_in_order"
            ),
            models.CheckConstraint(
                condition=Q(actual_end__isnull=True)
                | Q(actual_end__gte=F("actual_start"), actual_start__isnull=False),
                name="plan_line_done_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.activity)


class Milestone(models.Model):
    """A day by which something stands: a committee, a report, a product."""

    design = of_design("milestones")
    label = models.CharField(_("milestone"), max_length=300)
    due_on = models.DateField(_("due on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    lineage = lineage()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        verbose_name = _("milestone")
        constraints = [models.CheckConstraint(condition=~Q(label=""), name="milestone_has_a_name")]

    def __str__(self) -> str:
        return self.label
