"""The rows of a merge in words: to each reader what they may know, of other cases nothing but how many."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from taawun.directory.merging_cases import CaseKey, case_of, cases_of
from taawun.directory.models import Delegation, Organisation, Post
from taawun.foundation.models import Task
from taawun.foundation.ports import registry
from taawun.ui import words

# What belongs to no case and is the administrators' own to know: who holds which post, what is part of what.
OPENLY = (Post, Delegation, Organisation)
# How a row of a case tells what it is there.
DETAILS = ("get_part_display", "get_function_display", "get_capacity_display")


class Teller:
    """Tells rows to one reader: as many SQL statements as kinds of cases, however many rows."""

    def __init__(self, rows: Iterable[Any], user: Any) -> None:
        self.cases: dict[CaseKey, Any] = {}
        wanted = cases_of(rows)
        for slug in sorted({kind for kind, _pk in wanted}):
            keys = [pk for kind, pk in wanted if kind == slug]
            for case in registry.kinds[slug].visible_to(user).filter(pk__in=keys):
                self.cases[slug, case.pk] = case

    def tell(self, row: Any) -> str | None:
        """The row in the reader's language; None where it is not theirs to know."""
        key = case_of(row)
        if key is None:
            return _openly(row) if isinstance(row, OPENLY) else None
        case = self.cases.get(key)
        if case is None:
            return None
        return words.listed(filter(None, (str(case.case_code() or case.case_title()), _detail(row, key))))

    def tell_anyway(self, row: Any) -> str:
        """The same, in a sentence that must name something."""
        return self.tell(row) or _("in a case you may not see")


def _openly(row: Any) -> str:
    if isinstance(row, Post):
        return words.listed((str(row.get_role_display()), row.organisation.name))
    return str(row)


def _detail(row: Any, key: CaseKey) -> str:
    if isinstance(row, Task):
        return str(registry.kinds[key[0]].asked(row.act))
    return next((str(getattr(row, name)()) for name in DETAILS if hasattr(row, name)), "")
