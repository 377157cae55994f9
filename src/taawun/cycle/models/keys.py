"""What several models of the path share: their languages, and keys to what others keep."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from taawun.directory.models import Organisation
from taawun.reference.models import Code

LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]


def code_key(**options: Any) -> Any:
    """A foreign key to a code of `reference`."""
    return models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+", **options)


def organisation_key(**options: Any) -> Any:
    """A foreign key to an organisation, queried from above."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", **options)
