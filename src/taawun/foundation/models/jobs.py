"""Long work: what was begun, how far it is, what became of each of its items."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from taawun.foundation import clock
from taawun.foundation.models.accounts import User


class JobStage(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("job", "Waiting")
    RUNNING = "running", pgettext_lazy("job", "Running")
    DONE = "done", pgettext_lazy("job", "Done")
    CANCELLED = "cancelled", pgettext_lazy("job", "Cancelled")
    FAILED = "failed", pgettext_lazy("job", "Failed")


class ItemState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("item of a job", "Waiting")
    DONE = "done", pgettext_lazy("item of a job", "Done")
    SKIPPED = "skipped", pgettext_lazy("item of a job", "Skipped")
    FAILED = "failed", pgettext_lazy("item of a job", "Failed")


OPEN_STAGES = (JobStage.WAITING, JobStage.RUNNING)


class Job(models.Model):
    """Long work somebody began, theirs alone to see. `done`, `skipped` and `failed` count its items.

    `key` keeps one person from beginning the same work twice ("" = may be begun again). (case_kind, case_id) is the
    case it is about, if any. `result`: {"address", "label"} of what can be fetched. `reason`: why it ended
    otherwise than done, in the language of its owner.
    """

    kind = models.SlugField(max_length=60)
    title = models.CharField(max_length=300)
    actor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120, blank=True)
    case_kind = models.CharField(max_length=30, blank=True)
    case_id = models.BigIntegerField(null=True, blank=True)
    arguments = models.JSONField(default=dict)
    stage = models.CharField(max_length=10, choices=JobStage.choices, default=JobStage.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancel_asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["actor", "-id"], name="job_by_actor"),
            models.Index(
                fields=["touched_at"], name="job_open", condition=Q(stage__in=["waiting", "running"])
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "kind", "key"], name="job_begun_once", condition=~Q(key="")
            ),
            models.CheckConstraint(condition=Q(stage__in=JobStage.values), name="job_at_a_stage"),
            models.CheckConstraint(
                condition=Q(total__gte=models.F("done") + models.F("skipped") + models.F("failed")),
                name="job_counts_no_item_twice",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.stage in OPEN_STAGES

    @property
    def handled(self) -> int:
        """How many items are through, one way or another."""
        return self.done + self.skipped + self.failed

    @property
    def result_address(self) -> str:
        """Where its result is fetched; nothing where there is none."""
        return str(self.result.get("address", ""))


class JobItem(models.Model):
    """One piece of a job, named by its key within it. `address`: what came of it; `reason`: why it was not done."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    reason = models.TextField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "key"], name="job_item_once"),
            models.CheckConstraint(condition=Q(state__in=ItemState.values), name="job_item_in_a_state"),
        ]
        indexes = [
            models.Index(fields=["job", "number"], name="job_item_by_number"),
            models.Index(
                fields=["job", "number"], name="job_item_waiting", condition=Q(state=ItemState.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.key
