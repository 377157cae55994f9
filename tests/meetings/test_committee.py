from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from taawun.foundation import clock, editing
from taawun.foundation.audit import timeline
from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.meetings import actions, queries
from taawun.meetings.models import Committee, Member
from taawun.workspace.demo.cast import organisation, user
from tests.meetings.made import an_operation, join_team, rows, signed_in

pytestmark = pytest.mark.usefixtures("world")


def seat(slug: str, capacity: str = "member", **more):
    """A row as the action takes it."""
    row = {
        "organisation": organisation(slug),
        "capacity": capacity,
        "person": None,
        "name": f"Member of {slug}",
        "title": "",
        "held_from": clock.today(),
        "held_to": None,
    }
    return row | more


def name(operation, *seats, base: int = 0, actor: str = "mm-office") -> Committee:
    return actions.name_committee(operation, list(seats), actor=user(actor), base_version=base)


def missing(operation) -> list[str]:
    return [str(obstacle) for obstacle in registry.requirements["committee-named"].check(operation)]


def test_a_committee_nobody_named_lacks_a_member_of_each_signing_party_and_a_chair():
    operation = an_operation("agreed")

    assert missing(operation) == [
        "Myanmar Post has no member on the joint coordinating committee",
        "Japan International Cooperation Agency (JICA) has no member on the joint coordinating committee",
        "The joint coordinating committee has no chair",
    ]


def test_a_member_of_each_signing_party_and_a_chair_are_enough():
    operation = an_operation("agreed")

    name(operation, seat("mm-post", "chair"), seat("jica-mm"))

    assert missing(operation) == []


@pytest.mark.parametrize(
    "second",
    [
        {"capacity": "observer"},
        {
            "held_to": clock.timezone.now().date() - timedelta(days=1),
            "held_from": clock.timezone.now().date() - timedelta(days=9),
        },
        {"held_from": clock.timezone.now().date() + timedelta(days=2)},
    ],
    ids=["observer", "left already", "comes later"],
)
def test_who_only_observes_or_does_not_sit_today_is_not_counted(second):
    operation = an_operation("agreed")

    name(operation, seat("mm-post", "chair"), seat("jica", **second))

    assert missing(operation) == [
        "Japan International Cooperation Agency (JICA) has no member on the joint coordinating committee"
    ]


def test_the_record_tells_who_named_the_committee():
    operation = an_operation("agreed")

    name(operation, seat("mm-post", "chair"))

    event = AuditEvent.objects.get(kind="operation", subject_id=operation.pk)
    assert (event.step, event.actor, event.organisation_id, event.role) == (
        "committee-named",
        user("mm-office"),
        organisation("jica-mm").pk,
        "country-office",
    )
    assert (
        str(timeline(operation, standing(user("post-officer")))[0].title)
        == "Joint coordinating committee named"
    )


def test_naming_again_keeps_a_member_and_drops_the_one_left_out():
    operation = an_operation("agreed")
    name(operation, seat("mm-post", "chair"), seat("jica"))
    chair = Member.objects.get(capacity="chair")

    name(operation, seat("mm-post", "chair", pk=chair.pk, name="A new name"), base=1)

    assert [(m.pk, m.name) for m in queries.members_of(operation)] == [(chair.pk, "A new name")]


def test_the_chair_can_pass_to_another_at_once():
    operation = an_operation("agreed")
    name(operation, seat("mm-post", "chair"), seat("jica"))
    chair, member = queries.members_of(operation)

    name(operation, seat("mm-post", pk=chair.pk), seat("jica", "chair", pk=member.pk), base=1)

    assert [m.pk for m in queries.members_of(operation)] == [member.pk, chair.pk]


def test_two_chairs_at_once_are_refused_by_the_rule_and_by_the_database():
    operation = an_operation("agreed")

    with pytest.raises(Refused):
        name(operation, seat("mm-post", "chair"), seat("jica", "chair"))

    committee = Committee.objects.create(operation=operation)
    Member.objects.create(committee=committee, **seat("mm-post", "chair"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(committee=committee, **seat("jica", "chair"))


@pytest.mark.parametrize("how", ["stranger", "another committee's line"])
def test_what_does_not_belong_to_the_operation_is_refused(how):
    operation, other = an_operation("agreed"), an_operation("agreed", "LA")
    name(other, seat("la-post"), actor="desk")
    theirs = Member.objects.get()
    row = {"stranger": seat("la-post"), "another committee's line": seat("mm-post", pk=theirs.pk)}[how]

    with pytest.raises(Refused):
        name(operation, row)

    theirs.refresh_from_db()
    assert (Member.objects.count(), theirs.organisation.slug) == (1, "la-post")


def test_a_lost_edit_is_told_and_changes_nothing():
    operation = an_operation("agreed")
    name(operation, seat("mm-post", "chair"))

    with pytest.raises(editing.Conflict) as caught:
        name(operation, seat("jica", "chair"), base=0)

    assert list(caught.value.theirs) == ["Joint coordinating committee"]
    assert caught.value.theirs["Joint coordinating committee"].startswith(
        "Member of mm-post, Myanmar Post, Chair"
    )
    assert [m.organisation.slug for m in queries.members_of(operation)] == ["mm-post"]


def test_naming_the_same_members_again_is_no_change():
    operation = an_operation("agreed")
    name(operation, seat("mm-post", "chair"))

    name(operation, seat("mm-post", "chair", pk=Member.objects.get().pk), base=1)

    count = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk).count()
    assert (Committee.objects.get().version, count) == (1, 1)


def test_a_member_whom_a_colleague_struck_out_can_be_put_back_by_the_form_that_still_shows_them():
    operation = an_operation("agreed")
    name(operation, seat("mm-post", "chair"), seat("jica"))
    gone = Member.objects.get(capacity="member").pk
    name(operation, seat("mm-post", "chair", pk=Member.objects.get(capacity="chair").pk), base=1)

    name(operation, seat("jica", pk=gone), base=2)

    assert [m.organisation.slug for m in queries.members_of(operation)] == ["jica"]


@pytest.mark.parametrize("actor", ["post-officer", "mm-coordinator", "la-office"])
def test_who_has_no_right_names_nobody(actor):
    operation = an_operation("agreed")

    with pytest.raises(PermissionDenied):
        name(operation, seat("mm-post", "chair"), actor=actor)

    assert Committee.objects.count() == 0


def test_the_committee_of_a_closed_operation_stays_as_it_is():
    operation = an_operation("closed")

    with pytest.raises(editing.Frozen):
        name(operation, seat("mm-post", "chair"))


# ── The page ──


def address(operation) -> str:
    return reverse("meetings:committee", args=[operation.pk])


def posted(slug: str, **more):
    return {"organisation": organisation(slug).pk, "capacity": "member", "held_from": clock.today()} | more


def test_the_page_begins_with_a_seat_for_each_signing_party():
    operation = an_operation("agreed")

    page = signed_in("mm-office").get(address(operation))

    bundle = page.context["bundle"]
    assert [row.initial.get("organisation") for row in bundle.rows[0]] == [
        organisation("mm-post").pk,
        organisation("jica").pk,
        None,
        None,
    ]


def test_members_are_named_on_the_page():
    operation = an_operation("agreed")
    person = join_team(operation, "evaluator")
    data = rows(
        "members", posted("mm-post", capacity="chair", name="Director"), posted("jica", person=person.pk)
    )

    answer = signed_in("mm-office").post(address(operation), {"base_version": "0", **data})

    assert (answer.status_code, answer["Location"]) == (
        302,
        reverse("meetings:meetings", args=[operation.pk]),
    )
    assert [m.known_as for m in queries.members_of(operation)] == ["Director", "External evaluator"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"organisation": "la-post"}, "organisation"),
        ({"person": "stranger"}, "person"),
        ({"name": ""}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"held_to": "2001-01-01"}, "held_to"),
        ({"held_from": "soon"}, "held_from"),
        ({"capacity": "king"}, "capacity"),
    ],
)
def test_a_wrong_field_is_told_at_its_place_and_nothing_is_saved(wrong, field):
    operation = an_operation("agreed")
    if wrong.get("organisation"):
        wrong = {"organisation": organisation(wrong["organisation"]).pk}
    if wrong.get("person"):
        wrong = {"person": user("la-officer").person.pk}
    data = rows("members", posted("mm-post", name="Director") | wrong, initial=1)

    answer = signed_in("mm-office").post(address(operation), {"base_version": "0", **data})

    assert answer.status_code == 422
    assert list(answer.context["bundle"].rows[0].forms[0].errors) == [field]
    assert Member.objects.count() == 0


@pytest.mark.parametrize("number", ["-5", "0", "many", ""])
def test_a_forged_number_of_rows_drops_no_member(number):
    operation = an_operation("agreed")
    name(operation, seat("mm-post", "chair"))
    data = rows("members", posted("mm-post", pk=Member.objects.get().pk, name="Director"), initial=1)

    answer = signed_in("mm-office").post(
        address(operation), {"base_version": "1", **data, "members-TOTAL_FORMS": number}
    )

    assert (answer.status_code, Member.objects.count()) == (422, 1)


def test_a_row_is_added_without_a_script_and_keeps_what_was_typed():
    operation = an_operation("agreed")
    data = rows("members", posted("mm-post", name="Director"))

    answer = signed_in("mm-office").post(address(operation), {"base_version": "0", "add": "members", **data})

    forms = answer.context["bundle"].rows[0].forms
    assert (answer.status_code, len(forms), forms[0]["name"].value()) == (200, 2, "Director")
    assert Member.objects.count() == 0


@pytest.mark.parametrize("many", [1, 3])
def test_the_editing_page_costs_the_same_however_many_members(many, django_assert_num_queries):
    operation = an_operation("agreed")
    name(operation, *(seat("mm-post", name=f"Member {n}") for n in range(many)))
    client = signed_in("mm-office")

    with django_assert_num_queries(12):
        client.get(address(operation))


@pytest.mark.parametrize("who", ["la-officer", "la-office", "sn-officer"])
def test_another_countrys_people_do_not_learn_of_the_committee(who):
    operation = an_operation("agreed")
    client = signed_in(who)

    assert [client.get(address(operation)).status_code, client.post(address(operation)).status_code] == [
        404,
        404,
    ]


def test_a_partner_sees_no_button_and_is_told_when_he_knocks():
    operation = an_operation("agreed")
    client = signed_in("post-officer")

    tab = client.get(reverse("meetings:meetings", args=[operation.pk]))

    assert tab.context["may_name"] is False
    assert client.get(address(operation)).status_code == 403


def test_a_closed_operations_committee_is_told_to_be_closed_before_anybody_types():
    operation = an_operation("closed")

    assert signed_in("mm-office").get(address(operation)).status_code == 409
