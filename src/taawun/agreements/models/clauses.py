"""The clauses an agency maintains for the papers it writes, in versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from taawun.agreements.models.instruments import InstrumentKind
from taawun.cycle.models import code_key, organisation_key
from taawun.foundation import clock


class Standing(models.TextChoices):
    """What an agency says of a clause: its own wording, the usual one, or that it does without it."""

    OWN = "own", pgettext_lazy("clause", "The agency's own text")
    USUAL = "usual", pgettext_lazy("clause", "The usual text")
    LEFT_OUT = "left-out", pgettext_lazy("clause", "Left out")


COMPOSED = (InstrumentKind.RECORD_OF_DISCUSSIONS, InstrumentKind.AMENDMENT, InstrumentKind.NOTE_VERBALE)


class Clause(models.Model):
    """One version of a clause of an agency, for one kind of paper and one modality (none: every modality).

    Once made it is never edited: a change is the next version, with its reason. Titles and texts stand by language; a
    version of the usual text (the one of every modality, or the one that comes with the program) has none of its own.
    """

    kind: ClassVar[str] = "clause"
    is_example: ClassVar[bool] = False

    provider = organisation_key(verbose_name=gettext_lazy("provider"))
    instrument = models.CharField(
        gettext_lazy("instrument"), max_length=30, choices=[(one.value, one.label) for one in COMPOSED]
    )
    key = models.SlugField(max_length=40)
    modality = code_key(verbose_name=gettext_lazy("modality"), null=True, blank=True)
    version = models.PositiveIntegerField(gettext_lazy("version"))
    standing = models.CharField(gettext_lazy("text used"), max_length=10, choices=Standing.choices)
    position = models.PositiveSmallIntegerField(gettext_lazy("place in the order"))
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    reason = models.CharField(gettext_lazy("reason"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["provider", "instrument", "key", "modality_id", "-version"]
        verbose_name = gettext_lazy("clause")
        verbose_name_plural = gettext_lazy("clauses")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "instrument", "key", "modality", "version"],
                nulls_distinct=False,
                name="clause_version_once",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="clause_versions_count_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="clause_version_has_a_reason"),
            models.CheckConstraint(
                condition=(Q(standing="own") & ~Q(texts={})) | (~Q(standing="own") & Q(texts={})),
                name="own_clause_says_something",
            ),
        ]

    def __str__(self) -> str:
        return self.case_title()

    def get_absolute_url(self) -> str:
        return reverse("agreements:clause-version", args=[self.pk])

    def case_code(self) -> str:
        """It has no number that people quote."""
        return ""

    def case_title(self) -> str:
        """Of which paper, whose, which version."""
        words: dict[str, Any] = {
            "instrument": self.get_instrument_display(),
            "provider": self.provider.name,
            "number": self.version,
        }
        return _("Clause of the %(instrument)s of %(provider)s, version %(number)s") % words

    def case_language(self) -> str:
        """The title is in the reader's language."""
        return get_language() or "en"
