"""Merged and set apart again, every row of every table is what it was: whatever two persons or organisations held."""

import os
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings, strategies as st

from taawun.cycle.models import Operation, TeamMember
from taawun.directory import merges
from taawun.directory.models import MergedRow, Post
from taawun.foundation import clock, editing
from taawun.foundation.models import Task, User
from taawun.meetings.models import Committee, Member
from tests.cycle.made import body, derived_tasks, held_tasks
from tests.directory.made import DAY
from tests.directory.merged import a_double, an_administrator, merge, unmerge, untouched
from tests.factories import a_person, a_request, an_activity, an_operation, who

TRIES = int(os.environ.get("TAAWUN_MERGES", "12"))


@pytest.fixture(scope="module")
def ready(shared_world):
    """Cases at several stages, a double of a person and of each organisation that may be merged, who merges them."""
    clock.begin_request()
    cases = [a_request(state) for state in ("draft", "received", "under_review", "adopted")]
    cases += [an_operation(state) for state in ("planning", "in_implementation", "ex_post_due")]
    cases.append(an_activity("in_implementation"))
    bodies = [(slug, a_double(slug)) for slug in ("jica-mm", "mm-post", "jp-comms", "amci-sn")]
    yield {
        "cases": cases,
        "operations": [
            case for case in cases if isinstance(case, Operation) and case.provider.slug == "jica"
        ],
        "bodies": bodies,
        "persons": (a_person("country-office", "jica-mm"), a_person("knowledge", "jica")),
    }
    clock.forget()


def admin_of(gone, kept):
    """Whoever administers the two: of the house above, or both of them."""
    if gone.parent_id:
        return an_administrator(gone.parent.slug)
    admin = an_administrator(gone.slug)
    Post.objects.create(
        person=admin.person, organisation=kept, role="administrator", held_from=clock.today() - DAY
    )
    return admin


days = st.integers(min_value=0, max_value=40)
posts = st.lists(
    st.tuples(st.sampled_from(["jica", "jica-mm", "jica-la"]), st.sampled_from(["opinion", "desk"]), days)
)
functions = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["expert", "counterpart", "manager"]), days), max_size=4
)
drafts = st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["goal", "note"])), max_size=4)
seats = st.lists(st.integers(0, 2), max_size=2)
holdings = st.tuples(posts, functions, drafts, seats)


def hold(ready, user, holding):
    """Give somebody what was drawn; what the tables allow once is given once."""
    held_posts, held_functions, held_drafts, held_seats = holding
    for slug, role, ago in dict.fromkeys(held_posts):
        Post.objects.get_or_create(
            person=user.person,
            organisation=body(slug),
            role=role,
            held_from=clock.today() - timedelta(days=ago),
        )
    for number, function, ago in dict.fromkeys(held_functions):
        TeamMember.objects.get_or_create(
            operation=ready["operations"][number],
            person=user.person,
            function=function,
            held_from=clock.today() - timedelta(days=ago),
            defaults={"organisation": body("jica")},
        )
    for number, part in held_drafts:
        editing.keep_draft(user, ready["cases"][number], part, base_version=1, data={"post": user.email})
    for number in held_seats:
        committee, _made = Committee.objects.get_or_create(operation=ready["operations"][number])
        Member.objects.create(
            committee=committee,
            organisation=body("jica"),
            person=user.person,
            capacity="member",
            held_from=clock.today() - DAY,
        )


def bare(rows):
    """What waits, without key and since when: a task two persons shared is made anew for the second."""
    fields = (
        "kind",
        "subject_id",
        "act",
        "ref",
        "organisation_id",
        "role",
        "person_id",
        "on_behalf_of_id",
        "due",
    )
    derived = ("foundation.Task", "foundation.Deadline")
    others = {table: held for table, held in rows.items() if table not in derived}
    return others | {"tasks": sorted(map(repr, Task.objects.values_list(*fields)))}


def in_line(ready):
    """The desk's table is what every case says."""
    return all(held_tasks(case) == derived_tasks(case) for case in ready["cases"])


@settings(max_examples=TRIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=holdings, second=holdings, other_way=st.booleans())
def test_two_persons_merged_and_set_apart_are_who_they_were(ready, first, second, other_way):
    with transaction.atomic():
        gone, kept = reversed(ready["persons"]) if other_way else ready["persons"]
        hold(ready, gone, first)
        hold(ready, kept, second)
        before = bare(untouched())
        made = merge(gone, kept)
        assert in_line(ready)
        assert User.objects.get(pk=gone.pk).is_active is False
        unmerge(made)
        event(f"rows: {MergedRow.objects.filter(merge=made).count() // 4 * 4}+")

        assert bare(untouched()) == before
        assert in_line(ready)
        transaction.set_rollback(True)


@settings(max_examples=TRIES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    number=st.integers(0, 3),
    other_way=st.booleans(),
    staff=st.lists(
        st.tuples(st.booleans(), st.sampled_from(["opinion", "desk", "line-officer"])), max_size=4
    ),
    on_paper=st.booleans(),
)
def test_two_organisations_merged_and_set_apart_are_what_they_were(ready, number, other_way, staff, on_paper):
    with transaction.atomic():
        slug, double = ready["bodies"][number]
        for of_double, role in staff:
            a_person(role, double if of_double else slug)
        if on_paper and number in (1, 2):
            type(double).objects.filter(pk=double.pk).update(on_paper=True)
        pair = [body(slug), body(double.slug)]
        gone, kept = reversed(pair) if other_way else pair
        admin = admin_of(gone, kept)
        assert merges.plan_of(gone, kept, admin).obstacles == []
        before = bare(untouched())
        made = merge(gone, kept, admin)
        assert in_line(ready)
        unmerge(made, admin)
        event(f"rows: {MergedRow.objects.filter(merge=made).count() // 10 * 10}+")

        assert bare(untouched()) == before
        assert in_line(ready)
        transaction.set_rollback(True)


def test_there_is_something_to_move(ready):
    with transaction.atomic():
        gone, kept = body("jica-mm"), body("jica-mm-double")
        made = merge(gone, kept)
        tables = set(made.rows.values_list("table", flat=True))

        assert tables >= {"cycle.CooperationRequest", "cycle.Operation", "cycle.Party", "directory.Post"}
        assert {"foundation.Task"} <= tables
        assert who("mm-office").person.posts.get().organisation == kept
        transaction.set_rollback(True)
