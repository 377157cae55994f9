"""Who is away and who stands in: questions the pages of an absence ask."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from taawun.directory.models import Delegation, Organisation, Person, Post
from taawun.directory.queries import posts_held_on
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.standing import standing

# An evaluator is chosen as a person, for their independence: nobody evaluates in their place.
PERSONAL = (Role.EVALUATOR,)


def delegations_visible_to(user: Any) -> QuerySet[Delegation]:
    """The delegations a person has to do with: they hold the post, or stand in for its holder. Names come along."""
    who = standing(user)
    if who.person_id is None:
        return Delegation.objects.none()
    mine = Q(post__person_id=who.person_id) | Q(to_person_id=who.person_id)
    return Delegation.objects.filter(mine).select_related("post__person", "post__organisation", "to_person")


def current(delegations: QuerySet[Delegation]) -> QuerySet[Delegation]:
    """Those that count today or will."""
    return delegations.filter(ended_on__isnull=True, ends_on__gte=clock.today())


def delegation_for(user: Any, pk: int) -> Delegation | None:
    """One delegation through its gate."""
    return delegations_visible_to(user).filter(pk=pk).first()


def own_posts(user: Any) -> list[Post]:
    """The posts a person holds today in their own right."""
    held = posts_held_on(clock.today()).filter(person__user_id=user.pk)
    return list(held.select_related("organisation", "person").order_by("pk"))


def post_of(user: Any, pk: int) -> Post | None:
    """A post of one's own; another's is not there."""
    return next((post for post in own_posts(user) if post.pk == pk), None)


def colleagues(post: Post) -> list[Person]:
    """Who may stand in for the holder: people of the same organisation and of those directly above and below it.

    With a post of their own today, and an account that is open: else they could not act.
    """
    house = post.organisation
    near = Organisation.objects.filter(Q(parent_id=house.pk) | Q(pk__in=[house.pk, house.parent_id or 0]))
    serving = posts_held_on(clock.today()).filter(organisation__in=near).values("person_id")
    people = Person.objects.filter(pk__in=serving, user__is_active=True).exclude(pk=post.person_id)
    return sorted(people, key=lambda person: person.name)


def overlapping(post: Post, start: date, end: date) -> Delegation | None:
    """Another delegation of the post on some of these days."""
    held = Delegation.objects.filter(post=post, ended_on__isnull=True, starts_on__lte=end, ends_on__gte=start)
    return held.select_related("to_person").first()
