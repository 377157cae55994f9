"""Paper that came in: scans, pictures and workbooks, checked, opened through the gate of what they belong to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock

PENDING = "pending"


class FileKind(models.TextChoices):
    PDF = "pdf", pgettext_lazy("kind of file", "PDF")
    PNG = "png", pgettext_lazy("kind of file", "PNG")
    JPEG = "jpeg", pgettext_lazy("kind of file", "JPEG")
    XLSX = "xlsx", pgettext_lazy("kind of file", "Excel workbook (.xlsx)")
    DOCX = "docx", pgettext_lazy("kind of file", "Word document (.docx)")
    XML = "xml", pgettext_lazy("kind of file", "XML")


class File(models.Model):
    """Bytes that were checked, and whose they are. It never changes; a better scan is another file.

    (gate, subject_id) names what it belongs to: the gate registered under that slug says who may open it. While it is
    `pending` it belongs to the person who sent it, for the form they have not finished. `location_removed`: what was
    sent said where the picture was taken; what is kept does not.
    """

    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind.choices, editable=False)
    original_name = models.CharField(_("name"), max_length=150, editable=False)
    stored_name = models.CharField(max_length=80, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    gate = models.SlugField(max_length=30)
    subject_id = models.BigIntegerField()
    location_removed = models.BooleanField(_("location removed"), default=False, editable=False)
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        verbose_name = _("file")
        indexes = [
            models.Index(fields=["uploaded_by", "sha256"], name="file_pending", condition=Q(gate=PENDING)),
            models.Index(fields=["gate", "subject_id"], name="file_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="file_of_a_known_kind"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_has_its_digest"),
            models.CheckConstraint(condition=~Q(gate=""), name="file_has_a_gate"),
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("papers:file", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for the form it was sent with."""
        return self.gate == PENDING
