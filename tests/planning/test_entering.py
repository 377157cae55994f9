"""An operation taken over after its signature: the agreed design is entered from paper, put in force, then revised."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from taawun.cycle.models import Operation
from taawun.directory.models import Organisation
from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.steps import Refused
from taawun.monitoring.queries import targets_of
from taawun.planning import actions
from taawun.planning.models import DesignVersion
from taawun.planning.queries import design_of, waits_to_be_entered
from tests.cycle.made import signed_in
from tests.cycle.taken import taken_over
from tests.factories import an_operation
from tests.planning.made import an_indicator, save, who

pytestmark = pytest.mark.usefixtures("world")

AGREED = date(2019, 2, 11)


@pytest.fixture
def operation(world) -> Operation:
    """Water for three towns, under way since 2019, taken over today."""
    return taken_over()


def put(operation, by="desk", **more):
    wanted = {"agreed_on": AGREED, "base_version": design_of(operation).version} | more
    return actions.put_in_force(operation=operation, actor=who(by), **wanted)


def fill(operation):
    """What the paper says, as the desk types it."""
    save(operation, "objectives", {"goal": "Fewer fall ill.", "purpose": "Water is safe in three towns."})
    rows = [{"id": None, "text": "Wells are repaired", "activities": "Survey the wells\nRepair them"}]
    save(operation, "outputs", {"outputs": rows})
    aims = [an_indicator(operation, level, f"Of the {level}") for level in ("goal", "purpose", "output")]
    save(operation, "indicators", {"indicators": aims})


def told(refusal):
    return [str(obstacle) for obstacle in refusal.value.obstacles]


def waiting(operation):
    rows = Task.objects.filter(kind="operation", subject_id=operation.pk, act="enter-design")
    return [(Organisation.objects.get(pk=row.organisation_id).slug, row.role) for row in rows]


def test_the_agreed_design_is_entered_and_put_in_force_on_the_day_it_was_agreed(operation):
    before = waiting(operation)
    fill(operation)

    made = put(operation)

    assert (before, waiting(operation)) == ([("jica", "desk")], [])
    assert (made.number, made.frozen_on) == (0, AGREED)
    event = AuditEvent.objects.get(step="design-entered")
    assert (event.acted_on, event.recorded_at.date(), event.role) == (AGREED, clock.today(), "desk")
    assert waits_to_be_entered(operation) is None
    assert [target.name for target in targets_of(operation)] == [
        "Of the goal",
        "Of the purpose",
        "Of the output",
    ]


def test_what_is_missing_is_told_and_nothing_is_in_force(operation):
    with pytest.raises(Refused) as refusal:
        put(operation, agreed_on=clock.today() + timedelta(days=1))

    assert told(refusal) == [
        "The overall goal is not written.",
        "The project purpose is not written.",
        "There is no output.",
        "The date of the act lies in the future.",
    ]
    assert DesignVersion.objects.get(operation=operation).frozen_on is None


def test_once_in_force_it_changes_by_a_revision_and_never_again_by_hand(operation):
    fill(operation)
    put(operation)

    with pytest.raises(editing.Frozen):
        put(operation)
    with pytest.raises(editing.Frozen):
        save(operation, "objectives", {"goal": "Another", "purpose": "Another"})
    opened = actions.save_grounds(
        operation=operation, reason="A town joins", meeting=None, actor=who("desk"), base_version=0
    )
    assert opened.number == 1


def test_a_design_changed_meanwhile_is_read_again(operation):
    fill(operation)

    with pytest.raises(Refused) as refusal:
        put(operation, base_version=1)

    assert told(refusal) == ["The design was changed since you opened this page: read it again."]


@pytest.mark.parametrize("person", ["post-officer", "jica-approver", "amci-desk", "la-office"])
def test_desk_and_office_alone_put_it_in_force(operation, person):
    fill(operation)

    with pytest.raises(PermissionDenied):
        put(operation, by=person)


def test_an_operation_of_the_programs_own_has_nothing_to_enter(world):
    made = an_operation("in_implementation")

    with pytest.raises(editing.Frozen):
        put(made)
    answer = signed_in("desk").get(reverse("planning:put-in-force", args=[made.pk]))
    assert answer.status_code == 409


def test_what_is_taken_over_while_planned_is_signed_here_not_entered(world):
    made = taken_over(state="planning", state_on=date(2018, 9, 3), agreed_on=None)

    assert (waits_to_be_entered(made), waiting(made)) == (None, [])


def test_the_page_offers_the_day_of_the_signature_and_leads_back(operation):
    desk = signed_in("desk")
    address = reverse("planning:put-in-force", args=[operation.pk])
    lacking = desk.get(address)
    fill(operation)
    page = desk.get(address)

    answer = desk.post(
        address,
        {
            "agreed_on": AGREED.isoformat(),
            "base_version": page.context["base_version"],
            "once": "8b1b4a3e-0b0f-4a57-9d0e-3a55d5c3a112",
        },
    )

    assert [line.ok for line in lacking.context["lines"]] == [False]
    assert page.context["form"].initial == {"agreed_on": AGREED}
    assert (answer.status_code, answer["Location"]) == (302, reverse("planning:design", args=[operation.pk]))
    assert design_of(operation).frozen_on == AGREED


def test_the_design_page_says_what_is_to_be_done(operation):
    page = signed_in("desk").get(reverse("planning:design", args=[operation.pk])).content.decode()
    reader = signed_in("post-officer").get(reverse("planning:design", args=[operation.pk])).content.decode()

    link = reverse("planning:put-in-force", args=[operation.pk])
    assert [text.count("Enter here the design the parties agreed") for text in (page, reader)] == [1, 1]
    assert [text.count(link) for text in (page, reader)] == [1, 0]
