"""Questions about who is who."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Q, QuerySet, Subquery

from taawun.directory.models import Delegation, Organisation, OrganisationKind, Person, Post
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.standing import ActsFor, Standing


def posts_held_on(day: date) -> QuerySet[Post]:
    """The posts in force on a day. One that a person merged away still has is the other's too, and counts there."""
    held = Post.objects.filter(Q(held_to__isnull=True) | Q(held_to__gte=day), held_from__lte=day)
    return held.filter(person__merged_into__isnull=True)


def offered() -> QuerySet[Organisation]:
    """The organisations that may be chosen: those that were not merged into another."""
    return Organisation.objects.filter(merged_into__isnull=True)


def delegations_on(day: date) -> QuerySet[Delegation]:
    """The delegations that count on a day, as far as their dates say: the posts must be held besides."""
    return Delegation.objects.filter(starts_on__lte=day, ends_on__gte=day, ended_on__isnull=True)


def standing_of(user: User) -> Standing:
    """Who the user is and what their posts, and those they fill as deputy, open today: two SQL statements.

    Somebody without a post of their own is nobody's deputy: a delegation to a colleague who left has lapsed.
    """
    day = clock.today()
    mine = posts_held_on(day).order_by().filter(person__user_id=user.pk).values("pk")
    filled = delegations_on(day).order_by().filter(to_person__user_id=user.pk)
    ids = mine.union(filled.values("post_id"), all=True)
    rows = list(
        posts_held_on(day)
        .filter(pk__in=ids)
        .annotate(**_delegation_columns(filled))
        .select_related("organisation", "person")
        .order_by("pk")
    )
    own = [post for post in rows if post.person.user_id == user.pk]
    if not own:
        person_id = Person.objects.filter(user_id=user.pk).values_list("pk", flat=True).first()
        return Standing(user_id=user.pk, person_id=person_id)
    held = {(post.organisation_id, post.role) for post in own}
    delegated = {(p.organisation_id, p.role): _acts_for(p) for p in reversed(rows) if p not in own}
    houses = {post.organisation_id for post in rows}
    above = {post.organisation.parent_id for post in rows if post.organisation.parent_id}
    under = _under(houses, above)
    return Standing(
        user_id=user.pk,
        person_id=own[0].person_id,
        posts=frozenset(held | delegated.keys()),
        governs=frozenset(houses | under),
        names=own[0].person.names,
        houses=tuple({post.organisation_id: post.organisation.names for post in own}.values()),
        sides=frozenset(houses | above | under),
        delegated={seat: held_for for seat, held_for in delegated.items() if seat not in held},
    )


def _under(houses: set[int], above: set[int]) -> set[int]:
    """The organisations directly below these, and what was merged into any of theirs: one SQL statement.

    Papers and registers that name one merged away stay readable to the side of the one that stays.
    """
    below = Q(parent_id__in=houses)
    merged = Q(merged_into_id__in=houses | above) | Q(merged_into__parent_id__in=houses)
    return set(Organisation.objects.filter(below | merged).order_by().values_list("pk", flat=True))


def accounts_of(person_id: int | None, user_id: int | None) -> set[int]:
    """The accounts of one human being: their own, and those of the persons merged into theirs. One SQL statement.

    Whoever asks whether somebody did a thing already asks for all of them.
    """
    merged = Person.objects.filter(merged_into_id=person_id or 0, user__isnull=False)
    return {pk for pk in (user_id, *merged.values_list("user_id", flat=True)) if pk}


def _delegation_columns(filled: QuerySet[Delegation]) -> dict[str, Any]:
    """Which delegation gives a post to the reader and until when, read with the post itself."""
    of_post = filled.filter(post_id=OuterRef("pk")).order_by("pk")
    return {f"filled_{name}": Subquery(of_post.values(name)[:1]) for name in ("pk", "ends_on")}


def _acts_for(post: Any) -> ActsFor:
    return ActsFor(
        delegation_id=post.filled_pk,
        person_id=post.person_id,
        names=post.person.names,
        house=post.organisation.names,
        until=post.filled_ends_on,
    )


def holders_of(organisation_id: int | None, role: str, person_id: int | None) -> list[User]:
    """The users who act in a seat today, deputies too (or the named person): to whom a notice goes.

    The deputy gets what the holder gets, and the holder goes on getting it: nothing is missed on the day of return.
    """
    if person_id is not None:
        return list(User.objects.filter(person__pk=person_id, is_active=True))
    if organisation_id is None:
        return []
    day = clock.today()
    posts = posts_held_on(day).order_by().filter(organisation_id=organisation_id, role=role)
    deputies = delegations_on(day).order_by().filter(post__in=posts, to_person__in=_serving(day))
    people = posts.values("person_id").union(deputies.values("to_person_id"), all=True)
    return list(User.objects.filter(person__pk__in=people, is_active=True).order_by("pk"))


def _serving(day: date) -> QuerySet[Post, Any]:
    """The persons who hold any post on a day."""
    return posts_held_on(day).order_by().values("person_id")


def name_of_user(user: Any) -> str:
    """Who stands behind an account, in the script of the reader's language; without a person, the account's name.

    Costs no SQL where the rows came with `select_related("…__person")`.
    """
    person = getattr(user, "person", None)
    return person.name if person else str(user or "")


def names_of_users(ids: Any) -> dict[int, str]:
    """Names of persons by their user's id, in the script of the reader's language: one SQL statement."""
    return {p.user_id: p.name for p in Person.objects.filter(user_id__in=set(ids) - {None}) if p.user_id}


def roles_of_users() -> dict[int, str]:
    """The role of each account's first post, by user id: for the demonstration's list of people."""
    rows = posts_held_on(clock.today()).filter(person__user__isnull=False).order_by("-pk")
    held = rows.select_related("person")
    return {p.person.user_id: p.get_role_display() for p in held if p.person.user_id}


def coordination_body_of(country_id: str) -> Organisation | None:
    """The body through which a country's requests pass."""
    return offered().filter(country_id=country_id, kind=OrganisationKind.COORDINATION_BODY).first()


def country_office_for(provider_id: int, country_id: str) -> Organisation | None:
    """The provider's office in a country; where it has none, nobody's."""
    offices = [OrganisationKind.COUNTRY_OFFICE, OrganisationKind.EMBASSY]
    return (
        offered()
        .filter(parent_id=provider_id, serves_id=country_id, kind__in=offices)
        .order_by("kind")
        .first()
    )


def names_of(ids: Any) -> dict[int, str]:
    """Names of organisations by id, in the reader's language: one SQL statement for a whole page."""
    return {o.pk: o.name for o in Organisation.objects.filter(pk__in=set(ids) - {None})}


def on_paper_among(ids: Any) -> set[int]:
    """Of these organisations, those that do not sign in: one SQL statement."""
    return set(Organisation.objects.filter(pk__in=ids, on_paper=True).values_list("pk", flat=True))


def organisations_named(typed: str, most: int = 50) -> list[int]:
    """The organisations with every word typed in one of their names, for a list's search; `most` at most."""
    found = Organisation.objects.all()
    for word in typed.split():
        found = found.filter(
            reduce(or_, (Q(**{f"names__{code}__icontains": word}) for code, _name in settings.LANGUAGES))
        )
    return list(found.values_list("pk", flat=True)[:most])
