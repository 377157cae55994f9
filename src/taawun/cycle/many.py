"""Choosing the cases for which papers are made as one job: what can be made of them, what is left out and why."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle.actions import BEFORE_THE_SIGNATURE
from taawun.cycle.lists import (
    OPERATION_COLUMNS,
    OPERATION_FILTERS,
    REQUEST_COLUMNS,
    REQUEST_FILTERS,
    operations_found,
    requests_found,
    shown,
)
from taawun.cycle.mission_letters import SENT
from taawun.cycle.models import CooperationRequest, Operation, TeamMember
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.papers.many import MOST, Offer, Planned, offered_for_many
from taawun.ui import words
from taawun.ui.lists import Column, ListPage

OFFERED = 100  # cases on one page to tick


def _tick(row: Any) -> SafeString:
    return format_html(
        '<input class="form-check-input" type="checkbox" name="case" value="{}" form="many" aria-label="{}">',
        row.pk,
        words.listed(filter(None, [row.case_code(), row.case_title()])),
    )


TICK = Column("tick", gettext_lazy("Choose"), value=_tick)


def seen_by(user: Any, offer: Offer) -> QuerySet[Any]:
    """The cases among which a person chooses: those they may know of."""
    if offer.of == "request":
        return requests_visible_to(user).select_related("requesting", "lot")
    return operations_visible_to(user)


def ticked(user: Any, offer: Offer, keys: set[int], most: int) -> list[Any]:
    """Those of the cases a person may know of that were ticked, the newest first: at most so many."""
    return list(seen_by(user, offer).filter(pk__in=keys).order_by("-pk")[:most])


def list_of(user: Any, offer: Offer) -> ListPage:
    """The list to choose from, with the filters of requests or of operations."""
    requests = offer.of == "request"
    return ListPage(
        seen_by(user, offer),
        [TICK, *((REQUEST_COLUMNS if requests else OPERATION_COLUMNS)[:-1])],
        filters=REQUEST_FILTERS if requests else OPERATION_FILTERS,
        search=requests_found if requests else operations_found,
        dressed=None if requests else shown,
        default_sort="-id",
        page_size=OFFERED,
    )


def planned_for(user: Any, offer: Offer, cases: Iterable[Any]) -> list[Planned]:
    """What the papers of these cases are, a paper once; those beyond `MOST` are left out and said."""
    found: list[Planned] = []
    made: set[str] = set()
    for one in offer.plan(list(cases), user):
        if one.address in made:
            continue
        if one.address and len(made) >= MOST:
            found.append(
                Planned(
                    one.case, why=_("More than %(most)s papers: make these in a second job.") % {"most": MOST}
                )
            )
            continue
        made |= {one.address} if one.address else set()
        found.append(one)
    return found


def _label(case: Any) -> str:
    return words.listed(filter(None, [case.case_code(), case.case_title()]))


@offered_for_many("request-form", "request")
def request_forms(cases: Sequence[CooperationRequest], user: Any) -> Iterable[Planned]:
    """The form of each request."""
    for case in cases:
        yield Planned(case, reverse("cycle:request-paper", args=[case.pk]), _label(case))


@offered_for_many("covering-letter", "request")
def covering_letters(cases: Sequence[CooperationRequest], user: Any) -> Iterable[Planned]:
    """The letter that forwarded each request: one for the whole list it was on."""
    for case in cases:
        if case.lot_id is None:
            yield Planned(case, why=_("It was not forwarded with a list yet."))
            continue
        lot: Any = case.lot
        yield Planned(case, reverse("cycle:lot-paper", args=[case.lot_id]), lot.letter_number or _label(case))


@offered_for_many("mission-letter", "operation")
def mission_letters(cases: Sequence[Operation], user: Any) -> Iterable[Planned]:
    """One for each expert who is sent: one SQL statement for all."""
    agreed = [case for case in cases if case.state not in BEFORE_THE_SIGNATURE]
    members: dict[int, list[TeamMember]] = {}
    rows = TeamMember.objects.filter(operation__in=agreed, function__in=SENT).select_related("person")
    for member in rows:
        members.setdefault(member.operation_id, []).append(member)
    for case in cases:
        if case.pk not in members:
            yield Planned(case, why=_("Nobody is sent on it, or it is not agreed yet."))
        for member in members.get(case.pk, ()):
            address = reverse("cycle:mission-letter", args=[case.pk, member.pk])
            yield Planned(case, address, words.listed([case.code, member.person.name]))
