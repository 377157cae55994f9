"""How a provider works, in versions: periods, thresholds, the seats that approve, what each modality does not ask."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings as site
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import code_key, organisation_key
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.kernel.numbering import Pattern, PatternError

LONGEST_REVIEW = 24  # months: no agency opens its completion review earlier


def is_a_pattern(text: str) -> None:
    """Refuse a pattern of numbers that is none."""
    try:
        Pattern.parse(text)
    except PatternError:
        raise ValidationError(
            _(
                "Write parts between hyphens, such as CC-YYYY-SORT-NNNN: SORT must be among them, "
                "the count (NNN to NNNNNN) comes last."
            )
        ) from None


def counted(label: Any, usual: int, least: int, most: int) -> Any:
    """A number of days, months, years or things, within bounds."""
    bounds = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, default=usual, validators=bounds)


def usually_alone() -> list[str]:
    """The modalities that need no project around them where nothing else is settled: one expert, one course, one visit.

    A beginning, not what any agency has published (seed 2 names such activities beside projects).
    """
    return [f"modality:{code}" for code in ("equipment", "expert", "seminar", "study-visit", "training")]


class ExPostType(models.TextChoices):
    """Who may evaluate ex post: decided here, or left to the desk when it names the evaluator."""

    DESK = "desk", _("The desk decides, with a reason where it is internal")
    EXTERNAL = "external", _("External")
    INTERNAL = "internal", _("Internal, by the provider's own office")
    AMOUNT = "amount", _("By the amount: external from a limit on")


class ProviderSettings(models.Model):
    """One version of how an agency works: periods, thresholds, order of seats. Once made it is never edited.

    A change is a new version, in force from a day; a case keeps the version it began under (ADR 12).
    """

    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    # The first version of an agency holds from the beginning: it has no day.
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_by = models.ForeignKey(
        site.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)
    preset = models.SlugField(max_length=30)
    # 0: every seat, in order.
    approvals_needed = models.PositiveSmallIntegerField(_("approvals needed"), default=0)
    fiscal_year_start = counted(_("fiscal year begins in month"), 4, 1, 12)
    opinion_days = counted(_("days for an opinion"), 30, 1, 365)
    completion_months = counted(_("months from completion review to end"), 6, 0, LONGEST_REVIEW)
    report_draft_months = counted(_("months from draft completion report to end"), 6, 0, 60)
    report_final_months = counted(_("months from completion report to end"), 1, 0, 60)
    monitoring_months = counted(_("months between monitoring sheets"), 6, 1, 60)
    ex_post = models.BooleanField(_("ex-post evaluation"), default=True)
    ex_post_years = counted(_("years to the ex-post evaluation"), 3, 1, 20)
    ex_post_threshold = models.DecimalField(
        _("no ex-post evaluation needed below"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    ex_post_currency = code_key(
        verbose_name=_("currency"), null=True, blank=True, limit_choices_to={"code_list": "currency"}
    )
    ex_post_type = models.CharField(
        _("type of ex-post evaluation"), max_length=10, choices=ExPostType.choices, default=ExPostType.DESK
    )
    ex_post_external_from = models.DecimalField(
        _("external evaluation from this amount on"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    lessons_offered = counted(_("lessons offered at most"), 5, 0, 20)
    rating_rules = models.SlugField(_("rating rule set"), max_length=40, blank=True)
    numbering = models.CharField(
        _("pattern of numbers"),
        max_length=30,
        default="CC-YYYY-SORT-NNNN",
        validators=[is_a_pattern],
    )
    # Codes of modalities, sorted. Read with the version itself, so that no page pays a statement more for it.
    stand_alone = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("stand-alone activities"),
        default=usually_alone,
        blank=True,
    )
    # Of each rule of deadlines that was settled: how far, in what, which reminders, to whom (`cycle.deadlines.Term`).
    deadlines = models.JSONField(_("deadlines and reminders"), default=dict, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["provider", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "version"], name="settings_version_once"),
            models.CheckConstraint(
                condition=Q(version=1) | Q(in_force_from__isnull=False), name="settings_in_force_from_a_day"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year_start__range=(1, 12)), name="fiscal_year_begins_in_a_month"
            ),
            models.CheckConstraint(condition=Q(monitoring_months__gte=1), name="sheets_are_months_apart"),
            models.CheckConstraint(
                condition=Q(ex_post_threshold__isnull=True)
                | Q(ex_post_threshold__gte=0, ex_post_currency__isnull=False),
                name="ex_post_threshold_has_currency",
            ),
            models.CheckConstraint(
                condition=~Q(ex_post_type="amount")
                | Q(ex_post_external_from__gte=0, ex_post_currency__isnull=False),
                name="ex_post_type_by_amount_has_limit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}"


class Waiver(models.Model):
    """A condition of a step that the settings do not ask in one modality: the slug of a workflow's `requires`."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="waivers")
    modality = code_key(verbose_name=_("modality"))
    requirement = models.SlugField(_("condition"), max_length=60)

    class Meta:
        ordering: ClassVar[list[str]] = ["modality", "requirement"]
        constraints = [
            models.UniqueConstraint(fields=["settings", "modality", "requirement"], name="waiver_once")
        ]

    def __str__(self) -> str:
        return f"{self.modality_id}: {self.requirement}"


class ApprovingSeat(models.Model):
    """One approval a request needs, in the provider's order."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    organisation = organisation_key()
    used = models.BooleanField(_("used"), default=True)  # a seat that is not used is skipped

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["settings", "position"], name="seat_position_once"),
            models.UniqueConstraint(fields=["settings", "organisation"], name="seat_organisation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.organisation}"


class ConsultedMinistry(models.Model):
    """A ministry the provider usually asks for its opinion."""

    settings = models.ForeignKey(ProviderSettings, on_delete=models.CASCADE, related_name="ministries")
    organisation = organisation_key()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["settings", "organisation"], name="ministry_once")]

    def __str__(self) -> str:
        return str(self.organisation)


def settings_of(provider_id: int, day: date | None = None) -> ProviderSettings:
    """The version in force on a day (today): the last one made whose day has come. Without any: the defaults."""
    begun = Q(in_force_from__isnull=True) | Q(in_force_from__lte=day or clock.today())
    held = ProviderSettings.objects.filter(begun, provider_id=provider_id).order_by("-version").first()
    return held or _defaults(provider_id)


def settings_for(case: "UnderSettings") -> ProviderSettings:
    """The settings a case goes by: those it began under. One SQL statement, once for the case's object."""
    return case.settings or _defaults(case.provider_id)


def _defaults(provider_id: int) -> ProviderSettings:
    return ProviderSettings(provider_id=provider_id, preset="default")


class UnderSettings(models.Model):
    """A case that goes by the settings of its provider as they stood when it began."""

    provider_id: int
    provider: Any
    modality_id: str
    # Nothing: its provider had none then, and the defaults hold.
    settings = models.ForeignKey(
        ProviderSettings,
        verbose_name=_("settings"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever opens a case, by whatever door: it begins under the version in force."""
        if self._state.adding and self.settings_id is None:
            self.settings_id = settings_of(self.provider_id).pk
        super().save(*args, **kwargs)

    @cached_property
    def approving_organisations(self) -> list[int]:
        """The seats that approve, in the order of its settings; where they use none, the agency's own."""
        seats = ApprovingSeat.objects.filter(settings_id=self.settings_id, used=True)
        return list(seats.values_list("organisation_id", flat=True)) or [self.provider_id]

    @cached_property
    def waived(self) -> frozenset[str]:
        """The conditions its settings do not ask in its modality: one SQL statement, kept for the object."""
        held = Waiver.objects.order_by().filter(settings_id=self.settings_id, modality_id=self.modality_id)
        return frozenset(held.values_list("requirement", flat=True)) if self.settings_id else frozenset()
