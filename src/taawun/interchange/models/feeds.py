"""Publishers, as their files come in."""

from typing import Any

from django.db import models
from django.db.models import Q

from taawun.foundation import clock


class Feed(models.Model):
    """A publisher as we receive it: whose files, from where, under which licence, to be named how.

    `reference` is the reporting organisation's identifier, as its files write it.
    """

    reference = models.CharField(max_length=200, unique=True)
    names = models.JSONField(default=dict)
    address = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="feed_has_a_reference")]

    def __str__(self) -> str:
        return next(iter(self.told.values()), "") or self.reference

    @property
    def told(self) -> dict[str, Any]:
        """The names by language that are not empty."""
        return {language: name for language, name in self.names.items() if name}
