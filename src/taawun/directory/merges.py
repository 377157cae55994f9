"""Who may merge which persons and organisations, what stands against it, what was merged: questions."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from taawun.directory.handovers import GOVERNING
from taawun.directory.merging_rows import Rows, rows_of
from taawun.directory.merging_told import Teller
from taawun.directory.models import Delegation, Merge, Organisation, OrganisationKind as K, Person, Post
from taawun.directory.references import objections
from taawun.foundation import clock
from taawun.foundation.standing import Standing, standing

# Bodies of one family may be one and the same; a provider's office and a partner's ministry never are.
FAMILIES = [
    {K.LINE_MINISTRY, K.PUBLIC_BODY, K.COMPANY, K.INSTITUTE},
    {K.COORDINATION_BODY},
    {K.FOREIGN_MINISTRY},
    {K.AGENCY},
    {K.COUNTRY_OFFICE, K.EMBASSY},
]


@dataclass(frozen=True)
class MergePlan:
    """What would move if `gone` were merged into `kept`, and what stands against it."""

    gone: Any
    kept: Any
    rows: list[Rows]
    obstacles: list[str]

    @property
    def fingerprint(self) -> str:
        """Tells whether what was previewed is still what would move."""
        told = [
            [*held.reference.key, [row.pk for row in held.found], sorted(held.alike)] for held in self.rows
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def plan_of(gone: Any, kept: Any, user: Any) -> MergePlan:
    """The plan for this administrator; whether they may merge the two at all is asked of `mergeable_by`."""
    rows = [] if gone == kept else rows_of(gone, kept)
    told = _not_two(gone, kept)
    if not told:
        told = _of_persons(gone, kept, rows, user) if isinstance(gone, Person) else _of_bodies(gone, kept)
        told += [*_acts_on_both(rows, user), *objections(gone, kept)]
    return MergePlan(gone, kept, rows, list(dict.fromkeys(told)))


def _not_two(gone: Any, kept: Any) -> list[str]:
    """Whether there are two to merge, each standing for itself."""
    if gone == kept:
        return [_("Choose two: nothing is merged with itself.")]
    told = [
        _("%(name)s was merged already: undo that first, or choose the one it was merged into.")
        % {"name": one.name}
        for one in (gone, kept)
        if one.is_merged
    ]
    if type(gone)._default_manager.filter(merged_into=gone).exists():
        told.append(
            _(
                "Another was merged into %(name)s: let this one stay, or undo that first. Merges form no chains."
            )
            % {"name": gone.name}
        )
    return told


def _of_persons(gone: Person, kept: Person, rows: list[Rows], user: Any) -> list[str]:
    told = []
    if standing(user).person_id in (gone.pk, kept.pk):
        told.append(_("You would merge yourself: another administrator does that."))
    if gone.user_id and not kept.user_id:
        told.append(
            _("%(kept)s has no account, %(gone)s has one: merge the other way round.")
            % {"kept": kept.name, "gone": gone.name}
        )
    if gone.user_id and kept.user_id and gone.user.is_active and not kept.user.is_active:  # type: ignore[union-attr]
        told.append(
            _("The account of %(kept)s is closed, that of %(gone)s is open: merge the other way round.")
            % {"kept": kept.name, "gone": gone.name}
        )
    apart = Q(post__person=gone, to_person=kept) | Q(post__person=kept, to_person=gone)
    if Delegation.objects.filter(apart, ended_on__isnull=True, ends_on__gte=clock.today()).exists():
        told.append(_("One of them is the other's deputy: two persons, unless that is ended first."))
    if _houses_of(gone, kept, rows) - reach_of(standing(user)):
        told.append(
            _("One of them holds a post or a function in an organisation that you do not administer.")
        )
    return told


def _houses_of(gone: Person, kept: Person, rows: list[Rows]) -> set[int]:
    """The organisations for which either of two persons acts: their posts, and the functions of the one that goes."""
    going_on = Q(held_to__isnull=True) | Q(held_to__gte=clock.today())
    posts = Post.objects.filter(going_on, person__in=[gone, kept])
    functions = {
        row.organisation_id
        for held in rows
        if held.reference.table != "directory.Post"
        for row in held.found
        if _goes_on(row)
    }
    return set(posts.order_by().values_list("organisation_id", flat=True)) | functions


def _goes_on(row: Any) -> bool:
    ends = getattr(row, "held_to", None)
    return hasattr(row, "held_to") and hasattr(row, "organisation_id") and (not ends or ends >= clock.today())


def _of_bodies(gone: Organisation, kept: Organisation) -> list[str]:
    told = []
    if gone.country_id != kept.country_id or gone.serves_id != kept.serves_id:
        told.append(
            _("They belong to two countries, or stand in two: organisations are merged within one alone.")
        )
    if not any({gone.kind, kept.kind} <= family for family in FAMILIES):
        told.append(
            _("One is a %(gone)s, the other a %(kept)s: they stand on different sides of a cooperation.")
            % {"gone": gone.get_kind_display(), "kept": kept.get_kind_display()}
        )
    if gone.pk == kept.parent_id or kept.pk == gone.parent_id:
        told.append(_("One of them is part of the other: they are two."))
    return told


def _acts_on_both(rows: list[Rows], user: Any) -> list[str]:
    """Where both hold the same seat in one case, with acts that differ."""
    clashing = [(held, row) for held in rows for row in held.found if row.pk in held.clashing]
    teller = Teller([row for _held, row in clashing], user)
    told = _("Both stand in the same place with acts of their own: %(what)s – %(row)s.")
    return [told % {"what": held.reference.what, "row": teller.tell_anyway(row)} for held, row in clashing]


# ── Who may ──


def reach_of(who: Standing) -> frozenset[int]:
    """The organisations whose people and whose doubles this person merges: those they administer, and those below."""
    houses = who.holding(GOVERNING)
    if not houses:
        return houses
    below = Organisation.objects.filter(parent_id__in=houses).order_by().values_list("pk", flat=True)
    return houses | frozenset(below)


def mergeable_persons(user: Any) -> list[Person]:
    """The persons with a post, today's or a former one, in reach of the administrator; merged ones are not offered."""
    reach = reach_of(standing(user))
    held = Post.objects.filter(organisation_id__in=reach).order_by().values("person_id")
    people = Person.objects.filter(pk__in=held, merged_into__isnull=True).select_related("user")
    return sorted(people, key=lambda person: person.name)


def mergeable_organisations(user: Any) -> list[Organisation]:
    """The organisations in reach of the administrator; merged ones are not offered."""
    bodies = Organisation.objects.filter(pk__in=reach_of(standing(user)), merged_into__isnull=True)
    return sorted(bodies, key=lambda body: body.name)


def scope_of(gone: Any, kept: Any, who: Standing) -> int | None:
    """The administered organisation that answers for the merge; None where this person may not do it."""
    houses, reach = who.holding(GOVERNING), reach_of(who)
    if isinstance(gone, Organisation):
        near = {kept.pk, kept.parent_id} & houses
        return min(near) if {gone.pk, kept.pk} <= reach and near else None
    held = Post.objects.filter(person__in=[gone, kept], organisation_id__in=reach).order_by()
    places = list(held.values_list("person_id", "organisation_id", "organisation__parent_id"))
    if {person for person, _house, _above in places} != {gone.pk, kept.pk}:
        return None
    return min({pk for _person, *near in places for pk in near if pk in houses}, default=None)


def merges_visible_to(user: Any) -> QuerySet[Merge]:
    """The merges an administrator answers for."""
    scoped = Merge.objects.filter(scope_id__in=standing(user).holding(GOVERNING))
    return scoped.select_related(
        *("gone_person", "kept_person", "gone_organisation", "kept_organisation"),
        *("scope", "made_by__person", "undone_by__person"),
    )


def merge_for(user: Any, pk: int) -> Merge | None:
    """One merge through its gate."""
    return merges_visible_to(user).filter(pk=pk).first()


def administers(user: Any) -> bool:
    """Whether this person administers any organisation."""
    return bool(standing(user).holding(GOVERNING))
