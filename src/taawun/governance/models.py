"""Versions of an agency's settings and of its own Word templates, as things with a record and an address."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.cycle.models import LANGUAGES, ProviderSettings, organisation_key
from taawun.foundation import clock
from taawun.papers.kinds import named
from taawun.papers.models import File


class Version(ProviderSettings):
    """One version of an agency's settings: it moves through no states, and is never edited."""

    kind: ClassVar[str] = "settings"

    class Meta:
        proxy = True
        verbose_name = gettext_lazy("version of the settings")
        verbose_name_plural = gettext_lazy("versions of the settings")

    def __str__(self) -> str:
        return self.case_title()

    def get_absolute_url(self) -> str:
        return reverse("governance:version", args=[self.pk])

    def case_code(self) -> str:
        """It has no number that people quote."""
        return ""

    def case_title(self) -> str:
        """Whose settings, and which version."""
        words = {"provider": self.provider.name, "number": self.version}
        return _("Settings of %(provider)s, version %(number)s") % words

    def case_language(self) -> str:
        """The title is in the reader's language."""
        return get_language() or "en"


class WordTemplate(models.Model):
    """One version of an agency's own Word template of a paper in a language; without a file: back to the built-in one.

    Never edited: a change is the next version, with its reason. Documents keep the one they were made with.
    """

    kind: ClassVar[str] = "word-template"
    is_example: ClassVar[bool] = False

    provider = organisation_key(verbose_name=gettext_lazy("provider"))
    paper = models.SlugField(gettext_lazy("kind"), max_length=40)
    language = models.CharField(gettext_lazy("language"), max_length=10, choices=LANGUAGES)
    version = models.PositiveIntegerField(gettext_lazy("version"))
    file = models.ForeignKey(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(gettext_lazy("reason"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["provider", "paper", "language", "-version"]
        verbose_name = gettext_lazy("Word template")
        verbose_name_plural = gettext_lazy("Word templates")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "paper", "language", "version"], name="word_template_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="word_template_counts_from_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="word_template_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.case_title()

    def get_absolute_url(self) -> str:
        return reverse("governance:word-template", args=[self.provider_id, self.paper, self.language])

    def case_code(self) -> str:
        """It has no number that people quote."""
        return ""

    def case_title(self) -> str:
        """Of which paper, whose, which version."""
        words = {"paper": named(self.paper), "provider": self.provider.name, "number": self.version}
        return _("Word template of %(provider)s: %(paper)s, version %(number)s") % words

    def case_language(self) -> str:
        """The title is in the reader's language."""
        return get_language() or "en"
