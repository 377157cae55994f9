"""What the parties exchanged and signed: notes verbales, the Record of Discussions, minutes."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import LANGUAGES, CooperationRequest, Operation, Party, organisation_key
from taawun.directory.models import Organisation
from taawun.foundation.searching import Words
from taawun.papers.models import File


class InstrumentKind(models.TextChoices):
    NOTE_VERBALE = "note-verbale", pgettext_lazy("instrument", "Note verbale")
    NOTE_VERBALE_REPLY = "note-verbale-reply", pgettext_lazy("instrument", "Reply to the note verbale")
    RECORD_OF_DISCUSSIONS = "record-of-discussions", pgettext_lazy("instrument", "Record of Discussions")
    MINUTES = "minutes", pgettext_lazy("instrument", "Minutes of meeting")
    AMENDMENT = "amendment", pgettext_lazy("instrument", "Amendment to the Record of Discussions")


INSTRUMENT_WORDS = ("number", "place")
OF_REQUEST = (InstrumentKind.NOTE_VERBALE, InstrumentKind.NOTE_VERBALE_REPLY)
OF_OPERATION = (InstrumentKind.RECORD_OF_DISCUSSIONS, InstrumentKind.MINUTES, InstrumentKind.AMENDMENT)


def case_key(model: Any, **options: Any) -> Any:
    """A foreign key to a case, queried from above."""
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.PROTECT, related_name="+", **options
    )


class Instrument(models.Model):
    """A paper that binds: of a request (the notes exchanged) or of an operation (what was signed on it).

    A letter has its `text`, in the prevailing language; a signed paper has language versions. From `frozen_on` on it
    has left the house and never changes.
    """

    kind = models.CharField(_("kind"), max_length=30, choices=InstrumentKind.choices, editable=False)
    coop_request = case_key(CooperationRequest)
    operation = case_key(Operation)
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    prevailing_language = models.CharField(
        _("prevailing language"), max_length=10, choices=LANGUAGES, blank=True
    )
    text = models.TextField(_("text"), max_length=12000, blank=True)
    scan = models.ForeignKey(
        File, verbose_name=_("signed scan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    on_behalf_of = organisation_key(null=True, blank=True, editable=False)
    frozen_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["dated_on", "pk"]
        verbose_name = _("instrument")
        indexes = [
            # The gate of the register reads these three, and no line of the table.
            models.Index(
                fields=["operation"],
                include=["id"],
                name="instrument_of_operation",
                condition=Q(operation__isnull=False),
            ),
            models.Index(
                fields=["coop_request"],
                include=["id"],
                name="letter_that_left",
                condition=Q(coop_request__isnull=False, frozen_on__isnull=False),
            ),
            models.Index(
                fields=["coop_request"],
                include=["id"],
                name="letter_being_written",
                condition=Q(coop_request__isnull=False, frozen_on__isnull=True),
            ),
            GinIndex(Words(*INSTRUMENT_WORDS), name="instrument_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(coop_request__isnull=False, operation__isnull=True, kind__in=OF_REQUEST)
                | Q(coop_request__isnull=True, operation__isnull=False, kind__in=OF_OPERATION),
                name="instrument_of_one_case",
            ),
            models.UniqueConstraint(
                fields=["coop_request", "kind"],
                condition=Q(coop_request__isnull=False),
                name="one_note_and_one_reply",
            ),
            models.UniqueConstraint(
                fields=["operation"],
                condition=Q(kind=InstrumentKind.RECORD_OF_DISCUSSIONS),
                name="one_record_of_discussions",
            ),
            models.UniqueConstraint(
                fields=["operation"],
                condition=Q(kind=InstrumentKind.AMENDMENT, frozen_on__isnull=True),
                name="one_open_amendment",
            ),
            models.CheckConstraint(
                condition=Q(frozen_on__isnull=True)
                | ~Q(kind__in=OF_REQUEST)
                | (Q(dated_on__isnull=False) & ~Q(number="")),
                name="note_sent_has_number_and_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class LanguageVersion(models.Model):
    """The text of an instrument in one language: authentic, or a translation for information."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    authentic = models.BooleanField(_("authentic"), default=False)
    text = models.TextField(_("text"), max_length=20000)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("language version")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "language"], name="language_version_once"),
            models.CheckConstraint(condition=~Q(text=""), name="language_version_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.get_language_display())


class Signature(models.Model):
    """A person who signed for a party (or for an organisation that is none): signatories are persons, not users."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="signatures")
    party = models.ForeignKey(
        Party, verbose_name=_("party"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = organisation_key(verbose_name=_("organisation"), null=True, blank=True)
    name = models.CharField(_("name of the signatory"), max_length=150)
    title = models.CharField(_("title of the signatory"), max_length=150, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        verbose_name = _("signature")
        constraints = [
            models.CheckConstraint(
                condition=Q(party__isnull=False, organisation__isnull=True)
                | Q(party__isnull=True, organisation__isnull=False),
                name="signature_for_one_side",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="signature_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def side(self) -> Organisation:
        """The organisation signed for."""
        return self.party.organisation if self.party else self.organisation
