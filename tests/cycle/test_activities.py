"""A stand-alone activity, AMCI's way: opened, agreed, carried out, reported, closed, and never shown a design."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from taawun.cycle import actions, rights
from taawun.cycle.models import ActivityReport, Operation, OperationPart
from taawun.directory.models import Person
from taawun.foundation import clock, editing
from taawun.foundation.ports import registry
from taawun.foundation.steps import Refused, offered, perform
from taawun.workspace.demo.exchange import scan
from taawun.workspace.demo.scan import a_scan
from taawun.workspace.demo.texts import postal
from tests.cycle.made import body, derived_tasks, held_tasks, in_words, signed_in
from tests.factories import a_person, an_operation, who

VALUES = {
    "title": "Expert mission in agrometeorology",
    "language": "fr",
    "modality_id": "modality:expert",
    "sector_id": "sector:41010",
    "site": "Dakar",
    "basis": "commission",
    "basis_number": "CM-2026/14",
}


def an_activity(**changes):
    desk = who("amci-desk")
    values = VALUES | {
        "starts_on": clock.today() + timedelta(days=30),
        "ends_on": clock.today() + timedelta(days=44),
        "basis_on": clock.today(),
        "scan": scan("Minutes of the commission (example)", desk),
        "supplier": body("ma-transport"),
    }
    return actions.open_without_request(
        actor=desk, provider=body("amci"), partner=body("sn-meteo"), values=values | changes
    )


def ready(made):
    expert = a_person("expert", "ma-transport")
    rows = [
        {
            "function": "expert",
            "person": Person.objects.get(user=expert),
            "organisation": body("ma-transport"),
            "field": "Agrometeorology",
            "held_from": clock.today(),
            "held_to": None,
        }
    ]
    actions.name_people(made, rows, actor=who("amci-desk"), base_version=made.version)
    made.refresh_from_db()
    component = made.components.get()
    values = {"confirmed_on": clock.today(), "supplier": body("ma-transport")}
    actions.save_component(component, values, actor=who("amci-desk"), base_version=made.version)
    return Operation.objects.get(pk=made.pk), expert


def test_a_decision_opens_it_with_its_parties_and_its_paper(world):
    made = an_activity()

    assert (made.state, made.form, made.code[:2], made.code[8:11]) == ("planning", "activity", "SN", "ACT")
    assert [(p.organisation.slug, p.part) for p in made.party_rows] == [
        ("sn-meteo", OperationPart.IMPLEMENTING),
        ("sn-coordination", OperationPart.COORDINATION),
        ("amci", OperationPart.PROVIDER),
        ("ma-transport", OperationPart.SUPPLIER),
    ]
    assert made.basis_scan.gate == "basis"
    assert held_tasks(made) == derived_tasks(made)


def test_a_decision_without_number_date_and_scan_opens_nothing(world):
    with pytest.raises(Refused) as refused:
        an_activity(basis_number="", basis_on=None, scan=None)

    assert len(in_words(refused)) == 3
    assert list(Operation.objects.all()) == []


def test_walked_whole(world):
    made = an_activity()
    with pytest.raises(Refused) as refused:
        perform(made, "agree", actor=who("amci-desk"))
    made, expert = ready(made)
    made = perform(made, "agree", actor=who("sn-embassy"))
    made = perform(made, "start", actor=who("amci-desk"))
    waiting = {(s.act, s.person_id or s.role) for s in derived_tasks(made)}
    report = {"done": "Two weeks in Dakar.", "results": "A plan.", "recommended": "", "participants": 12}
    actions.write_activity_report(made, report, actor=expert, base_version=0)
    for step in ("report", "close"):
        made = perform(made, step, actor=who("amci-desk"))

    assert in_words(refused) == [
        "The supplier has not accepted the period and place of the first component",
        "Nobody is named who carries it out",
    ]
    person = Person.objects.get(user=expert).pk
    assert waiting == {
        ("activity-report-written", "country-office"),
        ("activity-report-written", person),
        ("report", "desk"),
    }
    assert made.state == "closed"
    assert held_tasks(made) == set()


def test_its_report_is_asked_before_it_is_accepted(world):
    made, _expert = ready(an_activity())
    made = perform(made, "agree", actor=who("amci-desk"))
    made = perform(made, "start", actor=who("amci-desk"))

    with pytest.raises(Refused) as refused:
        perform(made, "report", actor=who("amci-desk"))

    assert in_words(refused) == ["The report is not written"]


def test_the_report_is_nobodys_to_overwrite(world):
    made, expert = ready(an_activity())
    made = perform(made, "agree", actor=who("amci-desk"))
    made = perform(made, "start", actor=who("amci-desk"))
    report = {"done": "One.", "results": "", "recommended": "", "participants": None}
    actions.write_activity_report(made, report, actor=expert, base_version=0)
    actions.write_activity_report(made, report | {"done": "Two."}, actor=who("sn-embassy"), base_version=1)

    with pytest.raises(editing.Conflict):
        actions.write_activity_report(made, report | {"done": "Three."}, actor=expert, base_version=1)

    assert ActivityReport.objects.get().done == "Two."


OF_A_PROJECT = {
    *("planning:design", "planning:ex-ante", "planning:plan", "agreements:agreements", "lessons:operation"),
    *("meetings:meetings", "monitoring:sheets", "monitoring:completion", "evaluation:evaluation"),
}


def test_it_is_never_shown_a_design_or_a_committee(world):
    made = an_activity()
    browser = signed_in("amci-desk")
    page = browser.get(made.get_absolute_url()).content.decode()
    named = {panel.url_name for panel in registry.kinds["operation"].panels if panel.workflow == "operation"}

    assert named == OF_A_PROJECT
    for url_name in named:
        address = reverse(url_name, args=[made.pk])
        assert address not in page
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("right", sorted(rights.OF_PROJECTS))
def test_nobody_may_write_what_belongs_to_projects(world, right):
    made = an_activity()

    assert [rights.seat_for(made, who(p), right) for p in ("amci-desk", "sn-embassy", "sn-officer")] == [
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("modality", ["training", "seminar"])
def test_a_course_and_a_seminar_go_the_same_way(world, modality):
    made, _expert = ready(an_activity(modality_id=f"modality:{modality}"))

    made = perform(made, "agree", actor=who("amci-desk"))

    assert (made.form, made.state) == ("activity", "agreed")


def test_cancelled_from_any_state_and_reopened(world):
    made = perform(an_activity(), "cancel", actor=who("amci-approver"), reason="No expert is free.")

    made = perform(made, "reopen", actor=who("amci-approver"), reason="One is free now.")

    assert made.state == "planning"


def test_a_project_may_be_opened_by_a_decision_too(world):
    made = an_activity(modality_id="modality:technical-cooperation-project")

    assert (made.form, made.code[8:11]) == ("project", "PRJ")
    assert signed_in("amci-desk").get(reverse("planning:design", args=[made.pk])).status_code == 200
    assert [s.name for s in offered(made, who("amci-desk"))] == ["appraise"]


def sent_form(**changes):
    day = clock.today()
    return {
        "once": str(uuid4()),
        "provider": body("amci").pk,
        "partner": body("sn-meteo").pk,
        "title": "Course in forecasting",
        "language": "fr",
        "modality_id": "modality:training",
        "basis": "programme",
        "basis_number": "PA-2026/3",
        "basis_on": day.isoformat(),
        "scan_held": "",
        **changes,
    }


def pdf():

    return SimpleUploadedFile("decision.pdf", a_scan("Decision (example)"), content_type="application/pdf")


def test_the_desk_opens_one_on_its_page(world):
    answer = signed_in("amci-desk").post(reverse("cycle:operation-new"), sent_form(scan=pdf()))

    made = Operation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.title, made.basis_number) == ("Course in forecasting", "PA-2026/3")


@pytest.mark.parametrize(
    "wrong",
    [
        {"basis_on": "2099-01-01"},
        {"partner": "0"},
        {"starts_on": "2026-05-02", "ends_on": "2026-05-01"},
        {"title": ""},
        {"title": "x" * 201},
        {"modality_id": "modality:none"},
    ],
)
def test_what_is_wrong_is_told_and_nothing_opens(world, wrong):
    answer = signed_in("amci-desk").post(reverse("cycle:operation-new"), sent_form(scan=pdf(), **wrong))

    assert answer.status_code == 422
    assert list(Operation.objects.all()) == []


@pytest.mark.parametrize("person", ["sn-officer", "sn-embassy", "amci-approver", "post-officer"])
def test_nobody_but_a_desk_officer_opens_one(world, person):
    assert signed_in(person).get(reverse("cycle:operation-new")).status_code == 404


def test_a_request_for_an_expert_opens_an_activity(world, monkeypatch):
    monkeypatch.setitem(postal.BEGIN, "modality_id", "modality:expert")

    made = an_operation("planning")

    assert (made.form, made.basis, made.basis_number) == ("activity", "notes", "NV-45 (example)")
    assert made.basis_on == date.fromordinal(clock.today().toordinal())
