"""Moving a running case to the settings in force: the desk's act, one by one, told before and recorded after."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from taawun.cycle.models import Consent, Operation, settings_for, settings_of
from taawun.foundation.models import AuditDetail, AuditEvent
from taawun.foundation.steps import Refused, perform
from taawun.foundation.tasks import ball_of
from taawun.governance import actions
from taawun.governance.moving import move_of
from taawun.kernel.periods import add_months, add_years
from tests.cycle.made import (
    a_reviewed_request,
    body,
    derived_tasks,
    everything,
    held_tasks,
    in_words,
)
from tests.factories import a_person, a_request, an_operation, who
from tests.governance.made import make, seats, terms_in_force


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def move(case, *, by="desk", reason="The desk agreed with the partner.", seen=None):
    actor = who(by) if isinstance(by, str) else by
    told = move_of(fresh(case)).seen if seen is None else seen
    return actions.move_case(case, actor=actor, reason=reason, seen=told)


def approvals(case):
    return list(
        Consent.objects.filter(coop_request=case, voided_at=None).values_list("organisation__slug", flat=True)
    )


def test_a_moved_review_asks_the_seats_of_the_new_settings_and_the_approvals_given_fall(world):
    case = a_reviewed_request()
    perform(case, "adopt", actor=who("mofa-approver"))
    make(replace(terms_in_force(), seats=seats("jica", "jp-mofa")))
    told = move_of(fresh(case))

    moved = move(case)

    assert [consent.organisation.slug for consent in told.voided] == ["jp-mofa"]
    assert (settings_for(moved).version, approvals(case)) == (2, [])
    assert [t.organisation_id for t in ball_of(moved)] == [body("jica").pk]
    assert held_tasks(moved) == derived_tasks(moved)
    perform(moved, "adopt", actor=who("jica-approver"))
    assert perform(moved, "adopt", actor=who("mofa-approver")).state == "adopted"


def test_approvals_stand_where_the_seats_stay_as_they_were(world):
    case = a_reviewed_request()
    perform(case, "adopt", actor=who("mofa-approver"))
    make(terms_in_force(opinion_days=5))

    moved = move(case)

    assert (settings_for(moved).version, approvals(case)) == (2, ["jp-mofa"])
    assert perform(moved, "adopt", actor=who("jica-approver")).state == "adopted"


def test_another_number_of_approvals_voids_them_too(world):
    case = a_reviewed_request()
    perform(case, "adopt", actor=who("mofa-approver"))
    make(terms_in_force(approvals_needed=1))

    move(case)

    assert approvals(case) == []


def test_the_record_of_the_case_tells_the_move_with_its_reason(world):
    case, running = a_request("received"), an_operation("planning")
    make()

    move(case)
    move(running)

    events = AuditEvent.objects.filter(step="settings-moved").order_by("id")
    assert [(e.kind, e.role, e.audience_id) for e in events] == [
        ("request", "desk", body("jica").pk),
        ("operation", "desk", None),
    ]
    detail = AuditDetail.objects.get(event=events[0]).data
    assert (detail["settings"], detail["reason"]) == ([1, 2], "The desk agreed with the partner.")


def test_a_running_operation_gets_the_days_of_the_new_periods(world):
    running = an_operation("in_implementation")
    make(terms_in_force(completion_months=2))
    [day] = move_of(fresh(running)).days

    moved = move(running)

    end = running.ends_on
    assert (day.before, day.after) == (add_months(end, -6), add_months(end, -2))
    assert {t.due for t in ball_of(moved) if t.act == "open-completion"} == {add_months(end, -2)}


def test_a_completed_operation_gets_the_day_of_its_ex_post_evaluation(world):
    completed = an_operation("completed")
    make(terms_in_force(ex_post_years=4))

    moved = move(completed)

    assert Operation.objects.get(pk=moved.pk).ex_post_on == add_years(completed.completed_on, 4)


def test_numbers_and_opinions_asked_stay(world):
    case = a_request("under_review")
    deadlines = list(case.opinions.values_list("due_on", flat=True))
    make(terms_in_force(opinion_days=3, numbering="NEW-SORT-NNN"))

    moved = move(case)

    assert (moved.code, list(moved.opinions.values_list("due_on", flat=True))) == (case.code, deadlines)


@pytest.mark.parametrize("slug", ["jica-admin", "jica-approver", "mm-office", "amci-desk", "post-officer"])
def test_nobody_but_the_desk_moves_a_case(world, slug):
    case = a_request("received")
    make()
    before = everything()

    with pytest.raises(PermissionDenied):
        move(case, by=slug)

    assert everything() == before


def test_another_agencys_desk_moves_nothing(world):
    case = a_request("received")
    make()

    with pytest.raises(PermissionDenied):
        move(case, by=a_person("desk", "amci"))


def test_without_a_reason_nothing_moves(world):
    case = a_request("received")
    make()

    with pytest.raises(Refused) as refused:
        move(case, reason="  ")

    assert in_words(refused) == ["Give the reason."]
    assert settings_for(fresh(case)).version == 1


def test_a_case_under_the_present_settings_and_one_that_is_over_are_not_moved(world):
    present, over = a_request("received"), an_operation("closed")

    with pytest.raises(Refused) as already:
        move(present)
    make()
    with pytest.raises(Refused) as ended:
        move(over)

    assert in_words(already) == ["The case goes by the present settings already."]
    assert in_words(ended) == ["The case is over: no settings rule it any more."]


def test_what_the_reader_was_not_told_does_not_happen(world):
    case = a_reviewed_request()
    make(replace(terms_in_force(), seats=seats("jica")))
    seen = move_of(fresh(case)).seen
    perform(case, "adopt", actor=who("mofa-approver"))

    with pytest.raises(Refused) as refused:
        move(case, seen=seen)

    assert in_words(refused) == ["The case or the settings changed meanwhile: look again at what changes."]
    assert (settings_for(fresh(case)).version, approvals(case)) == (1, ["jp-mofa"])


def test_a_case_that_began_by_the_defaults_is_moved_too(world):
    case = a_request("received")
    type(case).objects.update(settings=None)

    moved = move(case)

    assert settings_for(moved) == settings_of(body("jica").pk)
    assert AuditDetail.objects.latest("event_id").data["settings"] == [0, 1]
