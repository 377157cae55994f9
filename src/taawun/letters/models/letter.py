"""A letter as one organisation registers it: numbered, dated, from whom, to whom, about what, with its scan."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _g, gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import CooperationRequest, Lot, Operation, code_key, organisation_key
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.papers.models import File


class Direction(models.TextChoices):
    IN = "in", pgettext_lazy("letter", "In")
    OUT = "out", pgettext_lazy("letter", "Out")


def case_key(model: Any, **options: Any) -> Any:
    """A foreign key to what a letter is about, queried from above."""
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False, **options
    )


class Register:
    """The register of one organisation, for what its people begin to write there (`foundation.editing`)."""

    kind: ClassVar[str] = "register"
    is_example = False

    def __init__(self, organisation: Organisation) -> None:
        self.organisation, self.pk = organisation, organisation.pk

    def case_code(self) -> str:
        """A register has no number."""
        return ""

    def case_title(self) -> str:
        """Whose register it is."""
        return _g("Register of letters: %(organisation)s") % {"organisation": self.organisation.name}

    def case_language(self) -> str:
        """Its title is told in the reader's language."""
        return ""


class Letter(models.Model):
    """A letter in the register of one organisation. Entered once, corrected or struck out, never removed.

    `year` and `entry` are the register's own number, without gap; `number` is the writer's. `shared`: the other
    side holds the same letter in its own register. `made_by`: the step that sent it, where none typed it.
    """

    kind: ClassVar[str] = "letter"

    organisation = organisation_key(verbose_name=_("register of"), editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    entry = models.PositiveIntegerField(_("entry"), editable=False)
    direction = models.CharField(_("in or out"), max_length=3, choices=Direction.choices)
    number = models.CharField(_("number given by the writer"), max_length=60, blank=True)
    dated_on = models.DateField(_("date of the letter"))
    passed_on = models.DateField(_("received or sent on"))
    correspondent = organisation_key(verbose_name=_("organisation"), null=True, blank=True)
    correspondent_name = models.CharField(_("name of the correspondent"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    language = code_key(verbose_name=_("language"), null=True, blank=True)
    scan = models.ForeignKey(
        File, verbose_name=_("scan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answers = models.ForeignKey(
        "self",
        verbose_name=_("answers the letter"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="answered_by",
    )
    coop_request = case_key(CooperationRequest)
    operation = case_key(Operation)
    lot = case_key(Lot)
    made_by = models.SlugField(max_length=40, blank=True, editable=False)
    shared = models.BooleanField(default=False, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=clock.now, editable=False)
    struck_on = models.DateField(null=True, blank=True, editable=False)
    struck_reason = models.CharField(max_length=500, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_example = models.BooleanField(_("example"), default=False, editable=False)

    class Meta:
        verbose_name = _("letter")
        indexes = [
            models.Index(fields=["organisation", "-year", "-entry"], name="letter_by_register"),
            models.Index(
                fields=["coop_request"], name="letter_by_request", condition=Q(coop_request__isnull=False)
            ),
            models.Index(
                fields=["operation"], name="letter_by_operation", condition=Q(operation__isnull=False)
            ),
            models.Index(fields=["lot"], name="letter_by_lot", condition=Q(lot__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "entry"], name="letter_entered_once"),
            models.CheckConstraint(condition=Q(entry__gte=1), name="letters_count_from_one"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="letter_in_or_out"),
            models.CheckConstraint(
                condition=Q(correspondent__isnull=False) | ~Q(correspondent_name=""),
                name="letter_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(passed_on__gte=F("dated_on")), name="letter_dated_before_it_passes"
            ),
            models.CheckConstraint(
                condition=Q(coop_request__isnull=True, operation__isnull=True)
                | Q(coop_request__isnull=True, lot__isnull=True)
                | Q(operation__isnull=True, lot__isnull=True),
                name="letter_about_one_case",
            ),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True) | ~Q(struck_reason=""), name="letter_struck_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | ~Q(answers=F("id")), name="letter_answers_another"
            ),
            models.UniqueConstraint(
                fields=[
                    *("organisation", "made_by", "coop_request", "operation", "lot"),
                    *("number", "correspondent"),
                ],
                condition=~Q(made_by=""),
                nulls_distinct=False,
                name="letter_of_a_step_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.pk])

    @property
    def code(self) -> str:
        """The register's own number, as people quote it."""
        return f"{self.year}-{self.entry:04d}"

    @property
    def correspondent_called(self) -> str:
        """The other side: an organisation known here in the reader's language, or as it was written down."""
        return self.correspondent.name if self.correspondent else self.correspondent_name

    @property
    def sender(self) -> str:
        """From whom."""
        return self.correspondent_called if self.direction == Direction.IN else self.organisation.name

    @property
    def addressee(self) -> str:
        """To whom."""
        return self.organisation.name if self.direction == Direction.IN else self.correspondent_called

    @property
    def case_held(self) -> CooperationRequest | Operation | None:
        """The request or operation it is about; the letter of a lot is about several."""
        return self.operation or self.coop_request

    @property
    def text_language(self) -> str:
        """The language its subject is written in."""
        return (self.language_id or "").partition(":")[2]

    def case_code(self) -> str:
        return self.code

    def case_title(self) -> str:
        return self.subject

    def case_language(self) -> str:
        return self.text_language

    def case_country(self) -> str:
        return ""
