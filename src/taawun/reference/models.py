"""Code lists: facts others maintain, named in several languages. They come from the files in `data`.

A record stores a code's id, `country:MM`, which says what it is wherever it is met. A code is withdrawn,
never deleted, so that old records keep their meaning.
"""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat


class Order(models.TextChoices):
    """How a list is offered. Not shown to anyone, so not translated."""

    BY_NAME = "by-name"
    AS_GIVEN = "as-given"


class CodeList(models.Model):
    """A list somebody maintains: countries, currencies, sectors."""

    slug = models.CharField(primary_key=True, max_length=40)
    names = models.JSONField()  # by language; English is always there
    origin = models.CharField(max_length=200)
    licence = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    order = models.CharField(max_length=10, choices=Order.choices, default=Order.BY_NAME)
    digest = models.CharField(max_length=64)  # of the file it was loaded from, which is not read twice
    changed_at = models.DateTimeField(null=True)  # when its present contents came in
    is_own = models.BooleanField(
        default=False
    )  # by an update of this installation: no shipped file replaces it
    waiting = models.JSONField(
        null=True
    )  # the shipped version held back for it: {"digest", "told", "content"}

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(names__has_key="en"), name="code_list_named_in_english"),
        ]

    text_language = "en"  # of origin, licence and version

    def __str__(self) -> str:
        return self.slug


class Code(models.Model):
    """One entry of a list, for instance `sector:22012`, postal services."""

    id = models.CharField(primary_key=True, max_length=90)  # the list's slug, a colon, the code
    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=48)
    position = models.PositiveIntegerField()  # its place in the file
    names = models.JSONField()  # by language; English is always there
    also = models.JSONField(default=dict)  # what other systems call it: {"alpha-3": "MMR", "dac": "635"}
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)  # the last day it could be chosen
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["code_list", "position"]
        constraints = [
            models.UniqueConstraint(fields=["code_list", "code"], name="code_once_in_its_list"),
            models.CheckConstraint(
                condition=Q(id=Concat(F("code_list"), Value(":"), F("code"))),
                name="code_id_says_list_and_code",
            ),
            models.CheckConstraint(condition=Q(names__has_key="en"), name="code_named_in_english"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="code_valid_from_before_to",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="code_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.id
