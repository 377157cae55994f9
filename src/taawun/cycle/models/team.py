"""The people of an operation."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from taawun.cycle.models.keys import organisation_key
from taawun.cycle.models.operations import Operation
from taawun.cycle.models.parts import TeamFunction
from taawun.directory.models import Person
from taawun.foundation import clock


class TeamMember(models.Model):
    """A person's function on an operation. It opens the operation to them until it ends (`still_serving`).

    Whoever served is kept for good: the independence of evaluators rests on it. From the day it ends a function is
    over: who is struck out is out at once. `handed_over`: a successor has it; nothing waits on this person any more.
    """

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = organisation_key(verbose_name=_("organisation"))
    function = models.CharField(_("function"), max_length=20, choices=TeamFunction.choices)
    field = models.CharField(_("field"), max_length=150, blank=True)
    held_from = models.DateField(_("from"))
    held_to = models.DateField(_("to"), null=True, blank=True)
    handed_over = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes = [models.Index(fields=["person", "operation"], name="team_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["operation", "person", "function", "held_from"], name="team_member_once"
            ),
            models.CheckConstraint(
                condition=Q(held_to__isnull=True) | Q(held_to__gte=F("held_from")),
                name="team_member_ends_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_function_display()}"

    @property
    def began(self) -> bool:
        """Whether the person has served, if only for a day."""
        return self.held_from <= clock.today()
