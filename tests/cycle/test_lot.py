"""The retained requests of a round leave together: ranked, under one letter, all of them or none."""

from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest, Lot
from taawun.foundation import clock
from taawun.foundation.models import Draft
from taawun.foundation.steps import Refused, perform
from tests.cycle.made import body, events_of, everything, signed_in
from tests.factories import a_person, a_request, who

SENT = {"letter_number": "C/12", "letter_date": date(2026, 9, 1)}


@pytest.fixture
def three(world):
    return [a_request("retained") for _ in range(3)]


def fresh(case):
    return CooperationRequest.objects.get(pk=case.pk)


def ranks(cases):
    return [fresh(case).rank for case in cases]


def refused(act):
    before = everything()
    with pytest.raises(Refused) as refusal:
        act()
    assert everything() == before
    return [str(obstacle) for obstacle in refusal.value.obstacles]


def forwarded(cases, **more):
    return actions.forward_lot(cases, actor=who("mm-coordinator"), **{**SENT, **more})


def test_a_retained_request_enters_at_the_end(three):
    assert ranks(three) == [1, 2, 3]


def test_the_list_leaves_as_ranked_under_one_letter_each_with_its_own_entry(three):
    one, two, last = three
    actions.rank_lot(three, {one.pk: 3, two.pk: 1, last.pk: 2}, actor=who("mm-coordinator"))

    lot = forwarded(three)

    assert [(fresh(c).state, fresh(c).rank, fresh(c).lot) for c in three] == [
        ("endorsed", 3, lot),
        ("endorsed", 1, lot),
        ("endorsed", 2, lot),
    ]
    assert [fresh(c).forwarded_on for c in three] == [SENT["letter_date"]] * 3
    entry = events_of(one)[-1]
    assert (entry.step, entry.acted_on, entry.detail.data) == (
        "forward",
        SENT["letter_date"],
        {"rank": 3, "letter": "C/12"},
    )
    assert [c.pk for c in actions.lot_of(one)] == []


def test_a_list_that_changed_meanwhile_does_not_leave(three):
    sentence = "The list has changed meanwhile: look at it again before it leaves."

    assert refused(lambda: forwarded(three[:2])) == [sentence]


def test_ranks_with_a_gap_do_not_leave(three):
    one, two, last = three
    actions.rank_lot(three, {one.pk: 1, two.pk: 2, last.pk: 4}, actor=who("mm-coordinator"))

    assert refused(lambda: forwarded(three)) == ["The ranks must run from 1 to 3, each once"]


def test_equal_ranks_do_not_leave(three):
    one, two, last = three
    actions.rank_lot(three, {one.pk: 1, two.pk: 1, last.pk: 2}, actor=who("mm-coordinator"))

    assert refused(lambda: forwarded(three)) == ["The ranks must run from 1 to 3, each once"]


def test_a_letter_of_tomorrow_does_not_leave(three):
    tomorrow = clock.today() + timedelta(days=1)

    assert refused(lambda: forwarded(three, letter_date=tomorrow)) == [
        "The date of the act lies in the future."
    ]


def test_one_request_does_not_leave_without_the_list(three):
    sentence = "A request is forwarded with the whole ranked list, under its covering letter."

    assert refused(lambda: perform(three[0], "forward", actor=who("mm-coordinator"))) == [sentence]


def test_the_next_letter_of_a_round_continues_the_ranks(three):
    forwarded(three)
    fourth = a_request("retained")
    assert fresh(fourth).rank == 4

    assert refused(lambda: forwarded(three)) == [
        "The list has changed meanwhile: look at it again before it leaves."
    ]
    forwarded([fourth], letter_number="C/13")

    assert ranks([*three, fourth]) == [1, 2, 3, 4]
    assert Lot.objects.count() == 2


def test_a_request_that_left_is_ranked_no_more(three):
    forwarded(three)

    assert refused(
        lambda: actions.rank_lot(three, {c.pk: 1 for c in three}, actor=who("mm-coordinator"))
    ) == [f"“{three[0].title}” is no longer in the list: it has moved on."]


@pytest.mark.parametrize("stranger", ["post-officer", "mm-office", "desk", "la-coordinator", "jica-approver"])
def test_nobody_else_ranks_or_forwards(three, stranger):
    before = everything()

    with pytest.raises(PermissionDenied):
        actions.rank_lot(three, {c.pk: 9 for c in three}, actor=who(stranger))
    with pytest.raises(Refused):
        actions.forward_lot(three, actor=who(stranger), **SENT)

    assert everything() == before
    assert signed_in(stranger).get(reverse("cycle:lot", args=[three[0].pk])).status_code == 404


# ── The page ──


def address(case):
    return reverse("cycle:lot", args=[case.pk])


def typed(cases, *numbers, **more):
    data = {f"rank_{c.pk}": n for c, n in zip(cases, numbers, strict=True)}
    return data | {"letter_number": "C/12", "letter_date": "2026-09-01", "once": str(uuid4())} | more


def text_of(answer):
    return unescape(answer.content.decode())


def test_the_page_forwards_the_list_once_however_often_it_is_sent(three):
    client, data = signed_in("mm-coordinator"), typed(three, 2, 1, 3)

    answers = [client.post(address(three[0]), data) for _ in range(2)]

    lot = Lot.objects.get()
    assert [(a.status_code, a.url) for a in answers] == [(302, reverse("cycle:lot-paper", args=[lot.pk]))] * 2
    assert ranks(three) == [2, 1, 3]


def test_only_the_ranks_are_saved_where_only_they_are_sent(three):
    client = signed_in("mm-coordinator")
    data = typed(three, 3, 2, 1, rank="1", letter_number="", letter_date="")

    answer = client.post(address(three[0]), data)

    assert (answer.status_code, ranks(three)) == (302, [3, 2, 1])
    assert Lot.objects.count() == 0


def test_saving_the_ranks_keeps_what_was_typed_of_the_letter_until_it_leaves(three):
    client = signed_in("mm-coordinator")
    client.post(address(three[0]), typed(three, 3, 2, 1, rank="1", letter_number="C/9", letter_date=""))
    client.post(address(three[1]), typed(three, 3, 1, 2, rank="1"))

    forms = [client.get(address(case)).context["form"] for case in three]
    colleagues = signed_in(a_person("coordination", "mm-coordination")).get(address(three[0])).context["form"]
    client.post(address(three[0]), typed(three, 3, 1, 2))

    letters = [(form["letter_number"].value(), form["letter_date"].value()) for form in forms]
    assert letters == [("C/12", "2026-09-01")] * 3
    assert colleagues["letter_number"].value() is None
    assert Lot.objects.count() == 1
    assert Draft.objects.count() == 0


def test_a_letter_emptied_again_is_not_kept(three):
    client = signed_in("mm-coordinator")
    client.post(address(three[0]), typed(three, 1, 2, 3, rank="1"))
    client.post(address(three[0]), typed(three, 1, 2, 3, rank="1", letter_number="", letter_date=""))

    assert client.get(address(three[0])).context["form"]["letter_number"].value() is None
    assert Draft.objects.count() == 0


def test_a_second_officer_with_the_same_page_is_told_and_sends_nothing(three):
    colleague = signed_in(a_person("coordination", "mm-coordination"))
    data = typed(three, 1, 2, 3)
    signed_in("mm-coordinator").post(address(three[0]), typed(three, 1, 2, 3))
    before = everything()

    answer = colleague.post(address(three[0]), data)

    assert answer.status_code == 409
    assert "No retained request waits in this round." in text_of(answer)
    assert everything() == before


def test_a_refused_forwarding_keeps_the_old_ranks_too(three):
    before = everything()

    answer = signed_in("mm-coordinator").post(address(three[0]), typed(three, 1, 2, 4))
    without_key = signed_in("mm-coordinator").post(address(three[0]), typed(three, 1, 2, 4, once=""))

    assert (answer.status_code, without_key.status_code) == (409, 409)
    assert "The ranks must run from 1 to 3, each once" in text_of(answer)
    assert everything() == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"letter_number": ""}, "This field is required."),
        ({"letter_number": "x" * 61}, "at most 60 characters"),
        ({"letter_number": "a\x00b"}, "Null characters are not allowed."),
        ({"letter_date": ""}, "This field is required."),
        ({"letter_date": "soon"}, "Enter a valid date."),
        ({"letter_date": "2999-01-01"}, "The date of the letter lies in the future."),
    ],
)
def test_a_letter_that_is_wrong_is_told(three, wrong, sentence):
    before = everything()

    answer = signed_in("mm-coordinator").post(address(three[0]), typed(three, 1, 2, 3, **wrong))

    assert (answer.status_code, everything()) == (422, before)
    assert sentence in text_of(answer)


@pytest.mark.parametrize("rank", ["", "0", "-1", "1000", "abc", "\x00", "9" * 40, "1.5"])
def test_a_rank_that_is_none_is_told(three, rank):
    before = everything()

    for act in ({}, {"rank": "1"}):
        data = typed(three, rank, 2, 3) | act
        assert signed_in("mm-coordinator").post(address(three[0]), data).status_code == 422

    assert everything() == before


def test_a_rank_for_a_request_of_another_list_is_not_read(three):
    other = a_request("submitted")

    signed_in("mm-coordinator").post(address(three[0]), typed(three, 1, 2, 3) | {f"rank_{other.pk}": 1})

    assert (fresh(other).rank, fresh(other).state) == (None, "submitted")


def test_an_officer_of_the_same_body_in_another_role_does_not_open_the_list(three):
    clerk = a_person("line-officer", "mm-coordination")

    assert signed_in(clerk).get(address(three[0])).status_code == 404
    assert body("mm-coordination").pk == three[0].coordination_id
