"""People who move: who stands in for whom, who handed over to whom."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.directory.models.people import Organisation, Person, Post
from taawun.foundation import clock


class Delegation(models.Model):
    """The holder of a post is away: a colleague acts in it, from one day to another.

    It ends by itself after `ends_on`, and with the post. `ended_on`: given back or taken back earlier; from that day
    on it no longer counts. The delegated seat is the deputy's while it lasts; the holder keeps it too.
    """

    kind = "delegation"

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="delegations")
    to_person = models.ForeignKey(
        Person, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "-pk"]
        verbose_name = _("delegation")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.to_person}"

    def get_absolute_url(self) -> str:
        return reverse("directory:delegation", args=[self.pk])

    @property
    def is_over(self) -> bool:
        """Whether it counts neither today nor later."""
        return self.ended_on is not None or self.ends_on < clock.today()

    @property
    def is_under_way(self) -> bool:
        """Whether the deputy acts today, as far as the dates say."""
        return not self.is_over and self.starts_on <= clock.today()

    def case_code(self) -> str:
        """A delegation has no number."""
        return ""

    def case_title(self) -> str:
        """What lists of worked-on things call it: the post and who stands in."""
        return str(self)

    def case_language(self) -> str:
        """Names are shown in the reader's script."""
        return ""


class Handover(models.Model):
    """An officer gave everything open to a successor, in one step. Never changed afterwards.

    `scope`: the organisation whose administrator did it, for its posts alone; none where the officer did it, for all.
    `lines` is what was handed over as it stood that day: posts, functions, what waited, drafts, what stayed.
    """

    kind = "handover"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(
        Person, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="+"
    )
    scope = models.ForeignKey(
        Organisation, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    lines: Any = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-pk"]
        verbose_name = _("handover")
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("to_person")), name="handover_to_somebody_else")
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.to_person}"

    def get_absolute_url(self) -> str:
        return reverse("directory:handover", args=[self.pk])

    def case_code(self) -> str:
        """A handover has no number."""
        return ""

    def case_title(self) -> str:
        """What lists of worked-on things call it."""
        return str(self)

    def case_language(self) -> str:
        """Names are shown in the reader's script."""
        return ""
