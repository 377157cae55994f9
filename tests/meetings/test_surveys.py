"""The detailed planning survey: a mission and the minutes it signed, recorded while the operation is planned."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.meetings import actions
from taawun.meetings.models import Survey
from taawun.papers.actions import hold
from taawun.workspace.demo.cast import organisation, user
from tests.meetings.made import an_operation, rows, signed_in
from tests.papers import made

pytestmark = pytest.mark.usefixtures("world")

TODAY = clock.today


def a_mission(**changes):
    """A mission that came home, its minutes signed."""
    values = {
        "starts_on": TODAY() - timedelta(days=20),
        "ends_on": TODAY() - timedelta(days=6),
        "places": "Yangon, Mandalay",
        "minutes": "Both sides found the sorting centres ready.",
        "signed_on": TODAY() - timedelta(days=6),
        "signed_at": "Nay Pyi Taw",
        "scan": None,
    }
    return values | changes


WENT = [{"name": "Leader", "organisation_name": "JICA", "function": "Team leader"}]


def signed_by(*slugs):
    return [{"organisation": organisation(slug), "name": f"For {slug}", "title": ""} for slug in slugs]


def survey(operation, actor="desk", signatories=None, **changes):
    rest = {name: changes.pop(name) for name in ("survey", "base_version") if name in changes}
    rows_ = signed_by("mm-post", "jica") if signatories is None else signatories
    return actions.record_survey(
        operation, a_mission(**changes), [dict(row) for row in WENT], rows_, actor=user(actor), **rest
    )


@pytest.fixture
def operation(world) -> Operation:
    return an_operation("planning")


def told(refusal):
    return [str(obstacle) for obstacle in refusal.value.obstacles]


def test_a_survey_is_recorded_and_moves_no_state(operation):
    held = survey(operation)

    assert (held.number, held.code, held.places) == (1, f"{operation.code}-S01", "Yangon, Mandalay")
    assert [one.name for one in held.members.all()] == ["Leader"]
    assert [(one.organisation.slug, one.name) for one in held.signatories.all()] == [
        ("mm-post", "For mm-post"),
        ("jica", "For jica"),
    ]
    event = AuditEvent.objects.get(subject_id=operation.pk)
    assert (event.step, event.acted_on, event.from_state, event.to_state) == (
        "survey-recorded",
        TODAY() - timedelta(days=6),
        "",
        "",
    )
    operation.refresh_from_db()
    assert operation.state == "planning"


def test_a_mission_to_come_is_recorded_and_completed_later(operation):
    first, last = TODAY() + timedelta(days=3), TODAY() + timedelta(days=9)
    held = survey(operation, starts_on=first, ends_on=last, signed_on=None, signatories=[])
    clock.set_today(last)
    scan = hold(made.sent(made.pdf(), "minutes.pdf"), actor=user("mm-office"))

    done = survey(
        operation,
        actor="mm-office",
        survey=held,
        base_version=1,
        starts_on=first,
        ends_on=last,
        signed_on=last,
        scan=scan,
    )

    assert (held.is_signed, done.is_signed, done.version) == (False, True, 2)
    assert AuditEvent.objects.filter(step="survey-edited").count() == 1


@pytest.mark.parametrize(
    "slug", ["post-officer", "mm-coordinator", "jica-approver", "la-office", "sn-officer"]
)
def test_desk_and_country_office_alone_record_it(operation, slug):
    with pytest.raises(PermissionDenied):
        survey(operation, actor=slug)

    assert not Survey.objects.exists()


@pytest.mark.parametrize("state", ["agreed", "in_implementation", "completed", "closed", "cancelled"])
def test_it_belongs_to_the_plan(state):
    with pytest.raises(editing.Frozen):
        survey(an_operation(state))


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"ends_on": date(2020, 1, 1)}, "The end comes before the beginning."),
        ({"signed_on": date(2020, 1, 1)}, "The minutes were signed before the mission began."),
        ({"signed_on": date(2999, 1, 1)}, "The minutes were signed in the future."),
    ],
)
def test_days_out_of_order_are_refused(operation, changes, obstacle):
    with pytest.raises(Refused) as refusal:
        survey(operation, **changes)

    assert told(refusal) == [obstacle]


def test_a_signatory_of_somebody_who_is_no_party_is_refused(operation):
    with pytest.raises(Refused) as refusal:
        survey(operation, signatories=signed_by("la-post"))

    assert told(refusal) == ["Choose an organisation that is a party to the operation."]


def test_a_lost_edit_is_told_and_changes_nothing(operation):
    held = survey(operation)
    survey(operation, survey=held, base_version=1, places="Yangon")

    with pytest.raises(editing.Conflict) as caught:
        survey(operation, survey=held, base_version=1, places="Mandalay")

    assert caught.value.theirs["places"] == "Yangon"
    assert Survey.objects.get().places == "Yangon"


def test_saying_the_same_again_is_no_change(operation):
    held = survey(operation)

    survey(operation, survey=held, base_version=1)

    count = AuditEvent.objects.filter(kind="operation", subject_id=operation.pk).count()
    assert (Survey.objects.get().version, count) == (1, 1)


def test_the_database_holds_what_a_survey_may_be(operation):
    held = survey(operation)

    for wrong in ({"ends_on": date(2020, 1, 1)}, {"number": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Survey.objects.filter(pk=held.pk).update(**wrong)


# ── Pages ──


def address(name, operation, *args):
    return reverse(f"meetings:{name}", args=[operation.pk, *args])


def form(**changes):
    values = {
        name: "" if value is None else str(value) for name, value in a_mission().items() if name != "scan"
    }
    went = rows("members", WENT[0])
    signed = rows("signatories", {"organisation": organisation("jica").pk, "name": "For JICA", "title": ""})
    return values | {"base_version": "0"} | went | signed | changes


@pytest.mark.parametrize(
    "slug", ["la-officer", "la-office", "sn-officer", "amci-desk", "evaluator", "comms-opinion"]
)
def test_strangers_find_nothing(operation, slug):
    held = survey(operation)
    pages = [
        address("survey-new", operation),
        address("survey", operation, held.pk),
        address("survey-paper", operation, held.pk),
    ]
    assert {signed_in("desk").get(url).status_code for url in pages} == {200}
    stranger = signed_in(slug)

    assert {stranger.get(url).status_code for url in pages} == {404}
    assert {stranger.post(url, form()).status_code for url in pages[:2]} == {404}
    assert Survey.objects.count() == 1


def test_the_partner_reads_it_and_does_not_write_it(operation):
    held = survey(operation)
    partner = signed_in("post-officer")

    tab = partner.get(address("meetings", operation)).content.decode()

    assert "Detailed planning survey 1" in tab
    assert "Record a survey" not in tab
    assert "Both sides found the sorting centres ready." in tab
    assert partner.get(address("survey-paper", operation, held.pk)).status_code == 200
    assert partner.get(address("survey", operation, held.pk)).status_code == 403
    assert partner.post(address("survey-new", operation), form()).status_code == 403


def test_a_survey_of_another_operation_is_not_found(operation):
    stranger = survey(an_operation("planning", "LA"), actor="la-office", signatories=[])

    for name in ("survey", "survey-paper"):
        assert signed_in("desk").get(address(name, operation, stranger.pk)).status_code == 404


def test_the_form_records_it_and_keeps_what_is_wrong(operation):
    office = signed_in("mm-office")

    wrong = office.post(address("survey-new", operation), form(ends_on="2020-01-01", places="Bago"))
    right = office.post(address("survey-new", operation), form())

    assert wrong.status_code == 422
    assert wrong.context["form"]["places"].value() == "Bago"
    assert wrong.context["form"].errors == {"ends_on": ["The end comes before the beginning."]}
    assert (right.status_code, Survey.objects.get().places) == (302, "Yangon, Mandalay")


def test_its_page_is_shut_once_the_parties_have_signed(world):
    operation = an_operation("planning")
    held = survey(operation)
    Operation.objects.filter(pk=operation.pk).update(state="agreed")
    office = signed_in("mm-office")

    assert office.get(address("survey", operation, held.pk)).status_code == 409
    assert office.post(address("survey-new", operation), form()).status_code == 409
    assert "Detailed planning survey 1" in office.get(address("meetings", operation)).content.decode()


def test_the_minutes_print_with_who_went_and_who_signed(operation):
    held = survey(operation)

    paper = signed_in("mm-coordinator").get(address("survey-paper", operation, held.pk)).content.decode()

    for words in (
        "Minutes of meeting on the detailed planning survey",
        "Team leader",
        "For jica",
        "(signed)",
    ):
        assert words in paper


@pytest.mark.parametrize("many", [1, 3])
def test_the_tab_costs_the_same_however_many(operation, many, django_assert_max_num_queries):
    for _ in range(many):
        survey(operation)
    reader = signed_in("post-officer")

    with django_assert_max_num_queries(15):
        reader.get(address("meetings", operation))
