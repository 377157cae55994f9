from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from taawun.agreements import actions, queries
from taawun.agreements.models import Instrument, InstrumentKind
from taawun.cycle.models import CooperationRequest, Operation
from taawun.foundation import clock, editing
from taawun.foundation.audit import timeline
from taawun.foundation.models import AuditEvent
from taawun.foundation.ports import registry
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused, perform
from taawun.papers.actions import hold
from taawun.papers.models import File
from taawun.workspace.demo.cast import organisation, user
from tests.factories import a_request
from tests.meetings.made import signed_in
from tests.papers import made

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def adopted(world) -> CooperationRequest:
    """The postal request, adopted today."""
    return a_request("adopted")


def note(**more):
    """A note as the action takes it."""
    values = {
        "number": "NV 12/2026",
        "dated_on": clock.today(),
        "prevailing_language": "en",
        "text": "The office presents…",
    }
    return values | more


def write(coop_request, *, actor: str = "mm-office", base: int = 0, **more) -> Instrument:
    return actions.write_note(coop_request, note(**more), actor=user(actor), base_version=base)


def send(coop_request, **more) -> CooperationRequest:
    write(coop_request)
    return perform(coop_request, "notify", actor=user("mm-office"), **more)


def a_reply(**more):
    data = {
        "number": "MM/77",
        "dated_on": clock.today(),
        "scan": hold(made.sent(made.pdf()), actor=user("mm-office")),
    }
    return data | more


def confirm(coop_request, **more) -> CooperationRequest:
    return perform(coop_request, "confirm", actor=user("mm-office"), data=a_reply(**more))


def missing(coop_request) -> list[str]:
    return [str(obstacle) for obstacle in registry.requirements["note-verbale-ready"].check(coop_request)]


# ── The rules ──


def test_the_partner_is_notified_with_a_note_that_is_written():
    coop_request = a_request("adopted")

    assert missing(coop_request) == ["The note verbale is not written yet"]
    write(coop_request, number="", dated_on=None, text="")
    assert missing(coop_request) == [
        "The note verbale has no number",
        "The note verbale has no date",
        "The note verbale has no text",
    ]
    write(coop_request, base=1)
    assert missing(coop_request) == []


def test_a_note_that_is_missing_refuses_the_step(adopted):
    with pytest.raises(Refused) as refused:
        perform(adopted, "notify", actor=user("mm-office"))

    assert [o.link for o in refused.value.obstacles] == [
        reverse("agreements:note-verbale", args=[adopted.pk])
    ]


def test_a_note_that_was_sent_never_changes(adopted):
    send(adopted)

    with pytest.raises(editing.Frozen):
        write(adopted, base=1, text="Something else")

    held = queries.note_of(adopted)
    assert (held.text, held.frozen_on) == ("The office presents…", clock.today())


def test_a_note_is_not_sent_before_its_own_date(adopted):
    write(adopted)

    with pytest.raises(Refused):
        perform(adopted, "notify", actor=user("mm-office"), acted_on=clock.today() - timedelta(days=1))

    adopted.refresh_from_db()
    assert (adopted.state, queries.note_of(adopted).frozen_on) == ("adopted", None)


def test_a_note_of_tomorrow_is_not_written_today(adopted):
    with pytest.raises(Refused):
        write(adopted, dated_on=clock.today() + timedelta(days=1))


@pytest.mark.parametrize("actor", ["desk", "post-officer", "mm-coordinator", "la-office"])
def test_only_the_country_office_writes_the_note(adopted, actor):
    with pytest.raises(PermissionDenied):
        write(adopted, actor=actor)

    assert Instrument.objects.count() == 0


def test_a_lost_edit_of_the_note_is_told_with_both_versions(adopted):
    write(adopted)

    with pytest.raises(editing.Conflict) as caught:
        write(adopted, base=0, text="Mine")

    assert (caught.value.theirs["text"], caught.value.mine["text"]) == ("The office presents…", "Mine")


def test_the_partner_does_not_read_in_the_record_that_the_note_is_being_written(adopted):
    write(adopted)

    seen = {
        slug: [str(entry.title) for entry in timeline(adopted, standing(user(slug)), limit=1)]
        for slug in ("desk", "post-officer")
    }

    assert seen["desk"] == ["Note verbale written"]
    assert seen["post-officer"] != ["Note verbale written"]


def test_the_reply_opens_the_operation_and_is_kept_as_received(adopted):
    send(adopted)

    confirmed = confirm(adopted)

    reply = queries.reply_of(confirmed)
    assert confirmed.state == "confirmed"
    assert (reply.number, reply.dated_on, reply.on_behalf_of, reply.frozen_on) == (
        "MM/77",
        clock.today(),
        organisation("mm-coordination"),
        clock.today(),
    )
    assert (reply.scan.gate, reply.scan.subject_id) == ("instrument", reply.pk)
    event = AuditEvent.objects.get(kind="request", subject_id=adopted.pk, step="confirm")
    assert (event.detail.data["reply"], event.detail.data["scan"]) == ("MM/77", reply.scan.sha256)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"scan": None},
        {"dated_on": None},
        {"dated_on": clock.timezone.now().date() + timedelta(days=1)},
        {"dated_on": clock.timezone.now().date() - timedelta(days=1)},
    ],
    ids=["no number", "no scan", "no date", "of tomorrow", "older than the note"],
)
def test_a_reply_that_cannot_be_one_opens_nothing(adopted, wrong):
    send(adopted)

    with pytest.raises(Refused):
        confirm(adopted, **wrong)

    assert (queries.reply_of(adopted), Operation.objects.count()) == (None, 0)


def test_a_reply_is_not_recorded_with_another_persons_file(adopted):
    send(adopted)
    theirs = hold(made.sent(made.pdf()), actor=user("la-office"))

    with pytest.raises(Refused):
        confirm(adopted, scan=theirs)

    theirs.refresh_from_db()
    assert (theirs.is_pending, Instrument.objects.filter(kind="note-verbale-reply").count()) == (True, 0)


def test_the_database_holds_one_note_a_request_and_an_instrument_of_one_case(adopted):
    write(adopted)
    more = {"recorded_by": user("mm-office")}

    for wrong in (
        {"kind": InstrumentKind.NOTE_VERBALE, "coop_request": adopted},
        {"kind": InstrumentKind.RECORD_OF_DISCUSSIONS, "coop_request": adopted},
        {"kind": InstrumentKind.NOTE_VERBALE},
        {"kind": InstrumentKind.NOTE_VERBALE_REPLY, "coop_request": adopted, "frozen_on": clock.today()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Instrument.objects.create(**wrong, **more)


# ── The pages ──


def address(coop_request, page: str = "note-verbale") -> str:
    return reverse(f"agreements:{page}", args=[coop_request.pk])


def posted(**more):
    return {name: str(value) for name, value in note().items()} | {"base_version": "0"} | more


def step(coop_request, name: str) -> str:
    return reverse("step", args=["request", coop_request.pk, name])


def test_the_page_begins_with_a_text_composed_from_the_request(adopted):
    text = signed_in("mm-office").get(address(adopted)).context["form"]["text"].value()

    assert text.startswith(
        "JICA Myanmar Office presents its compliments to Aid coordination body, Myanmar (example)"
    )
    assert adopted.title in text
    assert adopted.code in text


def test_the_first_text_comes_in_the_language_asked_for(adopted):
    form = signed_in("mm-office").get(address(adopted), {"language": "fr"}).context["form"]

    assert form["prevailing_language"].value() == "fr"
    assert form["text"].value().startswith("Bureau de la JICA au Myanmar")


def test_the_note_is_written_sent_and_answered_on_its_pages(adopted):
    client = signed_in("mm-office")

    written = client.post(address(adopted), posted())
    sent = client.post(step(adopted, "notify"))
    confirmed = client.post(
        step(adopted, "confirm"),
        {"number": "MM/77", "dated_on": clock.today(), "scan": made.sent(made.pdf(), "reply.pdf")},
    )

    assert [written.status_code, sent.status_code, confirmed.status_code] == [302, 302, 302]
    adopted.refresh_from_db()
    assert (adopted.state, queries.reply_of(adopted).scan.original_name) == ("confirmed", "reply.pdf")


def test_a_wrong_date_of_the_reply_does_not_lose_its_scan(adopted):
    send(adopted)
    client = signed_in("mm-office")
    data = {"number": "MM/77", "dated_on": clock.today() - timedelta(days=1)}

    wrong = client.post(step(adopted, "confirm"), data | {"scan": made.sent(made.pdf(), "reply.pdf")})
    token = wrong.context["form"].held_data()["scan_held"]
    right = client.post(step(adopted, "confirm"), data | {"dated_on": clock.today(), "scan_held": token})

    assert wrong.context["form"].errors == {
        "dated_on": ["The reply bears an earlier date than the note verbale it answers."]
    }
    assert b"Kept for you: <bdi>reply.pdf</bdi>" in wrong.content
    assert right.status_code == 302


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (None, "This field is required."),
        (b"<html><script>alert(1)</script>", "By its content this is a web page: send PDF, PNG or JPEG."),
    ],
)
def test_a_reply_without_a_proper_scan_is_told_at_its_field(adopted, upload, told):
    send(adopted)
    data = {"number": "MM/77", "dated_on": clock.today()} | ({"scan": made.sent(upload)} if upload else {})

    answer = signed_in("mm-office").post(step(adopted, "confirm"), data)

    assert (answer.status_code, answer.context["form"].errors) == (422, {"scan": [told]})
    assert File.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"dated_on": "2999-01-01"}, "dated_on"),
        ({"dated_on": "soon"}, "dated_on"),
        ({"prevailing_language": "xx"}, "prevailing_language"),
        ({"text": ""}, "text"),
        ({"text": "x" * 12001}, "text"),
    ],
)
def test_a_wrong_field_of_the_note_is_told_at_its_place(adopted, wrong, field):
    answer = signed_in("mm-office").post(address(adopted), posted(**wrong))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Instrument.objects.count() == 0


def test_the_same_note_sent_twice_is_written_once(adopted):
    client = signed_in("mm-office")
    data = posted(once="5f0c1f5e-1f5c-4a57-9c58-0c0f8f3c8d11")

    client.post(address(adopted), data)
    client.post(address(adopted), data)

    assert Instrument.objects.get().version == 1


def test_after_sending_the_page_of_the_note_is_its_paper(adopted):
    send(adopted)

    answer = signed_in("mm-office").get(address(adopted))

    assert answer["Location"] == address(adopted, "note-verbale-paper")


def test_what_is_typed_after_the_note_left_is_told_and_kept(adopted):
    send(adopted)

    client = signed_in("mm-office")

    answer = client.post(address(adopted), posted(text="Too late"))

    assert answer.status_code == 409
    assert client.get(address(adopted)).context["form"]["text"].value() == "Too late"
    assert queries.note_of(adopted).text == "The office presents…"


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("mm-office", 200, 200),
        ("desk", 200, 200),
        ("jica-approver", 200, 200),
        ("mofa-approver", 200, 200),
        ("post-officer", 404, 200),
        ("mm-coordinator", 404, 200),
        ("la-office", 404, 404),
        ("la-officer", 404, 404),
        ("sn-officer", 404, 404),
        ("amci-desk", 404, 404),
    ],
)
def test_the_partner_reads_the_note_once_it_is_sent_and_another_country_never(adopted, who, before, after):
    scan = hold(made.sent(made.pdf(), "note.pdf"), actor=user("mm-office"))
    write(adopted, scan=scan)
    addresses = [address(adopted, "note-verbale-paper"), scan.get_absolute_url()]

    assert [signed_in(who).head(one).status_code for one in addresses] == [before, before]

    perform(adopted, "notify", actor=user("mm-office"))

    assert [signed_in(who).head(one).status_code for one in addresses] == [after, after]


@pytest.mark.parametrize(
    ("who", "status"), [("post-officer", 403), ("desk", 403), ("la-office", 404), ("sn-officer", 404)]
)
def test_who_does_not_write_the_note_is_not_let_to_its_page(adopted, who, status):
    client = signed_in(who)

    assert [
        client.get(address(adopted)).status_code,
        client.post(address(adopted), posted()).status_code,
    ] == [status, status]


def test_the_paper_stands_in_the_language_of_the_note(adopted):
    write(adopted, prevailing_language="ar", text="يهدي المكتب تحياته")

    page = signed_in("mm-office").get(address(adopted, "note-verbale-paper")).content.decode()

    assert '<html lang="ar" dir="rtl">' in page
    assert "يهدي المكتب تحياته" in page
    assert "مكتب جايكا في ميانمار" in page


def test_there_is_no_paper_before_there_is_a_note(adopted):
    assert signed_in("mm-office").get(address(adopted, "note-verbale-paper")).status_code == 404


def test_the_page_of_the_note_costs_little(adopted, django_assert_num_queries):
    client = signed_in("mm-office")

    with django_assert_num_queries(13):
        client.get(address(adopted))
