"""The roles a post gives: who may take which step is a table of these (`workflow.py` of each kind of case)."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    LINE_OFFICER = "line-officer", pgettext_lazy("role", "Officer of the requesting organisation")
    COORDINATION = "coordination", pgettext_lazy("role", "Officer of the coordination body")
    COUNTRY_OFFICE = "country-office", pgettext_lazy("role", "Country office officer")
    DESK = "desk", pgettext_lazy("role", "Desk officer")
    OPINION = "opinion", pgettext_lazy("role", "Officer of a consulted ministry")
    APPROVER = "approver", pgettext_lazy("role", "Approver")
    SIGNATORY = "signatory", pgettext_lazy("role", "Signatory for a party")
    EVALUATOR = "evaluator", pgettext_lazy("role", "Evaluator")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
    KNOWLEDGE = "knowledge", pgettext_lazy("role", "Knowledge officer")
