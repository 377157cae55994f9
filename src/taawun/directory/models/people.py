"""Who is who: organisations, persons, and the posts that let persons act for organisations."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, gettext_lazy as _, pgettext_lazy

from taawun.directory.roles import Role
from taawun.reference.models import Code


def in_readers_language(names: dict[str, str]) -> str:
    """Of names by language the reader's, else the English, else whatever is held."""
    return names.get(get_language() or "en") or names.get("en") or next(iter(names.values()), "")


def in_readers_script(names: dict[str, str]) -> str:
    """Of a person's names the one in the script of the reader's language, else the Latin one."""
    return names.get(get_language() or "en") or names.get("latin") or next(iter(names.values()), "")


def with_present_name(name: str, present: str) -> str:
    """How one that was merged away is shown: by the name it had, with the one it goes by now."""
    return gettext("%(name)s (now: %(present)s)") % {"name": name, "present": present} if present else name


class Mergeable(models.Model):
    """What may turn out to have been entered twice: `merged_into` leads from the one merged away to the one that stays.

    `present_names` are the names of the one that stays, as on the day of the merge: whoever did something under the
    old name is shown as "old (now: new)" without asking for another row. Both are written by a merge alone.
    """

    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    present_names = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_merged(self) -> bool:
        """Whether it was merged away, and not put back since."""
        return self.present_names is not None


class OrganisationKind(models.TextChoices):
    LINE_MINISTRY = "line-ministry", pgettext_lazy("organisation", "Line ministry")
    COORDINATION_BODY = "coordination-body", pgettext_lazy("organisation", "Coordination body")
    PUBLIC_BODY = "public-body", pgettext_lazy("organisation", "Public body")
    FOREIGN_MINISTRY = "foreign-ministry", pgettext_lazy("organisation", "Foreign ministry")
    AGENCY = "agency", pgettext_lazy("organisation", "Cooperation agency")
    COUNTRY_OFFICE = "country-office", pgettext_lazy("organisation", "Country office")
    EMBASSY = "embassy", pgettext_lazy("organisation", "Embassy")
    COMPANY = "company", pgettext_lazy("organisation", "Company")
    INSTITUTE = "institute", pgettext_lazy("organisation", "Institute")


class Organisation(Mergeable):
    """A body that takes part in cooperation. `names` by language; `parent` makes it one side with those above it.

    `serves` is the partner country an office or embassy stands in; `country` the one it belongs to.
    """

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(_("names"))
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    country = models.ForeignKey(Code, verbose_name=_("country"), on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
    )
    serves = models.ForeignKey(
        Code, verbose_name=_("serves"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    on_paper = models.BooleanField(
        _("does not sign in"),
        default=False,
        help_text=_("The receiving office records its steps on its behalf, each with its letter."),
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["slug"]
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="organisation_merged_into_another",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:organisation", args=[self.pk])

    @property
    def name(self) -> str:
        """The name in the reader's language, else in English, else in whatever language is held."""
        return with_present_name(self.own_name, in_readers_language(self.present_names or {}))

    @property
    def own_name(self) -> str:
        """The name alone, also where it was merged into another."""
        return in_readers_language(self.names)


class Person(Mergeable):
    """A person is one, however many posts, courses and missions. Names as written in each script."""

    names = models.JSONField(_("names"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )

    class Meta:
        verbose_name = _("person")
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="person_merged_into_another",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the script of the reader's language, else in Latin script."""
        return with_present_name(self.own_name, in_readers_script(self.present_names or {}))

    @property
    def own_name(self) -> str:
        """The name alone, also where it was merged into another."""
        return in_readers_script(self.names)


class Post(models.Model):
    """A person acts for an organisation in a role, from one day to another."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=40, choices=Role.choices)
    title = models.CharField(_("title of the post"), max_length=150, blank=True)
    held_from = models.DateField(_("from"))
    held_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "role"], name="post_by_seat")]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_from")),
                name="post_ends_after_it_begins",
            ),
            models.UniqueConstraint(fields=["person", "organisation", "role", "held_from"], name="post_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_role_display()}"
