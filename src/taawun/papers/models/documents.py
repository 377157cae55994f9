"""Paper that goes out: documents made of what a page said, frozen, numbered, checkable by anyone."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock
from taawun.papers.models.files import File
from taawun.ui import words

# What a document said never changes; only what was erased with a person or a case becomes empty.
FROZEN = [
    *("paper", "title", "language", "second_language", "gate", "subject_id", "case_code", "address"),
    *("number", "check_code", "sha256", "made_by", "made_at", "is_example"),
    *("template", "template_version"),
]


class Document(models.Model):
    """A paper as it was when somebody made it: its whole page, the hash of it, its own number, who and when.

    (gate, subject_id) names who may open it, as for a file. `check_code` is the secret in its QR code: whoever holds
    the paper may ask whether it is the one that was made, and learns nothing else. Where the agency has a Word template
    of its own, which one and the `fields` it is filled with are frozen too, and the hash covers them.
    """

    paper = models.SlugField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=10)
    second_language = models.CharField(_("second language"), max_length=10, blank=True)
    gate = models.SlugField(max_length=30)
    subject_id = models.BigIntegerField()
    case_code = models.CharField(_("case"), max_length=60, blank=True)
    address = models.CharField(max_length=300)
    number = models.CharField(_("number"), max_length=80, unique=True)
    check_code = models.CharField(max_length=40, unique=True)
    page = models.TextField()
    fields = models.JSONField(null=True)
    template = models.ForeignKey(File, null=True, on_delete=models.PROTECT, related_name="+")
    template_version = models.PositiveIntegerField(null=True)
    sha256 = models.CharField(_("SHA-256 hash"), max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), default=clock.now)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("document")
        ordering: ClassVar[list[str]] = ["-pk"]
        indexes = [
            models.Index(fields=["gate", "subject_id", "-id"], name="document_by_subject"),
            models.Index(fields=["made_by", "-id"], name="document_by_maker"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(gate=""), name="document_has_a_gate"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="document_has_its_digest"
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="stays_as_made", fields=FROZEN)]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("papers:document", args=[self.pk])

    def get_languages(self) -> str:
        """Its language, or the two that stand side by side, by their own names."""
        return words.listed(words.own_name(code) for code in (self.language, self.second_language) if code)


class Format(models.TextChoices):
    PDF = "pdf", pgettext_lazy("kind of file", "PDF")
    DOCX = "docx", pgettext_lazy("kind of file", "Word (DOCX)")


class Rendering(models.Model):
    """A document in one format: asked for, then made by the worker, or why it could not be."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("rendering", "Being made")
        MADE = "made", pgettext_lazy("rendering", "Made")
        FAILED = "failed", pgettext_lazy("rendering", "Could not be made")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="renderings")
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    status = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    file = models.OneToOneField(File, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    reason = models.SlugField(max_length=40, blank=True)
    built_in = models.BooleanField(default=False)  # asked for without the agency's own template
    asked_at = models.DateTimeField(default=clock.now)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-format"]
        constraints = [
            models.UniqueConstraint(fields=["document", "format"], name="rendering_once"),
            models.CheckConstraint(
                condition=Q(status="made", file__isnull=False, made_at__isnull=False)
                | (Q(file__isnull=True) & ~Q(status="made")),
                name="rendering_made_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.format}"
