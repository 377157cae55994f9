"""What it was worth: an evaluation by someone independent, its ratings, and what is recommended to whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Operation, TeamMember
from taawun.directory.models import Organisation
from taawun.foundation import clock


class EvaluationType(models.TextChoices):
    EXTERNAL = "external", pgettext_lazy("evaluation", "External")
    INTERNAL = "internal", pgettext_lazy("evaluation", "Internal")


class Evaluation(models.Model):
    """The ex-post evaluation of an operation. Its rule set is the version in force when the evaluator was named.

    `overall` is the grade's slug. `computed` says that the rule set gave it; else it is a judgement with its reason.
    """

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="+")
    type = models.CharField(
        _("type"), max_length=10, choices=EvaluationType.choices, default=EvaluationType.EXTERNAL
    )
    type_reason = models.TextField(_("why it is internal"), blank=True, max_length=1000)
    evaluator = models.ForeignKey(
        TeamMember, verbose_name=_("evaluator"), on_delete=models.PROTECT, related_name="+"
    )
    rule_set = models.SlugField(_("rating rule set"), max_length=40, blank=True)
    rule_set_version = models.PositiveSmallIntegerField(_("version of the rule set"), null=True, blank=True)
    evaluated_on = models.DateField(_("date of the evaluation"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=8000)
    overall = models.SlugField(_("overall rating"), max_length=20, blank=True)
    computed = models.BooleanField(default=False)
    judgement_reason = models.TextField(_("reasons for the overall rating"), blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=1, editable=False)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("ex-post evaluation")
        constraints = [
            models.CheckConstraint(
                condition=Q(rule_set="", rule_set_version__isnull=True)
                | (~Q(rule_set="") & Q(rule_set_version__isnull=False)),
                name="evaluation_rule_set_has_version",
            ),
            models.CheckConstraint(
                condition=Q(overall="") | Q(computed=True) | ~Q(judgement_reason=""),
                name="evaluation_judged_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Ex-post evaluation"))


class CriterionRating(models.Model):
    """What the evaluator found on one criterion: the evidence, and the sub-rating where the rule set asks for one."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="ratings")
    criterion = models.SlugField(_("criterion"), max_length=40)
    level = models.SmallIntegerField(_("sub-rating"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True, max_length=6000)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.UniqueConstraint(fields=["evaluation", "criterion"], name="criterion_once")]

    def __str__(self) -> str:
        return self.criterion


class Recommendation(models.Model):
    """What the evaluator recommends to one of the parties, and what that party answers."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("recommendation"), max_length=2000)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("addressed to"), on_delete=models.PROTECT, related_name="+"
    )
    response = models.TextField(_("response"), blank=True, max_length=4000)
    responded_on = models.DateField(_("responded on"), null=True, blank=True)
    responded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="recommendation_number_once"),
            models.CheckConstraint(
                condition=Q(response="", responded_on__isnull=True)
                | (~Q(response="") & Q(responded_on__isnull=False)),
                name="recommendation_response_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"
