"""Who works on an operation: whoever served is kept, but a function that ended opens nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import TeamMember
from taawun.cycle.queries import operations_visible_to
from taawun.cycle.team import people_known
from taawun.directory.models import Person
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import registry
from tests.cycle.made import body, sent, signed_in
from tests.factories import Operation, a_person, an_operation, who

pytestmark = pytest.mark.usefixtures("world")
DAY = timedelta(days=1)


@pytest.fixture
def operation(world) -> Operation:
    return an_operation()


@pytest.fixture
def expert(world) -> User:
    """Somebody to whom nothing opens the operation but their function on it."""
    return a_person("line-officer", "la-post")


def row(person, function="expert", start=0, end=None, **changes):
    """A function of a person's, from so many days ahead of today."""
    today = clock.today()
    return {
        "function": function,
        "person": person.person,
        "organisation": body("jica"),
        "field": "",
        "held_from": today + start * DAY,
        "held_to": None if end is None else today + end * DAY,
    } | changes


def name(operation, *rows):
    held = Operation.objects.get(pk=operation.pk)
    actions.name_people(held, list(rows), actor=who("desk"), base_version=held.version)


def held(operation):
    """Function, first day, last day, in days from today."""
    today = clock.today()
    return [
        (m.function, (m.held_from - today).days, None if m.held_to is None else (m.held_to - today).days)
        for m in TeamMember.objects.filter(operation=operation).order_by("held_from", "pk")
    ]


def sees(person, operation):
    return operations_visible_to(User.objects.get(pk=person.pk)).filter(pk=operation.pk).exists()


def lists(operation):
    """Who stands on the people's page: those who serve, and those who did."""
    page = signed_in("desk").get(reverse("cycle:people", args=[operation.pk]))
    return [[m.person for m in page.context[name]] for name in ("team", "earlier")], page


@pytest.mark.parametrize("start", [-30, 0])
def test_who_served_and_is_struck_out_has_ended_today(operation, expert, start):
    name(operation, row(expert, start=start))

    name(operation)

    (serving, earlier), page = lists(operation)
    assert held(operation) == [("expert", start, 0)]
    assert (serving, earlier) == ([], [expert.person])
    assert "Ended: one function" in page.content.decode()
    event = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk, step="people-named").last()
    assert event.detail.data == {"ended": [["expert", expert.person.pk]]}


def test_a_function_that_has_not_begun_vanishes(operation, expert):
    name(operation, row(expert, start=1))

    name(operation)

    assert held(operation) == []


def test_an_ended_function_no_longer_opens_the_operation(operation, expert):
    before = sees(expert, operation)
    name(operation, row(expert, start=-30))
    during = sees(expert, operation)

    name(operation)

    assert (before, during, sees(expert, operation)) == (False, True, False)
    assert signed_in(expert).get(operation.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("start", "end", "open_"), [(5, None, True), (-30, 1, True), (-30, 0, False), (-30, -1, False)]
)
def test_a_function_opens_the_operation_until_the_day_it_ends(operation, expert, start, end, open_):
    name(operation, row(expert, start=start, end=end))

    assert sees(expert, operation) is open_


def test_another_in_the_same_row_ends_the_function_of_who_stood_there(operation, expert):
    name(operation, row(expert, start=-30))

    name(operation, row(who("desk"), start=-30))

    (serving, earlier), _page = lists(operation)
    assert (serving, earlier) == ([who("desk").person], [expert.person])


def test_a_first_day_put_right_is_one_function_still(operation, expert):
    name(operation, row(expert, start=-30))

    name(operation, row(expert, start=-40))

    assert held(operation) == [("expert", -40, None)]


def test_a_first_day_put_off_does_not_unmake_what_was_served(operation, expert):
    name(operation, row(expert, start=-30))

    name(operation, row(expert, start=10))

    assert held(operation) == [("expert", -30, 0), ("expert", 10, None)]


def test_another_function_of_the_same_person_follows_the_one_that_ended(operation, expert):
    name(operation, row(expert, "counterpart", start=-30))

    name(operation, row(expert, "manager"))

    assert held(operation) == [("counterpart", -30, 0), ("manager", 0, None)]
    assert sees(expert, operation)


def test_who_was_struck_out_by_mistake_is_named_again_from_the_same_day(operation, expert):
    name(operation, row(expert, start=-30))
    name(operation)

    name(operation, row(expert, start=-30))

    assert held(operation) == [("expert", -30, None)]


def test_what_is_over_stays_whatever_is_named_after_it(operation, expert):
    name(operation, row(expert, start=-30, end=-10))
    name(operation, row(who("desk"), "director", start=-5))
    name(operation, row(who("desk"), "director", start=-5), row(expert, start=-5))

    assert held(operation) == [("expert", -30, -10), ("director", -5, None), ("expert", -5, None)]


def test_a_director_whose_function_ended_is_not_named(operation, expert):
    check = registry.requirements["managers-named"].check
    name(operation, row(expert, "director", start=-30), row(expert, "manager", start=-30))
    before = list(check(operation))

    name(operation, row(expert, "manager", start=-30))

    assert before == []
    assert [str(obstacle) for obstacle in check(operation)] == ["Not named: Project director"]


def test_the_page_strikes_out_and_does_not_offer_what_is_over(operation, expert):
    name(operation, row(who("post-officer"), start=-30, organisation=body("mm-post")))
    client, address = signed_in("desk"), reverse("cycle:people-edit", args=[operation.pk])

    saved = client.post(address, sent(client.get(address)) | {"team-0-DELETE": "on"})

    opened = client.get(address)
    assert saved.status_code == 302
    assert held(operation) == [("expert", -30, 0)]
    assert opened.context["bundle"].rows[0].initial_form_count() == 0
    assert "kept among the functions that ended" in opened.content.decode()


# ── Somebody who is not known here ──


def by_hand(function="director", called="Director (example)", **changes):
    """What the page sends of somebody who has no account."""
    row = {"function": function, "name": called, "organisation": body("mm-post").pk}
    return row | {"held_from": clock.today().isoformat()} | changes


def send(operation, *rows):
    client, address = signed_in("mm-office"), reverse("cycle:people-edit", args=[operation.pk])
    filled = {f"team-{n}-{field}": value for n, row in enumerate(rows) for field, value in row.items()}
    return client.post(address, sent(client.get(address)) | filled)


def test_who_has_no_account_is_named_by_name_and_is_one_person_in_both_functions(operation):
    first = send(operation, by_hand("director"), by_hand("manager"))
    again = send(operation, {}, {}, by_hand("counterpart"))

    [person] = Person.objects.filter(user__isnull=True)
    assert (first.status_code, again.status_code) == (302, 302)
    assert person.names == {"latin": "Director (example)"}
    assert [(m.function, m.person) for m in operation.team.all()] == [
        *(("director", person), ("manager", person), ("counterpart", person)),
    ]
    assert list(registry.requirements["managers-named"].check(operation)) == []


def test_who_was_named_by_name_is_offered_again_by_the_same_provider_for_the_same_party(operation):
    send(operation, by_hand())
    person = Person.objects.get(user__isnull=True)
    parties = [party.organisation_id for party in operation.party_rows]

    assert person in people_known(operation, parties)
    assert person in people_known(an_operation(), parties)
    assert person not in people_known(an_operation(), [body("la-post").pk])
    operation.provider_id = body("amci").pk
    assert person not in people_known(operation, parties)


def test_a_name_in_arabic_is_kept_as_such(operation):
    send(operation, by_hand(called="مدير المشروع (مثال)"))

    assert Person.objects.get(user__isnull=True).names == {"ar": "مدير المشروع (مثال)"}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": " "}, "Choose a person of the list, or write a name."),
        ({"person": "post-officer"}, "Choose a person of the list, or write a name: not both."),
        ({"name": "x" * 151}, "Ensure this value has at most 150 characters (it has 151)."),
    ],
)
def test_a_row_names_one_person(operation, changes, told):
    if "person" in changes:
        changes = {"person": who(changes["person"]).person.pk}

    answer = send(operation, by_hand(**changes))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert (list(operation.team.all()), list(Person.objects.filter(user__isnull=True))) == ([], [])


def test_what_is_refused_leaves_nobody_behind(operation):
    stale = operation.version
    name(operation, row(who("post-officer"), organisation=body("mm-post")))
    unknown = row(who("post-officer"), organisation=body("mm-post")) | {"person": None, "name": "Director"}

    with pytest.raises(editing.Conflict):
        actions.name_people(operation, [unknown], actor=who("desk"), base_version=stale)

    assert list(Person.objects.filter(user__isnull=True)) == []
