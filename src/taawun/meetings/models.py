"""The joint coordinating committee of an operation, its meetings; the survey before the plan with its minutes."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.cycle.models import Operation, organisation_key
from taawun.directory.models import Person
from taawun.papers.models import File


def of_operation(**options: Any) -> Any:
    """A foreign key to the operation, queried from above."""
    return models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="+", **options)


class Committee(models.Model):
    """The joint coordinating committee; its version guards the list of its members."""

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("joint coordinating committee")

    def __str__(self) -> str:
        return str(self.operation_id)


class Capacity(models.TextChoices):
    CHAIR = "chair", pgettext_lazy("capacity on a committee", "Chair")
    MEMBER = "member", pgettext_lazy("capacity on a committee", "Member")
    OBSERVER = "observer", pgettext_lazy("capacity on a committee", "Observer")


class Member(models.Model):
    """A seat on the committee, from one day to another: of a person known here, or of one named in words."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    organisation = organisation_key(verbose_name=_("organisation"))
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    title = models.CharField(_("title"), max_length=150, blank=True)
    capacity = models.CharField(
        _("capacity"), max_length=10, choices=Capacity.choices, default=Capacity.MEMBER
    )
    held_from = models.DateField(_("from"))
    held_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["capacity", "pk"]  # the chair comes first in the alphabet too
        verbose_name = _("member")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""), name="committee_member_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_from")),
                name="committee_member_ends_later",
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(capacity=Capacity.CHAIR, held_to__isnull=True),
                name="one_chair_of_a_committee",
            ),
        ]

    def __str__(self) -> str:
        return self.known_as

    @property
    def known_as(self) -> str:
        """The person's name in the reader's script, else the name as it was written down."""
        return self.person.name if self.person else self.name


class MeetingKind(models.TextChoices):
    JCC = "jcc", pgettext_lazy("kind of meeting", "Joint coordinating committee")


class Meeting(models.Model):
    """A meeting that was held, with what it decided. Numbered within its operation, without gap."""

    operation = of_operation()
    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind.choices, default=MeetingKind.JCC)
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200)
    attendance = models.TextField(_("present"), max_length=4000, blank=True)
    summary = models.TextField(_("summary"), max_length=8000, blank=True)
    minutes = models.ForeignKey(
        File,
        verbose_name=_("signed minutes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-number"]
        verbose_name = _("meeting")
        constraints = [
            models.UniqueConstraint(fields=["operation", "kind", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="meeting_counts_from_one"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_of_a_known_kind"),
        ]

    def __str__(self) -> str:
        return _("Meeting %(number)s of the joint coordinating committee") % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("meetings:meetings", args=[self.operation_id]) + f"#meeting-{self.pk}"

    @property
    def code(self) -> str:
        """The number papers quote."""
        return f"{self.operation.code}-{self.kind.upper()}{self.number:02d}"


class DecisionItem(models.Model):
    """One thing a meeting decided: which party does it, by when."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("decision"), max_length=2000)
    owner = organisation_key(verbose_name=_("who does it"))
    due_on = models.DateField(_("by"), null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        verbose_name = _("decision")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="decision_number_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=~Q(text=""), name="decision_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Survey(models.Model):
    """A detailed planning survey: the mission on the spot, and the minutes of meeting both sides sign at its end."""

    operation = of_operation()
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    starts_on = models.DateField(_("mission from"))
    ends_on = models.DateField(_("mission to"))
    places = models.CharField(_("places"), max_length=300)
    minutes = models.TextField(_("minutes of meeting"), max_length=16000, blank=True)
    signed_on = models.DateField(_("minutes signed on"), null=True, blank=True)
    signed_at = models.CharField(_("place of signature"), max_length=200, blank=True)
    scan = models.ForeignKey(
        File,
        verbose_name=_("signed minutes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "-number"]
        verbose_name = _("detailed planning survey")
        constraints = [
            models.UniqueConstraint(fields=["operation", "number"], name="survey_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="survey_counts_from_one"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="survey_runs_forward"),
        ]

    def __str__(self) -> str:
        return _("Detailed planning survey %(number)s") % {"number": self.number}

    @property
    def code(self) -> str:
        """The number papers quote."""
        return f"{self.operation.code}-S{self.number:02d}"

    @property
    def is_signed(self) -> bool:
        """Whether its minutes are signed, and the signed paper is here."""
        return self.signed_on is not None and self.scan_id is not None


class Surveyor(models.Model):
    """Somebody who went on the mission."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=150)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=150, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="surveyor_is_somebody")]

    def __str__(self) -> str:
        return self.name


class Signatory(models.Model):
    """Somebody who signed the minutes of a survey for an organisation."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="signatories")
    organisation = organisation_key(verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=150)
    title = models.CharField(_("title"), max_length=150, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="signatory_is_somebody")]

    def __str__(self) -> str:
        return self.name
