"""A batch: one workbook, previewed cell by cell, applied as one, undone as one."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.batches.definitions import Definition, definition_of
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.papers.models import File


class Stage(models.TextChoices):
    PREVIEWED = "previewed", pgettext_lazy("batch", "Previewed")
    APPLIED = "applied", pgettext_lazy("batch", "Applied")
    UNDONE = "undone", pgettext_lazy("batch", "Undone")
    DISCARDED = "discarded", pgettext_lazy("batch", "Discarded")


class Verdict(models.TextChoices):
    ADDED = "added", pgettext_lazy("row of a batch", "Added")
    CHANGED = "changed", pgettext_lazy("row of a batch", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("row of a batch", "As it is")
    CONFLICTING = "conflicting", pgettext_lazy("row of a batch", "Conflicting")
    REFUSED = "refused", pgettext_lazy("row of a batch", "Refused")


MOVES = (Verdict.ADDED, Verdict.CHANGED)
STOPS = (Verdict.CONFLICTING, Verdict.REFUSED)


class Batch(models.Model):
    """A workbook one organisation sent for one sheet (`definition`). Nothing of it counts before it is applied.

    `problems` and `notices` tell of the sheet itself: where, and why as a code of `reasons`. `counts`: rows by verdict.
    """

    kind: ClassVar[str] = "batch"

    definition_slug = models.SlugField(max_length=60, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.PREVIEWED, editable=False
    )
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+", editable=False)
    problems = models.JSONField(default=list, editable=False)
    notices = models.JSONField(default=list, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)
    looked_at = models.DateTimeField(default=clock.now, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    class Meta:
        verbose_name = _("batch")
        indexes = [models.Index(fields=["organisation", "-id"], name="batch_by_organisation")]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="batch_at_a_stage"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | ~Q(stage__in=["applied", "undone"]),
                name="batch_applied_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.file.original_name

    def get_absolute_url(self) -> str:
        return reverse("batches:batch", args=[self.pk])

    @property
    def definition(self) -> Definition | None:
        """The sheet it was made for; nothing where this release knows it no more."""
        return definition_of(self.definition_slug)

    @property
    def label(self) -> Any:
        """What the sheet is for."""
        return self.definition.label if self.definition else self.definition_slug

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be applied or given up."""
        return self.stage == Stage.PREVIEWED

    @property
    def moving(self) -> int:
        """How many rows would add or change something."""
        return sum(self.counts.get(verdict, 0) for verdict in MOVES)

    @property
    def stopping(self) -> int:
        """How many rows stand in the way."""
        return sum(self.counts.get(verdict, 0) for verdict in STOPS)

    @property
    def may_apply(self) -> bool:
        """All or nothing: no problem of the sheet, no row refused, something to do."""
        return self.is_open and not self.problems and not self.stopping and bool(self.moving)

    def case_code(self) -> str:
        return ""

    def case_title(self) -> str:
        return str(self)

    def case_language(self) -> str:
        return ""

    def case_country(self) -> str:
        return ""


class BatchRow(models.Model):
    """A row of the sheet: what each cell says, what stands there now, what would become of it, and why not.

    `cells`: by field, {at, raw, value, before?, why?}. `why` is of the row as a whole. (subject_kind, subject_id) is
    what it makes or changes, `subject_version` the version the judgement rests on, `event_id` the entry it left when
    it was applied.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    key = models.CharField(_("key"), max_length=300, blank=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict.choices)
    cells = models.JSONField()
    why = models.JSONField(default=list)
    base_version = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_version = models.BigIntegerField(null=True)
    event_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="batch_row_judged"),
        ]
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id"],
                name="batch_row_by_subject",
                condition=Q(event_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verdict}"
