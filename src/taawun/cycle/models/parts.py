"""The parts an organisation may have in an operation, and the functions a person may."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from taawun.foundation import clock


class OperationPart(models.TextChoices):
    BENEFICIARY = "beneficiary", pgettext_lazy("part of a party", "Requesting organisation")
    IMPLEMENTING = "implementing", pgettext_lazy("part of a party", "Implementing organisation")
    COORDINATION = "coordination", pgettext_lazy("part of a party", "Coordination body")
    PROVIDER = "provider", pgettext_lazy("part of a party", "Provider")
    SUPPLIER = "supplier", pgettext_lazy("part of a party", "Supplying or host institution")
    FACILITATING = "facilitating", pgettext_lazy("part of a party", "Facilitating provider")
    CONTRACTOR = "contractor", pgettext_lazy("part of a party", "Contractor")


class TeamFunction(models.TextChoices):
    DIRECTOR = "director", pgettext_lazy("function in the operation", "Project director")
    MANAGER = "manager", pgettext_lazy("function in the operation", "Project manager")
    COUNTERPART = "counterpart", pgettext_lazy("function in the operation", "Counterpart")
    CHIEF_ADVISOR = "chief-advisor", pgettext_lazy("function in the operation", "Chief advisor")
    EXPERT = "expert", pgettext_lazy("function in the operation", "Expert")
    EVALUATOR = "evaluator", pgettext_lazy("function in the operation", "Evaluator")


def still_serving() -> Q:
    """The functions that are not over: those of today and those to come."""
    return Q(held_to__isnull=True) | Q(held_to__gt=clock.today())
