"""The page of an organisation: who may open it, where it leads."""

from typing import Any

from django.db.models import QuerySet

from taawun.directory.merges import reach_of
from taawun.directory.models import Merge, Organisation
from taawun.foundation.standing import standing


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """The organisations an administrator answers for: those they administer, and those directly below."""
    return Organisation.objects.filter(pk__in=reach_of(standing(user)))


def organisation_for(user: Any, pk: int) -> Organisation | None:
    """One of them, with the one above it."""
    return organisations_visible_to(user).select_related("parent", "merged_into").filter(pk=pk).first()


def merged_into(body: Organisation) -> list[Merge]:
    """What was merged into it, and stands so."""
    rows = Merge.objects.filter(kept_organisation=body, undone_at__isnull=True)
    return list(rows.select_related("gone_organisation", "kept_organisation"))
