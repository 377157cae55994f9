"""Who signs in, and the clock they share."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from taawun.foundation import clock


class UserManager(BaseUserManager["User"]):
    """Accounts are made by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Open an account; without a password it can only be entered by a reset link."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class ToldBy(models.TextChoices):
    """How a person is told what concerns them, besides the page of notices."""

    AT_ONCE = "at-once", pgettext_lazy("told by", "By e-mail, at once")
    DAILY = "daily", pgettext_lazy("told by", "By e-mail, once a day")
    WEEKLY = "weekly", pgettext_lazy("told by", "By e-mail, on Mondays")
    IN_APP = "in-app", pgettext_lazy("told by", "On the page of notices only")


class User(AbstractBaseUser):
    """An account. Who the person is and what they may do stands in `directory`."""

    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    told_by = models.CharField(
        _("how they are told"), max_length=10, choices=ToldBy.choices, default=ToldBy.AT_ONCE
    )
    date_joined = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects = UserManager()
    unread = 0  # notices not read yet: counted with the account of each request (`accounts.Backend`)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.email

    def keep_language(self, language: str) -> None:
        """Remember the language this person reads in, for their pages and their mail."""
        self.language = language
        self.save(update_fields=["language"])


class Clock(models.Model):
    """One row: how far the clock of a demonstration stands ahead of the machine's."""

    offset = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="clock_is_one_row")]

    def __str__(self) -> str:
        return str(self.offset)
