"""When agreements expire: a deadline of the cases that rest on them, and how many the desk tells of."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taawun.agreements.in_force import SOON, has_agreement
from taawun.cycle.deadlines import UNDER_WAY, due, office_of
from taawun.cycle.models import Operation
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.deadline_rules import DeadlineSpec, deadline_rule, deadline_source
from taawun.foundation.deadlines import deadlines_visible_to
from taawun.kernel.periods import add_months

RULE = "agreement-expires"

# Early, while an extension can still be agreed, and after it, while the work goes on without an agreement: the end of
# the operation itself is reminded of between. A beginning, not what any agency has published.
deadline_rule(
    RULE,
    label=_("The agreement expires"),
    from_what=_("the last day agreed"),
    ladder=(365, 270, -1, -30),
    url=lambda pk, ref: reverse("agreements:agreements", args=[pk]),
)


@deadline_source("operation", workflow="operation")
def of_agreements(case: Operation) -> Iterable[DeadlineSpec]:
    """The last day agreed of what is under way on a Record of Discussions; an amendment moves it when it is signed."""
    if case.state in UNDER_WAY and case.ends_on and has_agreement(case):
        yield due(case, RULE, case.ends_on, [office_of(case), (case.provider_id, Role.DESK)])


def expiring_for(user: Any, most: int = 1000) -> tuple[int, int]:
    """How many agreements this person may know of expire soon, and how many did while the work goes on.

    One SQL statement, `most` at most.
    """
    today = clock.today()
    rows = deadlines_visible_to(user).filter(rule=RULE, due__lte=add_months(today, SOON))
    days = list(rows.order_by().values_list("due", flat=True)[:most])
    over = sum(day < today for day in days)
    return len(days) - over, over
