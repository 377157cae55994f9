from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.meetings import actions
from taawun.meetings.models import DecisionItem, Meeting
from taawun.papers.models import File
from taawun.workspace.demo.cast import organisation, user
from tests.meetings.made import an_operation, rows, signed_in
from tests.papers import made

pytestmark = pytest.mark.usefixtures("world")


def held(**more):
    """A meeting as the action takes it."""
    return {
        "held_on": clock.today(),
        "place": "Nay Pyi Taw",
        "attendance": "",
        "summary": "",
        "minutes": None,
    } | more


def decided(text: str = "Extend the training", owner: str = "mm-post", **more):
    return {"text": text, "owner": organisation(owner), "due_on": None} | more


def record(operation, *decisions, actor: str = "mm-office", **more) -> Meeting:
    values = held(**{k: v for k, v in more.items() if k not in ("meeting", "base_version")})
    rest = {k: v for k, v in more.items() if k in ("meeting", "base_version")}
    return actions.record_meeting(operation, values, list(decisions), actor=user(actor), **rest)


def test_meetings_of_an_operation_are_numbered_without_gap():
    operation, other = an_operation(), an_operation(country="LA")

    numbers = [record(operation).number, record(other, actor="la-office").number, record(operation).number]

    assert numbers == [1, 1, 2]
    assert Meeting.objects.get(operation=operation, number=2).code == f"{operation.code}-JCC02"


def test_decisions_are_numbered_as_they_were_taken():
    meeting = record(an_operation(), decided("First"), decided("Second", "jica"))

    assert [(d.number, d.text, d.owner.slug) for d in meeting.decisions.all()] == [
        (1, "First", "mm-post"),
        (2, "Second", "jica"),
    ]


def test_the_record_tells_of_the_meeting_on_its_day():
    operation = an_operation()
    day = clock.today() - timedelta(days=3)

    record(operation, decided(), held_on=day, actor="post-officer")

    event = AuditEvent.objects.get(kind="operation", subject_id=operation.pk)
    assert (event.step, event.acted_on, event.role) == ("meeting-recorded", day, "line-officer")
    assert event.detail.data["decisions"] == [
        {"text": "Extend the training", "owner": organisation("mm-post").pk, "due_on": None}
    ]


def test_a_correction_keeps_the_decision_it_corrects():
    operation = an_operation()
    meeting = record(operation, decided("First"), decided("Second"))
    first, second = meeting.decisions.all()

    record(
        operation,
        decided("Second, in better words", pk=second.pk),
        decided("Third"),
        meeting=meeting,
        base_version=1,
        summary="Corrected",
    )

    meeting.refresh_from_db()
    assert (meeting.number, meeting.version, meeting.summary) == (1, 2, "Corrected")
    assert [(d.pk == second.pk, d.number, d.text) for d in meeting.decisions.all()] == [
        (True, 1, "Second, in better words"),
        (False, 2, "Third"),
    ]
    assert not DecisionItem.objects.filter(pk=first.pk).exists()


def test_a_lost_correction_is_told_with_both_versions():
    operation = an_operation()
    meeting = record(operation)
    record(operation, meeting=meeting, base_version=1, place="Yangon")

    with pytest.raises(editing.Conflict) as caught:
        record(operation, meeting=meeting, base_version=1, place="Mandalay")

    assert (caught.value.theirs["place"], caught.value.mine["place"]) == ("Yangon", "Mandalay")
    assert "Decisions" in caught.value.theirs


def test_a_correction_that_says_the_same_is_no_change():
    operation = an_operation()
    meeting = record(operation, decided())

    record(operation, decided(pk=meeting.decisions.get().pk), meeting=meeting, base_version=1)

    meeting.refresh_from_db()
    assert (meeting.version, AuditEvent.objects.filter(kind="operation").count()) == (1, 1)


def test_who_comes_second_sees_what_the_first_one_decided():
    operation = an_operation()
    meeting = record(operation, decided("First"))
    client, edit = signed_in("mm-office"), reverse("meetings:edit", args=[operation.pk, meeting.pk])
    record(operation, decided("Buy bags"), meeting=meeting, base_version=1)

    answer = client.post(edit, posted(a_decision(text="Mine"), base_version="1"))

    assert answer.status_code == 409
    assert "1. Buy bags (Myanmar Post, –)" in answer.content.decode()
    assert [d.text for d in meeting.decisions.all()] == ["Buy bags"]


@pytest.mark.parametrize("state", ["planning", "appraised", "agreed", "closed"])
def test_no_meeting_is_recorded_outside_the_implementation(state):
    operation = an_operation(state)

    with pytest.raises(editing.Frozen):
        record(operation)


@pytest.mark.parametrize("actor", ["desk", "mm-coordinator", "la-office", "la-officer"])
def test_who_has_no_right_records_no_meeting(actor):
    operation = an_operation()

    with pytest.raises(PermissionDenied):
        record(operation, actor=actor)

    assert Meeting.objects.count() == 0


@pytest.mark.parametrize("days", [1, -800])
def test_a_meeting_was_held_since_the_operation_and_not_tomorrow(days):
    operation = an_operation()

    with pytest.raises(Refused):
        record(operation, held_on=clock.today() + timedelta(days=days))


def test_a_decision_is_not_given_to_a_stranger():
    operation = an_operation()

    with pytest.raises(Refused):
        record(operation, decided(owner="la-post"))

    assert Meeting.objects.count() == 0


def test_a_line_of_another_meeting_is_not_taken_over():
    operation, other = an_operation(), an_operation(country="LA")
    theirs = record(other, decided(owner="la-post"), actor="la-office").decisions.get()
    mine = record(operation)

    with pytest.raises(Refused):
        record(operation, decided("Mine now", pk=theirs.pk), meeting=mine, base_version=1)

    theirs.refresh_from_db()
    assert theirs.text == "Extend the training"


def test_a_number_stands_once_in_the_database():
    operation = an_operation()
    record(operation)

    with pytest.raises(IntegrityError):
        Meeting.objects.create(
            operation=operation, number=1, held_on=clock.today(), place="x", recorded_by=user("mm-office")
        )


# ── The pages ──


def new(operation) -> str:
    return reverse("meetings:new", args=[operation.pk])


def posted(*decisions, **more):
    data = {"held_on": clock.today(), "place": "Nay Pyi Taw", "base_version": "0"}
    return data | rows("decisions", *decisions) | more


def a_decision(**more):
    return {"text": "Extend the training", "owner": organisation("mm-post").pk} | more


def test_a_meeting_with_its_minutes_is_recorded_on_the_page():
    operation = an_operation()
    client = signed_in("post-officer")

    answer = client.post(new(operation), posted(a_decision(), minutes=made.sent(made.pdf(), "minutes.pdf")))

    meeting = Meeting.objects.get()
    assert answer.status_code == 302
    assert (meeting.minutes.gate, meeting.minutes.subject_id) == ("meeting", meeting.pk)
    assert [d.text for d in meeting.decisions.all()] == ["Extend the training"]


def test_the_same_form_sent_twice_records_one_meeting():
    operation = an_operation()
    client = signed_in("mm-office")
    data = posted(a_decision(), once="5f0c1f5e-1f5c-4a57-9c58-0c0f8f3c8d11")

    first, second = client.post(new(operation), data), client.post(new(operation), data)

    assert (first["Location"], Meeting.objects.count()) == (second["Location"], 1)


def test_a_wrong_date_does_not_lose_the_scan_nor_the_decision():
    operation = an_operation()
    client = signed_in("mm-office")
    tomorrow = clock.today() + timedelta(days=1)

    wrong = client.post(
        new(operation), posted(a_decision(), held_on=tomorrow, minutes=made.sent(made.pdf(), "minutes.pdf"))
    )
    token = wrong.context["form"].held_data()["minutes_held"]
    again = client.get(new(operation))
    right = client.post(new(operation), posted(a_decision(), minutes_held=token))

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert b"Kept for you: <bdi>minutes.pdf</bdi>" in wrong.content
    assert b"Kept for you: <bdi>minutes.pdf</bdi>" in again.content  # in the draft, too
    assert Meeting.objects.get().minutes.original_name == "minutes.pdf"


def test_a_scan_sent_with_the_draft_is_held():
    operation = an_operation()
    client = signed_in("mm-office")

    client.post(new(operation), posted(keep="1", place="", minutes=made.sent(made.pdf(), "minutes.pdf")))

    assert b"Kept for you: <bdi>minutes.pdf</bdi>" in client.get(new(operation)).content
    assert File.objects.get().is_pending


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"owner": "la-post"}, "owner"),
        ({"text": ""}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"due_on": "2026-13-01"}, "due_on"),
    ],
)
def test_a_wrong_decision_is_told_at_its_place(wrong, field):
    operation = an_operation()
    if wrong.get("owner"):
        wrong = {"owner": organisation(wrong["owner"]).pk}

    answer = signed_in("mm-office").post(new(operation), posted(a_decision(**wrong)))

    assert answer.status_code == 422
    assert list(answer.context["bundle"].rows[0].forms[0].errors) == [field]
    assert Meeting.objects.count() == 0


def test_a_forged_number_of_rows_drops_no_decision():
    operation = an_operation()
    meeting = record(operation, decided())
    data = posted(a_decision(pk=meeting.decisions.get().pk), base_version="1")

    answer = signed_in("mm-office").post(
        reverse("meetings:edit", args=[operation.pk, meeting.pk]),
        data | {"decisions-INITIAL_FORMS": "1", "decisions-TOTAL_FORMS": "0"},
    )

    assert (answer.status_code, meeting.decisions.count()) == (422, 1)


def test_another_operations_meeting_is_not_edited_through_this_ones_address():
    operation, other = an_operation(), an_operation(country="LA")
    theirs = record(other, actor="la-office")
    client = signed_in("mm-office")

    statuses = [
        client.get(reverse(f"meetings:{page}", args=[operation.pk, theirs.pk])).status_code
        for page in ("edit", "paper")
    ]

    assert statuses == [404, 404]


@pytest.mark.parametrize("who", ["la-officer", "la-office", "sn-officer", "comms-opinion"])
def test_another_countrys_people_do_not_learn_of_the_meetings(who):
    operation = an_operation()
    meeting = record(operation, decided())
    client = signed_in("mm-office")
    edit = reverse("meetings:edit", args=[operation.pk, meeting.pk])
    client.post(edit, posted(base_version="1", minutes=made.sent(made.pdf())))
    meeting.refresh_from_db()
    addresses = [
        reverse("meetings:meetings", args=[operation.pk]),
        new(operation),
        edit,
        reverse("meetings:paper", args=[operation.pk, meeting.pk]),
        meeting.minutes.get_absolute_url(),
    ]
    assert [client.head(address).status_code for address in addresses] == [200, 200, 200, 200, 200]

    stranger = signed_in(who)

    assert [stranger.head(address).status_code for address in addresses] == [404, 404, 404, 404, 404]


def test_a_partner_opens_the_minutes():
    operation = an_operation()
    client = signed_in("mm-office")
    client.post(new(operation), posted(minutes=made.sent(made.pdf())))

    answer = signed_in("post-officer").head(Meeting.objects.get().minutes.get_absolute_url())

    assert answer.status_code == 200


@pytest.mark.parametrize(("who", "offered"), [("mm-office", True), ("post-officer", True), ("desk", False)])
def test_the_tab_offers_recording_to_those_who_may(who, offered):
    operation = an_operation()

    tab = signed_in(who).get(reverse("meetings:meetings", args=[operation.pk]))

    assert tab.context["may_record"] is offered


@pytest.mark.parametrize("many", [1, 3])
def test_the_tab_costs_the_same_however_many_meetings(many, django_assert_num_queries):
    operation = an_operation()
    for _n in range(many):
        record(operation, decided(), decided("Another", "jica"))
    client = signed_in("mm-office")

    with django_assert_num_queries(13):
        client.get(reverse("meetings:meetings", args=[operation.pk]))


@pytest.mark.parametrize("many", [1, 3])
def test_correcting_a_meeting_costs_the_same_however_many_decisions(many, django_assert_num_queries):
    operation = an_operation()
    meeting = record(operation, *(decided(f"Decision {n}") for n in range(many)))
    client = signed_in("mm-office")

    with django_assert_num_queries(12):
        client.get(reverse("meetings:edit", args=[operation.pk, meeting.pk]))


def test_the_minutes_are_a_paper_in_the_language_of_the_operation():
    operation = an_operation(language="fr")
    meeting = record(operation, decided("Prolonger la formation"))

    page = (
        signed_in("mm-office")
        .get(reverse("meetings:paper", args=[operation.pk, meeting.pk]))
        .content.decode()
    )

    assert '<html lang="fr" dir="ltr">' in page
    assert "Prolonger la formation" in page
    assert "Poste du Myanmar" in page


def test_what_was_decided_stands_on_the_tab():
    operation = an_operation()
    record(operation, decided("Extend the training", due_on=clock.today()), place="Nay Pyi Taw")

    page = signed_in("post-officer").get(reverse("meetings:meetings", args=[operation.pk])).content.decode()

    assert "Meeting 1 of the joint coordinating committee" in page
    assert "Extend the training" in page
