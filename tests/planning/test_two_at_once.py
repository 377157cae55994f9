"""Two people save the same part in the same moment, over real transactions."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from taawun.foundation.editing import Conflict
from taawun.foundation.models import AuditEvent
from taawun.planning.models import DesignVersion, Objective
from tests.planning.made import a_carried_operation, an_operation, save, version_of

pytestmark = [pytest.mark.usefixtures("committed_world"), pytest.mark.slow]


def together(*tasks):
    """Run the tasks at once, each over its own connection; what each returned or raised."""
    barrier = Barrier(len(tasks))

    def run(task):
        try:
            barrier.wait(timeout=20)
            return task()
        except Conflict as conflict:
            return conflict
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
