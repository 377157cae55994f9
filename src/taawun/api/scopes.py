"""What a token may read: one word for each room of the interface."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    REQUESTS = "requests:read", pgettext_lazy("scope of a token", "Requests")
    OPERATIONS = "operations:read", pgettext_lazy("scope of a token", "Operations, their designs and values")
    AGREEMENTS = "agreements:read", pgettext_lazy("scope of a token", "Agreements")
    EVALUATIONS = "evaluations:read", pgettext_lazy("scope of a token", "Results of evaluations")
    LESSONS = "lessons:read", pgettext_lazy("scope of a token", "Lessons")
    ORGANISATIONS = "organisations:read", pgettext_lazy("scope of a token", "Organisations")
    PUBLISHED = "published:read", pgettext_lazy("scope of a token", "Published activities")
    FIGURES = "figures:read", pgettext_lazy("scope of a token", "Figures")
    CODES = "codes:read", pgettext_lazy("scope of a token", "Code lists")
    SEARCH = (
        "search:read",
        pgettext_lazy("scope of a token", "Search: titles and passages of everything you may see"),
    )
