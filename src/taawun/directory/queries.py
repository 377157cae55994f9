"""Questions about who is who."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from taawun.directory.models import Organisation, OrganisationKind, Person, Post
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.standing import Standing


def posts_held_on(day: date) -> QuerySet[Post]:
    """The posts in force on a day."""
    return Post.objects.filter(Q(held_to__isnull=True) | Q(held_to__gte=day), held_from__lte=day)


def standing_of(user: User) -> Standing:
    """Who the user is and what their posts open today: two SQL statements."""
    rows = list(
        posts_held_on(clock.today())
        .filter(person__user_id=user.pk)
        .values_list(
            "person_id",
            "organisation_id",
            "role",
            "organisation__parent_id",
            "organisation__names",
            "person__names",
        )
    )
    if not rows:
        person_id = Person.objects.filter(user_id=user.pk).values_list("pk", flat=True).first()
        return Standing(user_id=user.pk, person_id=person_id)
    person_id, held = rows[0][0], [row[1:4] for row in rows]
    own = {org for org, _role, _parent in held}
    above = {parent for _org, _role, parent in held if parent}
    under = set(Organisation.objects.filter(parent_id__in=own).values_list("pk", flat=True))
    return Standing(
        user_id=user.pk,
        person_id=person_id,
        posts=frozenset((org, role) for org, role, _parent in held),
        governs=frozenset(own | under),
        names=rows[0][5],
        houses=tuple({row[1]: row[4] for row in rows}.values()),
        sides=frozenset(own | above | under),
    )


def holders_of(organisation_id: int | None, role: str, person_id: int | None) -> list[User]:
    """The users who hold a seat today (or the named person), to whom a notice goes."""
    if person_id is not None:
        return list(User.objects.filter(person__pk=person_id, is_active=True))
    if organisation_id is None:
        return []
    people = (
        posts_held_on(clock.today()).filter(organisation_id=organisation_id, role=role).values("person_id")
    )
    return list(User.objects.filter(person__pk__in=people, is_active=True))


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
    return Organisation.objects.filter(country_id=country_id, kind=OrganisationKind.COORDINATION_BODY).first()


def country_office_for(provider_id: int, country_id: str) -> Organisation | None:
    """The provider's office in a country; where it has none, nobody's."""
    offices = [OrganisationKind.COUNTRY_OFFICE, OrganisationKind.EMBASSY]
    return (
        Organisation.objects.filter(parent_id=provider_id, serves_id=country_id, kind__in=offices)
        .order_by("kind")
        .first()
    )


def names_of(ids: Any) -> dict[int, str]:
    """Names of organisations by id, in the reader's language: one SQL statement for a whole page."""
    return {o.pk: o.name for o in Organisation.objects.filter(pk__in=set(ids) - {None})}


def on_paper_among(ids: Any) -> set[int]:
    """Of these organisations, those that do not sign in: one SQL statement."""
    return set(Organisation.objects.filter(pk__in=ids, on_paper=True).values_list("pk", flat=True))
