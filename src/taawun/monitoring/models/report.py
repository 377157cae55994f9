"""The report at the end, what was really provided of each input, and where a lesson was drafted from."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.monitoring.models.sheets import Sheet, user_key

SECTIONS = (
    *("inputs_actual", "activities_done", "products", "equipment_state", "design_history"),
    *("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"),
    *("problems_and_lessons", "monitoring_plan"),
)


class CompletionReport(models.Model):
    """What was done, what came of it, and what both sides think of it: the report at the end (domain.md §1.8)."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="+")
    inputs_actual = models.TextField(_("inputs, planned and actual: remarks"), blank=True, max_length=8000)
    activities_done = models.TextField(_("activities carried out"), blank=True, max_length=12000)
    products = models.TextField(_("products: courses, manuals, standards"), blank=True, max_length=8000)
    equipment_state = models.TextField(_("equipment: place and state of use"), blank=True, max_length=8000)
    design_history = models.TextField(_("versions of the design and why"), blank=True, max_length=8000)
    relevance = models.TextField(_("relevance"), blank=True, max_length=6000)
    coherence = models.TextField(_("coherence"), blank=True, max_length=6000)
    effectiveness = models.TextField(_("effectiveness"), blank=True, max_length=6000)
    efficiency = models.TextField(_("efficiency"), blank=True, max_length=6000)
    impact = models.TextField(_("impact"), blank=True, max_length=6000)
    sustainability = models.TextField(_("prospects of sustainability"), blank=True, max_length=6000)
    problems_and_lessons = models.TextField(_("problems, solutions and lessons"), blank=True, max_length=8000)
    monitoring_plan = models.TextField(
        _("monitoring until the ex-post evaluation"), blank=True, max_length=6000
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = user_key(editable=False)
    written_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("project completion report")

    def __str__(self) -> str:
        return str(_("Project completion report"))


class InputActual(models.Model):
    """What was really provided of one planned input: the amount in the plan's currency, and what it was."""

    planned = models.OneToOneField("planning.Input", on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(CompletionReport, on_delete=models.CASCADE, related_name="actuals")
    text = models.CharField(_("provided"), max_length=300)
    amount = models.DecimalField(
        _("amount"), max_digits=18, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="input_actual_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def figure(self) -> str:
        """How an address names it."""
        return f"input-{self.pk}"


class LessonSource(models.Model):
    """The sheet or the meeting a lesson was drafted from. Held here: the room of lessons knows neither."""

    lesson = models.OneToOneField("lessons.Lesson", on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(Sheet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        "meetings.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sheet__isnull=False, meeting__isnull=True)
                | Q(sheet__isnull=True, meeting__isnull=False),
                name="lesson_from_one_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.sheet or self.meeting}"
