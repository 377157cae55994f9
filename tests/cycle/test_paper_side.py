"""A country whose ministries have no accounts gets through: its office records each step with its letter."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.cycle import actions
from taawun.cycle.models import CooperationRequest
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.seats import Letter
from taawun.foundation.steps import Refused, offered, perform
from taawun.papers.models import File
from taawun.workspace.demo import operation as op, story
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.players import says
from taawun.workspace.demo.scan import a_scan
from tests.cycle.made import body, derived_tasks, events_of, held_tasks, in_words, signed_in
from tests.factories import a_request, an_operation, who
from tests.planning.revised import a_meeting, a_running_operation


@pytest.fixture
def on_paper(world):
    Organisation.objects.filter(slug__in=["mm-post", "mm-coordination"]).update(on_paper=True)


def letter(number="LTR-1"):
    return Letter(number, clock.today(), scan(f"Letter {number} (example)", who("mm-office")))


def an_idea():
    office = who("mm-office")
    made = actions.begin_request(
        actor=office, requesting=body("mm-post"), provider=body("jica"), values=dict(says().BEGIN)
    )
    values = {**says().IDEA, "round": story.open_round(clock.today())}
    return actions.save_request_part(made, "idea", values, actor=office, base_version=made.version)


def written(made):
    office = who("mm-office")
    for part, values in says().PARTS.items():
        made = actions.save_request_part(made, part, values, actor=office, base_version=made.version)
    for part, rows in (("outputs", says().OUTPUTS), ("inputs", says().INPUTS)):
        made = actions.save_request_rows(
            made, part, [dict(row) for row in rows], actor=office, base_version=made.version
        )
    return made


def recorded(made, step, number):
    return perform(made, step, actor=who("mm-office"), letter=letter(number))


def test_a_country_without_any_account_gets_through(on_paper):
    made = written(recorded(an_idea(), "prepare", "1"))
    for number, step in enumerate(("submit", "retain"), start=2):
        made = recorded(made, step, str(number))
    actions.forward_lot(
        actions.lot_of(made),
        actor=who("mm-office"),
        letter_number="LOT-1",
        letter_date=clock.today(),
        scan=letter("LOT-1").scan,
    )
    made.refresh_from_db()

    assert made.state == "endorsed"
    post, coordination = body("mm-post").pk, body("mm-coordination").pk
    told = [
        (e.step, e.on_behalf_of_id, e.detail.data["on_paper"]["number"])
        for e in events_of(made)
        if e.to_state
    ]
    assert told == [
        ("prepare", post, "1"),
        ("submit", post, "2"),
        ("retain", coordination, "3"),
        ("forward", coordination, "LOT-1"),
    ]
    assert {e.organisation_id for e in events_of(made) if e.to_state} == {body("jica-mm").pk}
    assert held_tasks(made) == derived_tasks(made)


def test_what_waits_on_a_party_on_paper_lies_on_the_desk_of_the_office(on_paper):
    made = an_idea()

    (task,) = held_tasks(made)

    assert (task.organisation_id, task.role) == (body("jica-mm").pk, "country-office")
    ball = signed_in("mm-office").get(made.get_absolute_url()).content.decode()
    assert "which acts on paper" in ball


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Letter("", None), "Give the number of the letter."),
        (Letter("1", None), "Give the date of the letter."),
        (Letter("1", clock.LAST_DAY), "The date of the letter lies in the future."),
    ],
)
def test_without_its_letter_nothing_is_recorded(on_paper, given, sentence):
    made = an_idea()

    with pytest.raises(Refused) as refused:
        perform(made, "prepare", actor=who("mm-office"), letter=given)

    assert sentence in in_words(refused)
    assert "Attach the scan of the letter." in in_words(refused)
    assert CooperationRequest.objects.get(pk=made.pk).state == "idea"


def test_the_day_of_the_act_and_the_day_of_recording_are_both_kept(on_paper):
    made = an_idea()
    earlier = clock.today().replace(day=1)

    made = perform(made, "prepare", actor=who("mm-office"), letter=letter(), acted_on=earlier)

    last = events_of(made)[-1]
    assert (last.acted_on, last.recorded_at.date()) == (earlier, clock.today())


def test_the_scan_is_opened_by_whoever_reads_the_entry_and_by_nobody_else(on_paper):
    made = recorded(an_idea(), "prepare", "9")
    held = File.objects.get(gate="entry")

    page = signed_in("mm-office").get(made.get_absolute_url()).content.decode()

    assert held.get_absolute_url() in page
    assert "on behalf of" in page
    opened = signed_in("mm-office").get(held.get_absolute_url())
    assert (opened.status_code, opened.getvalue()[:4]) == (200, b"%PDF")
    for stranger in ("la-office", "desk", "sn-embassy"):
        assert signed_in(stranger).get(held.get_absolute_url()).status_code == 404


def test_a_party_that_signs_in_acts_for_itself(world):
    made = a_request("draft")

    assert offered(made, who("mm-office")) == []
    with pytest.raises(Refused):
        perform(made, "submit", actor=who("mm-office"), letter=letter())
    with pytest.raises(PermissionDenied):
        actions.begin_request(
            actor=who("mm-office"), requesting=body("mm-post"), provider=body("jica"), values={}
        )


@pytest.mark.parametrize("stranger", ["la-office", "sn-embassy"])
def test_another_countrys_office_records_nothing(on_paper, stranger):
    made = an_idea()

    assert offered(made, who(stranger)) == []
    assert signed_in(stranger).get(made.get_absolute_url()).status_code == 404


def test_the_office_does_it_on_the_pages(on_paper):
    made = an_idea()
    browser = signed_in("mm-office")
    url = reverse("step", args=["request", made.pk, "prepare"])

    shown = browser.get(url)
    without = browser.post(url, {"once": str(uuid4())})
    pdf = SimpleUploadedFile("letter.pdf", a_scan("Letter 5 (example)"), content_type="application/pdf")
    data = {
        "once": str(uuid4()),
        "letter_number": "5",
        "letter_date": clock.today().isoformat(),
        "letter_scan": pdf,
    }
    done = browser.post(url, data)

    assert [name for name in shown.context["form"].fields if name.startswith("letter_")] == [
        "letter_number",
        "letter_date",
        "letter_scan",
    ]
    assert (without.status_code, done.status_code) == (422, 302)
    assert CooperationRequest.objects.get(pk=made.pk).state == "draft"


def test_the_office_begins_for_an_organisation_on_paper(on_paper):
    page = signed_in("mm-office").get(reverse("cycle:request-new"))

    assert list(page.context["form"].fields["requesting"].queryset) == [
        body("mm-coordination"),
        body("mm-post"),
    ]


def test_the_office_ranks_and_forwards_with_the_letter_of_the_body(on_paper):
    made = written(recorded(an_idea(), "prepare", "1"))
    made = recorded(recorded(made, "submit", "2"), "retain", "3")
    browser = signed_in("mm-office")
    url = reverse("cycle:lot", args=[made.pk])
    pdf = SimpleUploadedFile("lot.pdf", a_scan("List (example)"), content_type="application/pdf")
    data = {
        "once": str(uuid4()),
        f"rank_{made.pk}": 1,
        "letter_number": "L-1",
        "letter_date": clock.today().isoformat(),
    }

    without = browser.post(url, data)
    done = browser.post(url, data | {"once": str(uuid4()), "letter_scan": pdf})

    assert (without.status_code, done.status_code) == (422, 302)
    assert CooperationRequest.objects.get(pk=made.pk).state == "endorsed"


def test_a_party_on_paper_confirms_the_results_through_the_office(world):
    made = an_operation("completion_review")
    Organisation.objects.filter(slug="mm-post").update(on_paper=True)

    made = op.write_report(made)
    made = perform(made, "confirm-results", actor=who("mm-office"))
    made = perform(made, "confirm-results", actor=who("mm-office"), letter=letter("C-1"))

    assert made.state == "completed"
    assert [c.organisation.slug for c in actions.consents_given(made, "confirm-results")] == [
        "jica-mm",
        "mm-post",
    ]


def test_what_the_office_writes_for_a_party_on_paper_is_entered_on_its_behalf(on_paper):
    made = written(an_idea())

    texts = [e for e in events_of(made) if e.step == "edited"]
    assert {(e.organisation_id, e.on_behalf_of_id) for e in texts} == {
        (body("jica-mm").pk, body("mm-post").pk)
    }


def test_what_the_office_writes_in_its_own_right_is_its_own(world):
    made = a_running_operation()
    Organisation.objects.filter(slug="mm-post").update(on_paper=True)

    a_meeting(made, "The office calls for tenders")

    said = [(e.organisation_id, e.on_behalf_of_id) for e in events_of(made) if e.step == "meeting-recorded"]
    assert said == [(body("jica-mm").pk, None)]
