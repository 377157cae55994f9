"""The tokens by which programs read what a person may see."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock


class TokenState(models.TextChoices):
    OPEN = "open", pgettext_lazy("token", "In use")
    ENDED = "ended", pgettext_lazy("token", "Ended")
    REVOKED = "revoked", pgettext_lazy("token", "Revoked")


class ApiToken(models.Model):
    """A secret word by which a program reads as a person. Its fingerprint alone is kept: nobody can show it again.

    `hint`: its first signs, by which its holder tells it from others. `used_at`: kept to the minute, not to the look.
    """

    kind: ClassVar[str] = "api-token"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("may read"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=20, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    ends_on = models.DateField(_("last day"))
    used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        verbose_name = _("token")
        indexes = [models.Index(fields=["user", "-id"], name="api_token_by_user")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_a_name"),
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="api_token_reads_something"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="api_token_digest"),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="api_token_revoked_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state_on(self, day: date) -> TokenState:
        """Whether it opens anything on a day."""
        if self.revoked_at:
            return TokenState.REVOKED
        return TokenState.OPEN if day <= self.ends_on else TokenState.ENDED
