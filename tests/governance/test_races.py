"""Two administrators, and a desk beside them, at the same moment: one version wins, the other is shown both."""

from collections import Counter
from dataclasses import replace

from taawun.cycle.models import ProviderSettings, settings_for
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import perform
from taawun.governance import actions
from taawun.governance.moving import move_of
from tests.cycle.made import a_reviewed_request, body, derived_tasks, held_tasks
from tests.cycle.test_races import at_once
from tests.factories import a_person, who
from tests.governance.made import make, seats, terms_in_force


def sorts(results):
    return Counter(type(result).__name__ for result in results)


def test_of_administrators_who_save_at_once_one_makes_the_version_and_the_others_meet_it(committed_world):
    people = [a_person("administrator", "jica") for _number in range(8)]
    wanted = [terms_in_force(opinion_days=40 + number) for number in range(8)]

    results = at_once(
        [
            lambda person=person, terms=terms: make(terms, by=person, base_version=1)
            for person, terms in zip(people, wanted, strict=True)
        ]
    )

    assert sorts(results) == {"Version": 1, "Conflict": 7}
    versions = ProviderSettings.objects.filter(provider=body("jica")).order_by("version")
    assert [v.version for v in versions] == [1, 2]
    assert AuditEvent.objects.filter(step="version-made", subject_id=versions.last().pk).count() == 1


def test_a_move_and_an_approval_at_once_leave_no_approval_under_seats_that_were_not_asked(committed_world):
    case, from_desk, approver = a_reviewed_request(), who("desk"), who("mofa-approver")
    make(replace(terms_in_force(), seats=seats("jica")))
    seen = move_of(fresh(case)).seen

    results = at_once(
        [
            lambda: actions.move_case(case, actor=from_desk, reason="Agreed.", seen=seen),
            lambda: perform(case, "adopt", actor=approver),
        ]
    )

    held = fresh(case)
    refused = [r for r in results if type(r).__name__ == "Refused"]
    assert len(refused) == 1
    assert settings_for(held).version == (1 if refused == results[:1] else 2)
    assert held_tasks(held) == derived_tasks(held)


def fresh(case):
    return type(case).objects.get(pk=case.pk)
