"""A version of settings, as something with a record, an address and drafts."""

from typing import ClassVar

from django.urls import reverse
from django.utils.translation import get_language, gettext as _, gettext_lazy

from taawun.cycle.models import ProviderSettings


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
