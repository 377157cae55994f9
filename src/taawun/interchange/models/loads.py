"""A load: one file of a publisher, read, applied as one, undone as one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock
from taawun.interchange.models.feeds import Feed
from taawun.papers.models import File


class Stage(models.TextChoices):
    READ = "read", pgettext_lazy("load of published activities", "Read")
    APPLIED = "applied", pgettext_lazy("load of published activities", "Applied")
    UNDONE = "undone", pgettext_lazy("load of published activities", "Undone")
    DISCARDED = "discarded", pgettext_lazy("load of published activities", "Discarded")


UNAPPLIED = (Stage.READ, Stage.DISCARDED)


class Verdict(models.TextChoices):
    ADDED = "added", pgettext_lazy("activity of a load", "New")
    CHANGED = "changed", pgettext_lazy("activity of a load", "Changed")
    UNCHANGED = "unchanged", pgettext_lazy("activity of a load", "As it is held")
    HELD_BACK = "held-back", pgettext_lazy("activity of a load", "Held back")


MOVES = (Verdict.ADDED, Verdict.CHANGED)


class Load(models.Model):
    """One file of a publisher: what it is, what it would do or did, when and by whom.

    `counts`: activities by verdict. `file` is there where it was sent by a page and can be read again.
    """

    kind: ClassVar[str] = "load"

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="loads")
    stage = models.CharField(
        _("stage"), max_length=10, choices=Stage.choices, default=Stage.READ, editable=False
    )
    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    standard = models.CharField(max_length=20)  # the version the file says it follows
    generated_at = models.CharField(max_length=60, blank=True)  # as the file writes it
    counts = models.JSONField(default=dict)
    file = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=clock.now)
    moves_before = models.BigIntegerField(default=0)  # how often the store had moved when it was compared
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("load")
        indexes = [
            models.Index(fields=["feed", "-id"], name="load_by_feed"),
            models.Index(fields=["digest"], name="load_by_digest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="load_at_a_stage"),
            models.CheckConstraint(
                condition=Q(stage__in=UNAPPLIED) | Q(applied_at__isnull=False), name="load_applied_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.UNDONE) | Q(undone_at__isnull=False), name="load_undone_at_a_time"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="load_has_its_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("interchange:load", args=[self.pk])

    @property
    def moving(self) -> int:
        """How many activities it adds or changes."""
        return sum(self.counts.get(verdict, 0) for verdict in MOVES)

    def case_code(self) -> str:
        return ""

    def case_title(self) -> str:
        return self.name

    def case_language(self) -> str:
        return ""

    def case_country(self) -> str:
        return ""


class LoadEntry(models.Model):
    """What a load makes of one activity; those that stay as they are held are only counted.

    `changes`: what differs from what was held, field by field. `why`: the reason it is held back, as a slug.
    """

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="entries")
    identifier = models.CharField(max_length=500)
    line = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    title = models.TextField(blank=True)
    why = models.CharField(max_length=30, blank=True)
    changes = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="load_entry_judged"),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.HELD_BACK) | ~Q(why=""), name="load_entry_held_back_for_a_reason"
            ),
            models.UniqueConstraint(fields=["load", "identifier"], name="load_entry_once"),
        ]
        indexes = [models.Index(fields=["load", "verdict", "id"], name="load_entry_by_verdict")]

    def __str__(self) -> str:
        return f"{self.identifier} {self.verdict}"


class LoadFinding(models.Model):
    """Something a reader of the file should know: where, of which activity, what; nothing that stopped it."""

    load = models.ForeignKey(Load, on_delete=models.CASCADE, related_name="findings")
    line = models.PositiveIntegerField(default=0)
    identifier = models.TextField(blank=True)
    slug = models.CharField(max_length=60)
    values = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["load", "slug", "id"], name="load_finding_by_slug")]

    def __str__(self) -> str:
        return f"{self.line} {self.slug}"
