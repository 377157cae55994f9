"""The clauses of a signed paper's texts, and the texts it had before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taawun.agreements.models.instruments import Instrument, LanguageVersion
from taawun.cycle.models import LANGUAGES
from taawun.foundation import clock


class EarlierText(models.Model):
    """The text a paper had in one language until it was written anew: the last of a version. It never changes."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="earlier")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    of_version = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    replaced_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-of_version", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "language", "of_version"], name="earlier_text_of_a_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.of_version}"


class VersionClause(models.Model):
    """A clause of a text as it stands, or as it stood: beside the whole text, which stays as it was written."""

    version = models.ForeignKey(
        LanguageVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="clauses"
    )
    earlier = models.ForeignKey(
        EarlierText, null=True, blank=True, on_delete=models.CASCADE, related_name="clauses"
    )
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    number = models.CharField(max_length=4, blank=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    # The wording of the agency's clause it was composed in, in short; "" where it was composed of none.
    origin = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False, earlier__isnull=True)
                | Q(version__isnull=True, earlier__isnull=False),
                name="clause_of_one_text",
            ),
            models.UniqueConstraint(fields=["version", "key"], name="clause_of_a_version_once"),
            models.UniqueConstraint(fields=["earlier", "key"], name="clause_of_an_earlier_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.title else self.text[:60]
