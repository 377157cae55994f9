"""A long workbook is applied and undone by the worker, as one: its sender leaves the page and comes back."""

import pytest
from django.core.exceptions import PermissionDenied

from taawun.batches import queries
from taawun.batches.actions import apply_batch, apply_or_begin
from taawun.cycle.models import Operation
from taawun.foundation import working
from taawun.foundation.models import Job
from taawun.foundation.steps import Refused
from taawun.workspace.demo.cast import user
from tests.batches.made import a_batch, filled, row

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(autouse=True)
def _short_is_two(monkeypatch):
    monkeypatch.setattr(queries, "SHORT", 2)


@pytest.fixture
def desk(client):
    client.force_login(user("desk"))
    return client


def made():
    return Operation.objects.filter(code__startswith="OLD-").count()


def worked(job):
    while working.run(job.pk):
        pass
    job.refresh_from_db()
    return (job.stage, job.done, job.failed)


def test_what_moves_few_rows_is_applied_while_its_sender_waits(desk):
    batch = a_batch(filled([row(1), row(2)]))

    answer = desk.post(f"/batches/{batch.pk}/apply/")

    assert (answer["Location"], made(), Job.objects.count()) == (batch.get_absolute_url(), 2, 0)


def test_what_moves_many_is_a_job_applied_and_undone_as_one(desk):
    batch = a_batch(filled([row(n) for n in range(1, 5)]))

    answer = desk.post(f"/batches/{batch.pk}/apply/")
    job = Job.objects.get()
    assert (answer["Location"], made()) == (job.get_absolute_url(), 0)
    page = desk.get(batch.get_absolute_url()).content.decode()
    assert ("See how far it is" in page, "Apply all" in page) == (True, False)

    assert worked(job) == ("done", 1, 0)
    assert (made(), job.result_address) == (4, batch.get_absolute_url())

    desk.post(f"/batches/{batch.pk}/undo/", {"reason": "The wrong list."})
    undoing = Job.objects.get(kind="undo-workbook")
    assert made() == 4
    assert worked(undoing) == ("done", 1, 0)
    assert made() == 0


def test_begun_twice_it_is_one_job_and_is_applied_once():
    batch, desk = a_batch(filled([row(n) for n in range(1, 5)])), user("desk")

    first, second = (apply_or_begin(batch, actor=desk) for _ in range(2))

    assert first == second
    assert worked(first) == ("done", 1, 0)
    with pytest.raises(Refused):
        apply_or_begin(batch, actor=desk)
    assert made() == 4


def test_what_somebody_applied_meanwhile_is_told_and_changes_nothing():
    batch, desk = a_batch(filled([row(n) for n in range(1, 5)])), user("desk")
    job = apply_or_begin(batch, actor=desk)
    apply_batch(batch, actor=desk)

    assert worked(job) == ("failed", 0, 1)
    assert job.items.get().reason.startswith("Nothing was applied or changed. This is no longer open")
    assert made() == 4


def test_cancelled_before_it_began_it_can_be_begun_again(desk):
    batch = a_batch(filled([row(n) for n in range(1, 5)]))
    job = apply_or_begin(batch, actor=user("desk"))
    desk.post(f"{job.get_absolute_url()}cancel/")
    assert worked(job) == ("cancelled", 0, 0)

    again = apply_or_begin(batch, actor=user("desk"))

    assert again == job
    assert worked(again) == ("done", 1, 0)


def test_nobody_begins_it_in_a_seat_they_do_not_hold():
    batch = a_batch(filled([row(n) for n in range(1, 5)]))

    with pytest.raises(PermissionDenied):
        apply_or_begin(batch, actor=user("mm-office"))
    assert Job.objects.count() == 0
