"""One published activity, and its text as it came."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.foundation.searching import Words
from taawun.interchange.models.columns import part_of_activity, raw
from taawun.interchange.models.feeds import Feed
from taawun.interchange.models.loads import Load
from taawun.interchange.texts import best

ACTIVITY_WORDS = ("identifier", "words")


class PublishedActivity(models.Model):
    """What a publisher says about one piece of its own work. It is no case of ours: no seat acts on it (ADR 24).

    Texts are by language, "" where the file names none. `sums`: by kind and type of amount, then by currency.
    `parts`: how many parties, results and so on it has. `words`: what it is found by.
    """

    kind: ClassVar[str] = "published"

    identifier = models.CharField(_("identifier"), max_length=500, unique=True)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="activities")
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+")  # that wrote it last
    digest = models.CharField(max_length=64)  # of its own XML
    standard = raw()
    reporting_ref = raw()
    reporting_type = raw()
    reporting_names = models.JSONField(default=dict)
    titles = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)  # by type, then by language
    words = models.TextField(blank=True)
    status = raw()
    planned_start = models.DateField(null=True)
    actual_start = models.DateField(null=True)
    planned_end = models.DateField(null=True)
    actual_end = models.DateField(null=True)
    starts_on = models.GeneratedField(
        expression=Coalesce(F("actual_start"), F("planned_start")),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    ends_on = models.GeneratedField(
        expression=Coalesce(F("actual_end"), F("planned_end")),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    language = raw()
    currency = raw()
    hierarchy = raw()
    humanitarian = models.BooleanField(null=True)
    updated_at = models.DateTimeField(null=True)
    scope = raw()
    collaboration_type = raw()
    flow_type = raw()
    finance_type = raw()
    aid_type = raw()
    tied = raw()
    other_identifiers = models.JSONField(default=list)
    sums = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    shares_not_derived = models.JSONField(default=dict)  # why, by kind of share

    class Meta:
        verbose_name = _("published activity")
        verbose_name_plural = _("published activities")
        indexes = [
            models.Index(fields=["feed", "-id"], name="published_by_feed"),
            models.Index(fields=["load"], name="published_by_load"),
            models.Index(fields=["starts_on", "ends_on"], name="published_by_period"),
            models.Index(fields=["status", "-id"], name="published_by_status"),
            GinIndex(Words(*ACTIVITY_WORDS), name="published_words"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(identifier=""), name="published_has_an_identifier"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="published_has_its_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.identifier

    def get_absolute_url(self) -> str:
        return reverse("interchange:activity", args=[self.pk])

    @property
    def title(self) -> str:
        """In the reader's language, else in English, else in the first there is; else the identifier."""
        return best(self.titles).text or self.identifier

    @property
    def title_language(self) -> str:
        """The language of that title."""
        return best(self.titles).language


class PublishedXml(models.Model):
    """The text of an activity as it came (canonical XML, deflated): what is held, and what was held before it."""

    activity = part_of_activity(related_name="texts")
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+")
    is_former = models.BooleanField(default=False)
    standard = raw()
    deflated = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "is_former"], name="published_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.load_id}"
