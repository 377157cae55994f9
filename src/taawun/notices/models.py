"""What an agency decides about its mail: whether it is held, and its own texts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.mail_texts import LONGEST_SUBJECT, Text


class OutboxHold(models.Model):
    """Whether an agency keeps its mail back: what is written then waits until somebody releases it."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.on}"


class MailText(models.Model):
    """A version of an agency's own text of a kind of mail in one language; the last one is in force.

    `built_in`: in this version the agency went back to the text that comes with the program.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    built_in = models.BooleanField(default=False)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("text"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "language", "version"], name="mail_text_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.version}"

    @property
    def text(self) -> Text:
        """Its words, fields unfilled."""
        return Text(self.subject, self.body)
