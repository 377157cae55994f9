"""What a person would hand over, to whom they may, and what was handed over: questions."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from taawun.directory import handing
from taawun.directory.absence import PERSONAL
from taawun.directory.handing import Held
from taawun.directory.models import Delegation, Handover, Organisation, Person, Post
from taawun.directory.queries import posts_held_on
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.models import Draft, Task
from taawun.foundation.standing import Standing, standing
from taawun.foundation.tasks import tasks_waiting_on

GOVERNING = Role.ADMINISTRATOR  # who holds this post governs the people of the organisation
MOST_LINES = 300


@dataclass(frozen=True)
class Plan:
    """Everything open in a person's hands, as far as the scope goes. `whole`: all of it, not one house's alone."""

    person: Person
    whole: bool
    posts: list[Post]
    functions: list[Held]
    stays: list[Held]
    personal_posts: list[Post]
    delegations: list[Delegation]
    tasks: list[Task]
    drafts: list[Draft]
    houses: set[int] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        return not (self.posts or self.functions)

    @property
    def fingerprint(self) -> str:
        """Tells whether what was previewed is still what would be handed over; what waits may come and go."""
        told = [
            sorted(post.pk for post in self.posts),
            sorted((held.source, held.row) for held in self.functions),
            sorted(each.pk for each in self.delegations),
            sorted(draft.pk for draft in self.drafts),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


def scope_for(person: Person, who: Standing) -> frozenset[int] | None:
    """What somebody may hand over of a person: all (None) of their own, as administrator what their houses gave.

    Nobody else: the empty set.
    """
    if who.person_id is not None and person.pk == who.person_id:
        return None
    return who.holding(GOVERNING)


def plan_of(person: Person, scope: frozenset[int] | None) -> Plan:
    """What would be handed over today: a fixed number of SQL statements, however much it is."""
    today = clock.today()
    open_posts = _open_posts(person, today)
    posts = [p for p in open_posts if scope is None or p.organisation_id in scope]
    held = [each for source in handing.sources().values() for each in source.held_by(person.pk)]
    held = [each for each in held if scope is None or each.organisation_id in scope]
    moved = [post for post in posts if post.role not in PERSONAL]
    whole = len(posts) == len(open_posts)
    functions = [each for each in held if not each.stays]
    return Plan(
        person=person,
        whole=whole,
        posts=moved,
        functions=functions,
        stays=[each for each in held if each.stays],
        personal_posts=[post for post in posts if post.role in PERSONAL],
        delegations=_delegations(person, moved, whole=whole),
        tasks=_tasks(person, moved, functions),
        drafts=_drafts(person) if whole else [],
        houses={post.organisation_id for post in moved} | {each.organisation_id for each in functions},
    )


def _open_posts(person: Person, today: date) -> list[Post]:
    """Posts that go on after today: one that ends today was handed over already, or ends by itself."""
    going_on = posts_held_on(today).filter(Q(held_to__isnull=True) | Q(held_to__gt=today), person=person)
    return list(going_on.select_related("organisation").order_by("pk"))


def _delegations(person: Person, moved: list[Post], *, whole: bool) -> list[Delegation]:
    """Those of the posts that move; and, of somebody who gives up every post, those they were to stand in by."""
    ends = Q(post__in=moved)
    if whole:
        ends |= Q(to_person=person)
    still = Delegation.objects.filter(ends, ended_on__isnull=True, ends_on__gte=clock.today())
    return list(still.select_related("post__person", "post__organisation", "to_person").order_by("pk"))


def _tasks(person: Person, moved: list[Post], functions: list[Held]) -> list[Task]:
    """What waits on the seats that move, and by name in the cases whose function moves."""
    seats = frozenset((post.organisation_id, post.role) for post in moved)
    cases = {(held.kind, held.subject_id) for held in functions}
    waiting = tasks_waiting_on(Standing(posts=seats, person_id=person.pk))[:MOST_LINES]
    return [t for t in waiting if t.person_id is None or (t.kind, t.subject_id) in cases]


def _drafts(person: Person) -> list[Draft]:
    held = Draft.objects.filter(user_id=person.user_id or 0).order_by("pk")
    return [draft for draft in held if not handing.is_personal(draft.kind, draft.part)]


# ── To whom ──


def successors(plan: Plan, *, governing: bool) -> list[Person]:
    """Who may take it all: people of the same family of organisations (a house, the one above, those below either).

    With an open account and a post of their own in the family of each house concerned. Whoever governs the house may
    also choose somebody who holds no post yet: a new officer.
    """
    families, serving = _families(plan.houses), _houses_of_people()
    near = {pk for pk, houses in serving.items() if all(houses & family for family in families)}
    chosen = Q(pk__in=near)
    if governing:
        chosen |= ~Q(pk__in=serving)
    people = Person.objects.filter(chosen, user__is_active=True).exclude(pk=plan.person.pk)
    return sorted(people, key=lambda person: person.name)


def _houses_of_people() -> dict[int, set[int]]:
    """The organisations each person serves today."""
    houses: dict[int, set[int]] = {}
    for person_id, house in posts_held_on(clock.today()).values_list("person_id", "organisation_id"):
        houses.setdefault(person_id, set()).add(house)
    return houses


def _families(houses: set[int]) -> list[set[int]]:
    """For each house: itself, the one above, and everything directly below either."""
    near = Q(pk__in=houses) | Q(parent_id__in=houses) | Q(parent__parts__in=houses)
    above = dict(Organisation.objects.filter(near).values_list("pk", "parent_id"))
    return [
        {house, above[house] or house}
        | {pk for pk, top in above.items() if top in (house, above[house] or house)}
        for house in houses
    ]


# ── What was ──


def handovers_visible_to(user: Any) -> QuerySet[Handover]:
    """Of those who gave, took or did it, and of who governs the house concerned."""
    who = standing(user)
    if who.person_id is None:
        return Handover.objects.none()
    seen = Q(person_id=who.person_id) | Q(to_person_id=who.person_id)
    seen |= Q(made_by_id=who.user_id) | Q(scope_id__in=who.holding(GOVERNING))
    return Handover.objects.filter(seen).select_related("person", "to_person", "made_by__person", "scope")


def handover_for(user: Any, pk: int) -> Handover | None:
    """One handover through its gate."""
    return handovers_visible_to(user).filter(pk=pk).first()


def own_person(user: Any) -> Person | None:
    """The person behind an account; an account without one hands nothing over."""
    return Person.objects.filter(user_id=user.pk).first()


def governed_people(user: Any) -> list[Person]:
    """The people with a post today in the houses this user governs, each with these posts (`held_there`)."""
    houses = standing(user).holding(GOVERNING)
    if not houses:
        return []
    posts = posts_held_on(clock.today()).filter(organisation_id__in=houses)
    by_person: dict[int, Any] = {}
    for post in posts.select_related("person", "organisation").order_by("organisation_id", "role", "pk"):
        person = by_person.setdefault(post.person_id, post.person)
        person.held_there = [*getattr(person, "held_there", []), post]
    return sorted(by_person.values(), key=lambda person: person.name)


def governed_person(user: Any, pk: int) -> Person | None:
    """One of them; whoever is not is not there."""
    return next((person for person in governed_people(user) if person.pk == pk), None)
