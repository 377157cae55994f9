"""What is found: texts as search keeps them, the words they are written with, how far the index has come."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from taawun.foundation import clock
from taawun.foundation.readable import joined


class SearchText(models.Model):
    """An object's text in one language, as its room tells it: derived, and written anew whenever that changes.

    `vector` is built by us (`search.vectors`), the title's words with weight A. `digest` tells whether anything
    changed. `alone`: the object has no text in another language, so that counting rows counts objects.
    """

    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    language = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=300)
    code = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=400)
    body = models.TextField(blank=True)
    names = models.JSONField(default=list)  # of the organisations it names, each by language
    country = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=120, blank=True)
    modality = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=30, blank=True)
    day = models.DateField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    alone = models.BooleanField(default=True)
    vector = SearchVectorField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "language"], name="search_text_once")
        ]
        indexes = [
            GinIndex(fields=["vector"], name="search_text_words"),
            models.Index(fields=["-added_at"], name="search_text_added"),
            models.Index(fields=["day"], name="search_text_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    @property
    def text(self) -> str:
        """All it is found by below its title."""
        return joined(self.body, *(name for each in self.names for name in each.values()))


class TextMeaning(models.Model):
    """What a text means to a model: a vector only that model understands, so that those of two are never compared.

    It is of the text as it was when `digest` was; empty where it is being made, or where `tries` were in vain.
    `moved` goes up with each that is written: whoever holds those up to one number reads what comes after.
    """

    text = models.OneToOneField(
        SearchText, on_delete=models.CASCADE, primary_key=True, related_name="meaning"
    )
    model = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    vector = models.BinaryField(default=bytes)
    tries = models.PositiveSmallIntegerField(default=0)
    moved = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["moved"], name="search_meaning_moved")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.model}"


class Term(models.Model):
    """A word somebody wrote, folded, and in how many texts it stands.

    `near`: the word, and the word without each of its letters in turn: two words that are one slip apart share one.
    """

    term = models.CharField(max_length=60, primary_key=True)
    documents = models.IntegerField()
    near = ArrayField(models.CharField(max_length=60))

    class Meta:
        indexes = [GinIndex(fields=["near"], name="search_term_near")]

    def __str__(self) -> str:
        return self.term


class Mark(models.Model):
    """How far something has come: the last key done; for the record, below which transaction all was seen."""

    name = models.CharField(max_length=60, primary_key=True)
    last = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class SavedSearch(models.Model):
    """A search somebody keeps under a name; `asked` is its address without the page. Looked at when it is run."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    asked = models.CharField(max_length=4000)  # in an address each letter of Arabic takes six signs
    looked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        verbose_name = _("saved search")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_search_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_search_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
