"""Long work: done item by item, cancelled between two, begun twice once, going on where a killed worker stood."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories import who

from taawun.foundation import clock, jobs, work, working
from taawun.foundation.models import Job, JobItem, OnceKey
from taawun.foundation.steps import Refused
from taawun.foundation.work import begin, cancel, done, failed, job_kind, skipped

KIND = "test-work"


class Killed(BaseException):
    """The worker dies: nothing catches it, nothing is tidied up."""


@pytest.fixture
def supply():
    """Let a function be what does one item of the kind of work these tests begin."""

    def supplied(do, **more):
        work.forget(KIND)
        job_kind(KIND, label="Test work", **more)(do)

    yield supplied
    work.forget(KIND)


def begun(*keys, actor="desk", **more):
    return begin(KIND, actor=who(actor), title="Letters", items=keys, **more)


def run_to_the_end(job, most=50):
    for _ in range(most):
        if not working.run(job.pk):
            break
    job.refresh_from_db()
    return job


def told(job):
    return [(item.key, item.state, item.reason) for item in job.items.order_by("number")]


def counts(job):
    return (job.stage, job.total, job.done, job.skipped, job.failed)


def queued(job):
    return ProcrastinateJob.objects.filter(task_name=jobs.WORK, args={"job_id": job.pk}).count()


# ── Done, skipped, failed ──


def test_each_item_is_done_skipped_or_failed_and_counted(world, supply):
    outcomes = {"a": done("/files/1/"), "b": skipped("Not yet signed."), "c": failed("No address.")}
    supply(lambda job, item: outcomes[item.key])
    job = begun("a", ("b", "Ministry"), "c")

    run_to_the_end(job)

    assert counts(job) == ("done", 3, 1, 1, 1)
    assert told(job) == [
        ("a", "done", ""),
        ("b", "skipped", "Not yet signed."),
        ("c", "failed", "No address."),
    ]
    assert [(str(item), item.address) for item in job.items.order_by("number")] == [
        ("a", "/files/1/"),
        ("Ministry", ""),
        ("c", ""),
    ]
    assert job.ended_at is not None


def test_what_an_item_raises_undoes_what_it_did_and_the_others_go_on(world, supply, caplog):
    raised = {
        "refused": Refused(["First.", "Second."]),
        "invalid": ValidationError("Too long."),
        "broken": RuntimeError("secret"),
    }

    def do(job, item):
        OnceKey.objects.create(user=job.actor, address=item.key)
        if item.key in raised:
            raise raised[item.key]
        return done()

    supply(do)
    job = run_to_the_end(begun("refused", "invalid", "broken", "fine"))

    assert told(job) == [
        ("refused", "skipped", "First. Second."),
        ("invalid", "skipped", "Too long."),
        ("broken", "failed", "Something went wrong here. It was noted for those who look after the program."),
        ("fine", "done", ""),
    ]
    assert list(OnceKey.objects.values_list("address", flat=True)) == ["fine"]
    assert "secret" in caplog.text


def test_reasons_are_told_in_the_language_of_whoever_began(world, supply):
    def do(job, item):
        raise RuntimeError

    supply(do)
    who("desk").keep_language("fr")
    job = run_to_the_end(begun("a"))

    assert job.items.get().reason.startswith("Quelque chose")


def test_work_of_which_nothing_could_be_done_has_failed(world, supply):
    supply(lambda job, item: failed("No."))

    assert counts(run_to_the_end(begun("a", "b"))) == ("failed", 2, 0, 0, 2)


def test_work_without_items_is_done_at_once(world, supply):
    supply(lambda job, item: done())

    assert counts(run_to_the_end(begun())) == ("done", 0, 0, 0, 0)


def test_the_result_is_named_at_the_end(world, supply):
    supply(lambda job, item: done(), finish=lambda job: work.Result(f"/files/{job.total}/", "All letters"))

    job = run_to_the_end(begun("a", "b"))

    assert (job.result, job.result_address) == ({"address": "/files/2/", "label": "All letters"}, "/files/2/")


def test_a_result_that_cannot_be_put_together_is_told_and_the_items_stay_done(world, supply):
    supply(lambda job, item: done(), finish=lambda job: 1 / 0)

    job = run_to_the_end(begun("a"))

    assert counts(job) == ("failed", 1, 1, 0, 0)
    assert job.reason == "Its items are through, but the result could not be put together."


# ── Begun once, with the act ──


def test_begun_twice_with_one_key_it_is_one_job_and_nothing_is_done_twice(world, supply):
    seen = []
    supply(lambda job, item: seen.append(item.key) or done())

    first = begun("a", "b", key="round-3")
    run_to_the_end(first)
    second = begun("a", "b", "c", key="round-3")
    run_to_the_end(second)

    assert (second.pk, seen, queued(first)) == (first.pk, ["a", "b"], 1)


def test_a_key_is_its_own_persons(world, supply):
    supply(lambda job, item: done())

    assert begun("a", key="k").pk != begun("a", key="k", actor="knowledge").pk


def test_the_same_item_twice_is_one(world, supply):
    supply(lambda job, item: done())

    assert counts(run_to_the_end(begun("a", ("a", "again"), "b"))) == ("done", 2, 2, 0, 0)


def test_an_act_that_fails_has_begun_nothing(world, supply):
    supply(lambda job, item: done())

    def act():
        with transaction.atomic():
            assert queued(begun("a")) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()

    assert (Job.objects.count(), ProcrastinateJob.objects.filter(task_name=jobs.WORK).count()) == (0, 0)


@pytest.mark.parametrize("items", [[""], ["x" * 121], [str(n) for n in range(work.MOST_ITEMS + 1)]])
def test_items_without_a_proper_key_or_too_many_are_refused(world, supply, items):
    supply(lambda job, item: done())

    with pytest.raises(ValueError, match="item"):
        begun(*items)
    assert Job.objects.count() == 0


def test_an_unknown_kind_is_refused(world):
    with pytest.raises(ValueError, match="no provider"):
        begin("nothing-of-the-kind", actor=who("desk"), title="x", items=["a"])


def test_beginning_a_thousand_items_takes_as_few_statements_as_one(
    world, supply, django_assert_max_num_queries
):
    supply(lambda job, item: done())

    with django_assert_max_num_queries(8):
        begun(*(str(n) for n in range(1000)))


# ── Cancelled, cut, killed ──


def test_cancelled_between_two_items_what_is_done_stays_and_the_rest_is_left(world, supply):
    def do(job, item):
        if item.key == "b":
            assert cancel(job, actor=job.actor)
        return done()

    supply(do)
    job = run_to_the_end(begun("a", "b", "c"))

    assert counts(job) == ("cancelled", 3, 2, 0, 0)
    assert [state for _key, state, _reason in told(job)] == ["done", "done", "waiting"]
    assert not cancel(job, actor=job.actor)


def test_cancelled_before_it_began_it_never_begins(world, supply):
    supply(lambda job, item: done())
    job = begun("a")

    assert cancel(job, actor=job.actor)

    assert counts(run_to_the_end(job)) == ("cancelled", 1, 0, 0, 0)


def test_nobody_cancels_anothers(world, supply):
    supply(lambda job, item: done())

    with pytest.raises(Job.DoesNotExist):
        cancel(begun("a"), actor=who("knowledge"))


def test_an_account_that_was_closed_does_no_more(world, supply):
    supply(lambda job, item: done())
    job = begun("a")
    type(job.actor).objects.filter(pk=job.actor_id).update(is_active=False)

    run_to_the_end(job)

    assert (counts(job), job.reason) == (("cancelled", 1, 0, 0, 0), "The account that began it was closed.")


def test_work_this_release_no_longer_knows_says_so(world, supply):
    supply(lambda job, item: done())
    job = begun("a")
    work.forget(KIND)

    run_to_the_end(job)

    assert (job.stage, job.reason) == ("failed", "This release of the program no longer does such work.")


def test_a_worker_killed_in_the_middle_of_an_item_leaves_it_undone_and_the_next_goes_on_there(world, supply):
    effects, killed = [], []

    def do(job, item):
        OnceKey.objects.create(user=job.actor, address=item.key)
        effects.append(item.key)
        if item.key == "b" and not killed:
            killed.append(True)
            raise Killed
        return done()

    supply(do)
    job = begun("a", "b", "c")

    with pytest.raises(Killed):
        working.run(job.pk)
    assert [state for _key, state, _reason in told(job)] == ["done", "waiting", "waiting"]
    run_to_the_end(job)

    assert (effects, counts(job)) == (["a", "b", "b", "c"], ("done", 3, 3, 0, 0))
    assert sorted(OnceKey.objects.values_list("address", flat=True)) == ["a", "b", "c"]


def test_an_item_that_kills_the_worker_again_and_again_is_left_and_the_others_are_done(world, supply):
    def do(job, item):
        if item.key == "a":
            raise Killed
        return done()

    supply(do)
    job = begun("a", "b")
    for _ in range(working.MOST_ATTEMPTS):
        with pytest.raises(Killed):
            working.run(job.pk)

    run_to_the_end(job)

    assert told(job) == [("a", "failed", "The program stopped 3 times while doing this."), ("b", "done", "")]


def test_the_database_going_away_is_no_items_fault(world, supply):
    gone = [OperationalError("server closed the connection")]

    def do(job, item):
        if gone:
            raise gone.pop()
        return done()

    supply(do)
    job = begun("a")

    with pytest.raises(OperationalError):
        working.run(job.pk)

    assert counts(run_to_the_end(job)) == ("done", 1, 1, 0, 0)


def test_a_long_job_gives_others_their_turn_and_queues_itself_again(world, supply, monkeypatch):
    monkeypatch.setattr(working, "SLICE", 0)
    monkeypatch.setattr(working.run, "__defaults__", (0.0,))
    supply(lambda job, item: done())
    job = begun("a", "b")

    jobs.work.func(job_id=job.pk)
    job.refresh_from_db()

    assert (counts(job), queued(job)) == (("running", 2, 1, 0, 0), 2)


def test_a_job_in_no_queue_of_which_nothing_is_heard_is_queued_again(world, supply):
    supply(lambda job, item: done())
    job, fresh, queued_one = begun("a"), begun("a"), begun("a")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE args->>'job_id' IN (%s, %s)", [str(job.pk), str(fresh.pk)]
        )
    long_ago = clock.now() - working.LOST_AFTER * 2
    Job.objects.filter(pk__in=[job.pk, queued_one.pk]).update(touched_at=long_ago)

    jobs.pick_up_lost.func(timestamp=0)

    assert [queued(each) for each in (job, fresh, queued_one)] == [1, 0, 1]


def test_what_ended_long_ago_is_forgotten_and_what_runs_is_not(world, supply):
    supply(lambda job, item: done())
    old, running = run_to_the_end(begun("a")), begun("a")
    Job.objects.update(ended_at=clock.now() - working.KEPT * 2)

    jobs.drop_old_jobs.func(timestamp=0)

    assert list(Job.objects.values_list("pk", flat=True)) == [running.pk]
    assert not JobItem.objects.filter(job_id=old.pk).exists()


def test_two_workers_at_one_job_do_no_item_twice(committed_world, supply):
    seen, both = [], threading.Barrier(2)

    def do(job, item):
        seen.append(item.key)
        OnceKey.objects.create(user=job.actor, address=item.key)
        return done()

    supply(do)
    keys = [str(n) for n in range(40)]
    job = begun(*keys)

    def at_work():
        both.wait(30)
        try:
            working.run(job.pk, 60)
        finally:
            connection.close()

    workers = [threading.Thread(target=at_work) for _ in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(60)
    job.refresh_from_db()

    assert sorted(seen, key=int) == keys
    assert counts(job) == ("done", 40, 40, 0, 0)


def test_two_who_begin_with_one_key_at_once_begin_one_job(committed_world, supply):
    supply(lambda job, item: done())
    made, both = [], threading.Barrier(2)

    def at_once():
        both.wait(30)
        try:
            made.append(begun("a", "b", key="once").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)

    assert (len(set(made)), len(made), Job.objects.count(), JobItem.objects.count()) == (1, 2, 1, 2)
