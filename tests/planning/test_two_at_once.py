"""Two people save the same part in the same moment, over real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from taawun.foundation.editing import Conflict
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.planning import actions
from taawun.planning.models import DesignVersion, Objective
from taawun.planning.queries import revision_of
from tests.planning.made import a_carried_operation, an_operation, save, version_of, who
from tests.planning.revised import a_decided_revision, a_risk, a_running_operation, adopt

pytestmark = [pytest.mark.usefixtures("committed_world"), pytest.mark.slow]


def together(*tasks):
    """Run the tasks at once, each over its own connection; what each returned or raised."""
    barrier = Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait(timeout=20)
            return task()
        except (Conflict, Refused) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_one_of_many_saves_the_others_see_both_versions():
    operation = a_carried_operation()
    opened = version_of(operation, "objectives")
    goals = [f"The goal of writer {number}" for number in range(6)]

    def saving(goal):
        values = {"goal": goal, "purpose": "The same purpose"}
        return lambda: save(operation, "objectives", values, version=opened)

    results = together(*(saving(goal) for goal in goals))

    written = Objective.objects.get(level="goal").text
    refused = [result for result in results if isinstance(result, Conflict)]
    assert [goals[number] for number, result in enumerate(results) if result is None] == [written]
    assert len(refused) == 5
    assert {conflict.theirs["goal"] for conflict in refused} == {written}
    assert AuditEvent.objects.filter(step="design-objectives").count() == 1


def test_two_who_begin_a_design_at_once_begin_one():
    operation = an_operation()

    def beginning(part, values):
        return lambda: save(operation, part, values, version=1)

    results = together(
        beginning("objectives", {"goal": "A goal", "purpose": "A purpose"}),
        beginning(
            "risks",
            {"risks": [{"id": None, "text": "R", "likelihood": "low", "countermeasure": "", "owner": None}]},
        ),
    )

    assert results == [None, None]
    assert DesignVersion.objects.filter(operation=operation).count() == 1


def test_two_who_revise_at_once_open_one_revision_and_the_second_sees_the_first():
    operation = a_running_operation()

    def opening(reason, by):
        return lambda: actions.save_grounds(
            operation=operation, reason=reason, meeting=None, actor=who(by), base_version=0
        )

    results = together(opening("One reason", "desk"), opening("Another", "mm-office"))

    [conflict] = [result for result in results if isinstance(result, Conflict)]
    [opened] = [result for result in results if isinstance(result, DesignVersion)]
    assert conflict.theirs["reason"] == opened.reason
    assert list(DesignVersion.objects.values_list("number", flat=True)) == [0, 1]
    assert AuditEvent.objects.filter(step="revision-opened").count() == 1


def test_one_adopts_while_another_discards_and_one_of_both_is_done():
    operation = a_running_operation()
    a_decided_revision(operation)
    add_to_the_revision(operation)
    version = revision_of(operation).version

    results = together(
        lambda: adopt(operation, by="desk", base_version=version),
        lambda: actions.discard_revision(
            operation=operation, reason="No", actor=who("mm-office"), base_version=version
        ),
    )

    refused = [str(result) for result in results if isinstance(result, Refused)]
    assert refused == ["No revision of the design is being written."]
    adopted = isinstance(results[0], DesignVersion)
    assert list(DesignVersion.objects.filter(frozen_on__isnull=False).values_list("number", flat=True)) == (
        [0, 1] if adopted else [0]
    )


def add_to_the_revision(operation):
    version = revision_of(operation).parts.get(part="risks").version
    save(operation, "risks", {"risks": [a_risk()]}, version=version)
