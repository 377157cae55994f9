"""Versions of an agency's settings and of its own Word templates, as things with a record and an address."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext_lazy

from taawun.cycle.models import LANGUAGES, ProviderSettings, organisation_key
from taawun.foundation import clock
from taawun.papers.kinds import named
from taawun.papers.models import File
from taawun.reference.models import CodeList


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


class UpdateStage(models.TextChoices):
    READ = "read", pgettext_lazy("update of a list", "Read, not applied")
    APPLIED = "applied", pgettext_lazy("update of a list", "Applied")
    UNDONE = "undone", pgettext_lazy("update of a list", "Undone")
    DISCARDED = "discarded", pgettext_lazy("update of a list", "Discarded")


class CodeListUpdate(models.Model):
    """A new version of a code list, read and shown before it is applied as one, and undone as one.

    `changes`: each code that becomes another, {code, what, before, after} as `reference.differences` tells it.
    `refusals`: what stands in the way, {line, code, why, named}. `told`: what the list says of itself after it;
    `before`: what it said, and where each code stood. `digest`: of the shipped file, where it came with the program.
    """

    kind: ClassVar[str] = "code-list-update"
    is_example: ClassVar[bool] = False

    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(
        max_length=10, choices=UpdateStage.choices, default=UpdateStage.READ, editable=False
    )
    file_name = models.CharField(gettext_lazy("file"), max_length=200)
    content = models.TextField(editable=False)
    version = models.CharField(gettext_lazy("version"), max_length=100)
    reason = models.CharField(gettext_lazy("reason"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    changes = models.JSONField(default=list, editable=False)
    refusals = models.JSONField(default=list, editable=False)
    told = models.JSONField(default=dict, editable=False)
    before = models.JSONField(default=dict, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=clock.now, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("update of a code list")
        verbose_name_plural = gettext_lazy("updates of code lists")
        indexes = [models.Index(fields=["code_list", "-id"], name="update_by_code_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=UpdateStage.values), name="code_list_update_at_a_stage"
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=False) | ~Q(stage__in=["applied", "undone"]),
                name="code_list_update_applied_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.case_title()

    def get_absolute_url(self) -> str:
        return reverse("governance:list-update", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be applied or given up."""
        return self.stage == UpdateStage.READ

    @property
    def may_apply(self) -> bool:
        """All or nothing: no row refused, something to do.

        A shipped version that changes no code does something too: the list is the shipped one again, and follows it.
        """
        return self.is_open and not self.refusals and bool(self.changes or self.digest)

    def count(self, what: str) -> int:
        """How many codes become that."""
        held: list[dict[str, Any]] = self.changes
        return sum(change["what"] == what for change in held)

    def case_code(self) -> str:
        """It has no number that people quote."""
        return ""

    def case_title(self) -> str:
        """Of which list, to which version."""
        return _("Update of the code list “%(list)s” to %(version)s") % {
            "list": self.code_list_id,
            "version": self.version,
        }

    def case_language(self) -> str:
        """The title is in the reader's language."""
        return get_language() or "en"
