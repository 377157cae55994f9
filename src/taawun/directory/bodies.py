"""The page of an organisation: who may open it, where it leads, who marks it on paper and what that does."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from taawun.directory.handovers import GOVERNING
from taawun.directory.merges import reach_of
from taawun.directory.merging_cases import kinds_and_keys, seats_in_tasks
from taawun.directory.models import Merge, Organisation, OrganisationKind as K, PaperMark, Post
from taawun.directory.queries import offered, posts_held_on
from taawun.foundation import clock
from taawun.foundation.standing import Standing, standing

OFFICES = (K.COUNTRY_OFFICE, K.EMBASSY)
# A provider acts through its own people: nobody records for an agency, its ministry or its offices.
SIGN_IN = (K.AGENCY, K.FOREIGN_MINISTRY, *OFFICES)


def organisations_visible_to(user: Any) -> QuerySet[Organisation]:
    """The organisations an administrator answers for (theirs, and those directly below), and their partners.

    Partners: the bodies of the countries in which one of their offices stands; of these the page tells less.
    """
    who = standing(user)
    houses = who.holding(GOVERNING)
    if not houses:
        return Organisation.objects.none()
    partners = Q(country_id__in=_countries_served(houses), serves__isnull=True) & ~Q(kind__in=SIGN_IN)
    return Organisation.objects.filter(Q(pk__in=reach_of(who)) | partners)


def _countries_served(houses: frozenset[int]) -> QuerySet[Organisation, Any]:
    """The countries in which these organisations, or their offices, stand."""
    near = Q(pk__in=houses) | Q(parent_id__in=houses)
    return offered().filter(near, kind__in=OFFICES, serves__isnull=False).order_by().values("serves_id")


def organisation_for(user: Any, pk: int) -> Organisation | None:
    """One of them, with the one above it."""
    return organisations_visible_to(user).select_related("parent", "merged_into").filter(pk=pk).first()


def merged_into(body: Organisation) -> list[Merge]:
    """What was merged into it, and stands so."""
    rows = Merge.objects.filter(kept_organisation=body, undone_at__isnull=True)
    return list(rows.select_related("gone_organisation", "kept_organisation"))


# ── On paper ──


def marks_visible_to(user: Any) -> QuerySet[PaperMark]:
    """The marks of the organisations whose page one may open."""
    seen = organisations_visible_to(user).order_by().values("pk")
    return PaperMark.objects.filter(organisation_id__in=seen).select_related(
        "organisation", "made_by__person", "scope"
    )


def mark_for(user: Any, pk: int) -> PaperMark | None:
    """One mark through its gate."""
    return marks_visible_to(user).filter(pk=pk).first()


def marking_scope(body: Organisation, who: Standing) -> int | None:
    """The administered organisation that answers for the mark; None where this person may not make it.

    Its own, the one above it, else the agency of an office in its country.
    """
    houses = who.holding(GOVERNING)
    own = {body.pk, body.parent_id} & houses
    if own:
        return min(pk for pk in own if pk)
    offices = offered().filter(kind__in=OFFICES, serves_id=body.country_id)
    near = {pk for row in offices.values_list("pk", "parent_id") for pk in row} & houses
    return min((pk for pk in near if pk), default=None)


def accounts_in(body: Organisation) -> int:
    """How many people with an open account hold a post in it today."""
    held = posts_held_on(clock.today()).filter(organisation=body, person__user__is_active=True)
    return held.order_by().values("person_id").distinct().count()


def recording_offices(body: Organisation) -> list[Organisation]:
    """The offices that stand in its country: each records what it does on paper, in the cases of its own agency."""
    return list(
        offered()
        .filter(kind__in=OFFICES, serves_id=body.country_id)
        .select_related("parent")
        .order_by("parent__slug", "slug")
    )


@dataclass(frozen=True)
class Desk:
    """An office, and in how many cases something that waits on the organisation would lie on its desk."""

    office: str
    agency: str
    cases: int


def desks_after(body: Organisation) -> list[Desk]:
    """Who would record for it, each with the number of cases in which something waits on it today."""
    waiting: dict[int, int] = {}
    for case in kinds_and_keys(seats_in_tasks(body)):
        office = getattr(case, "country_office_id", None)
        waiting[office or 0] = waiting.get(office or 0, 0) + 1
    return [
        Desk(office.name, office.parent.name if office.parent else "", waiting.get(office.pk, 0))
        for office in recording_offices(body)
    ]


def marking_obstacles(body: Organisation, on_paper: bool, who: Standing) -> list[str]:
    """Why it is not marked, or the mark not taken off, by this administrator today."""
    if body.is_merged:
        return [_("%(name)s was merged into another organisation.") % {"name": body.own_name}]
    if body.on_paper == on_paper:
        marked = _("%(name)s is marked on paper already.")
        return [(marked if on_paper else _("%(name)s signs in already.")) % {"name": body.name}]
    if not on_paper:
        return [] if accounts_in(body) else [_nobody_signs_in(body)]
    told = []
    if body.kind in SIGN_IN:
        told.append(
            _(
                "An agency, its ministry and its offices act through their own people: nobody records for them."
            )
        )
    elif not recording_offices(body):
        told.append(_("No provider has an office in its country: nobody would record for it."))
    if not {body.pk, body.parent_id} & who.holding(GOVERNING) and (number := accounts_in(body)):
        told.append(
            _(
                "People sign in for it (%(number)s): its own administrator marks it, or the one of the body above it."
            )
            % {"number": number}
        )
    return told


def _nobody_signs_in(body: Organisation) -> str:
    told = _("Nobody with an open account holds a post in %(name)s: what waits on it would wait on nobody.")
    return told % {"name": body.name}


def posts_shown(body: Organisation, user: Any) -> list[Post] | None:
    """Who serves it today, to whoever administers it; None to its partners."""
    if body.pk not in reach_of(standing(user)):
        return None
    posts = posts_held_on(clock.today()).filter(organisation=body).select_related("person")
    return sorted(posts, key=lambda post: (post.role, post.person.name))
