"""Who does not sign in: when an organisation was marked on paper, and when no longer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.directory.models.people import Organisation
from taawun.foundation import clock


class PaperMark(models.Model):
    """An organisation was marked on paper, or found to sign in again: by whom, when, why. Never changed afterwards.

    `scope` is the organisation whose administrator did it. `Organisation.on_paper` says what holds today.
    """

    kind: ClassVar[str] = "paper-mark"

    organisation = models.ForeignKey(
        Organisation, editable=False, on_delete=models.PROTECT, related_name="paper_marks"
    )
    on_paper = models.BooleanField(editable=False)
    scope = models.ForeignKey(Organisation, editable=False, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = _("paper mark")

    def __str__(self) -> str:
        return self.organisation.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation", args=[self.organisation_id])

    def case_code(self) -> str:
        """A mark has no number."""
        return ""

    def case_title(self) -> str:
        """What lists of worked-on things call it."""
        return str(self)

    def case_language(self) -> str:
        """Names are shown in the reader's language."""
        return ""
