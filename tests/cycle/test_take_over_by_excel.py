"""Forty operations in mid-cycle enter in one sitting: dry run, applied as one, undone as one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from taawun.batches import actions
from taawun.batches.models import Batch
from taawun.batches.reasons import tell
from taawun.cycle.models import Operation
from taawun.cycle.takeover_sheet import TAKE_OVER
from taawun.foundation.audit import record
from taawun.foundation.models import OutboxMessage, Task
from taawun.foundation.steps import Refused
from taawun.workspace.demo.cast import user
from tests.batches import made
from tests.batches.test_batches import OF_BATCHES
from tests.cycle.taken import ACTIVITY, row, taken_over
from tests.doors import digests


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def previewed(rows, **more):
    return made.a_batch(made.filled(rows, definition=TAKE_OVER), definition=TAKE_OVER, **more)


def applied(rows):
    return actions.apply_batch(previewed(rows), actor=user("desk"))


def mixed(count):
    """Projects and activities in every part of the cycle."""
    kinds = [
        {},
        {"state": "planning", "state_on": date(2024, 1, 8), "agreed_on": None},
        {"state": "suspended", "state_on": date(2021, 3, 1), "started_on": date(2019, 9, 2)},
        {"state": "completed", "state_on": date(2024, 3, 1), "starts_on": None, "ends_on": None},
        {"modality_id": ACTIVITY, "supplier": "jp-comms"},
    ]
    return [row(n, **kinds[n % len(kinds)]) for n in range(1, count + 1)]


def whys(batch):
    return {
        r.key: {slug: tell(TAKE_OVER, c["why"][0]) for slug, c in r.cells.items() if "why" in c}
        for r in batch.rows.order_by("number")
    }


def test_forty_operations_enter_and_leave_again_as_if_they_had_never_been(world):
    before = digests.of_everything()

    batch = applied(mixed(40))

    rows = Operation.objects.filter(taken_over_on__isnull=False)
    assert (rows.count(), batch.counts) == (40, {"added": 40})
    assert {o.state for o in rows} == {"in_implementation", "planning", "suspended", "completed"}
    assert Task.objects.filter(kind="operation", subject_id__in=rows.values("pk")).count() > 40
    assert OutboxMessage.objects.count() == 0

    actions.undo_batch(batch, actor=user("desk"), reason="The list of another year.")

    assert set(digests.changed(before)) <= OF_BATCHES
    assert Operation.objects.filter(taken_over_on__isnull=False).count() == 0


def test_the_dry_run_tells_what_is_wrong_cell_by_cell_and_enters_nothing(world):
    held = taken_over(old_number="COOP-9")

    batch = previewed(
        [
            row(1),
            row(2, state="reported"),
            row(3, completed_on=date(2020, 1, 1)),
            row(9),
            row(5, partner="nobody"),
            row(6, title=held.title, starts_on=held.starts_on),
        ]
    )

    assert made.verdicts(batch) == {
        "COOP-1": "added",
        "COOP-2": "refused",
        "COOP-3": "refused",
        "COOP-9": "conflicting",
        "COOP-5": "refused",
        "COOP-6": "conflicting",
    }
    assert whys(batch) == {
        "COOP-1": {},
        "COOP-2": {
            "state": "A stand-alone activity is never in this state, or a project never is: "
            "see the form of cooperation."
        },
        "COOP-3": {
            "completed_on": "In the state given, the operation has not come so far yet: leave it empty."
        },
        "COOP-9": {
            "old_number": f"It stands here already as {held.code}, and says something else: change it there."
        },
        "COOP-5": {"partner": "It is not among the choices of this column (sheet “Choices”)."},
        "COOP-6": {"title": f"An operation with this title and beginning stands here already: {held.code}."},
    }
    assert Operation.objects.count() == 1


def test_the_same_sheet_sent_again_has_nothing_to_do(world):
    rows = mixed(5)
    applied(rows)

    again = previewed(rows)

    assert (again.counts, again.may_apply) == ({"unchanged": 5}, False)


def test_one_that_somebody_acted_on_keeps_the_whole_batch(world):
    batch = applied(mixed(5))
    touched = Operation.objects.get(old_number="COOP-3")
    record(touched, "component-edited", actor=user("mm-office"))

    with pytest.raises(Refused) as caught:
        actions.undo_batch(batch, actor=user("desk"), reason="Wrong list.")

    assert [str(o) for o in caught.value.obstacles] == [
        f"{touched.code}, Clean water, town 3: somebody has acted on it since (Component edited)."
    ]
    assert Operation.objects.count() == 5


def test_the_page_of_one_names_its_batch_to_those_who_see_it(world, client):
    applied([row(1)])
    address = Operation.objects.get().get_absolute_url()

    def names_it(person):
        client.force_login(user(person))
        return "the batch it came with" in client.get(address).content.decode()

    assert (names_it("desk"), names_it("mm-office")) == (True, False)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_template_comes_back_in_every_language(world, language):
    data = made.filled(
        [row(1, language="en")],
        definition=TAKE_OVER,
        language=language,
    )

    batch = made.a_batch(data, definition=TAKE_OVER)

    assert (batch.problems, batch.counts) == ([], {"added": 1})


def test_rows_cost_the_same_number_of_statements_each(world, django_assert_max_num_queries):
    batch = previewed(mixed(20))

    with django_assert_max_num_queries(20 * 75 + 40):
        actions.apply_batch(batch, actor=user("desk"))


def test_two_sheets_with_the_same_numbers_enter_once(committed_world):
    batches, desk = [previewed([row(1), row(2)]) for _ in range(2)], user("desk")

    def press(batch):
        try:
            return actions.apply_batch(Batch.objects.get(pk=batch.pk), actor=desk).stage
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(press, batches), key=len)

    assert answers[0] == "applied"
    assert answers[1] in (
        "An operation with the old number COOP-1 was taken over already.",
        "Row 3 (COOP-1) would now come out otherwise: somebody acted meanwhile. Look again.; "
        "Row 4 (COOP-2) would now come out otherwise: somebody acted meanwhile. Look again.",
    )
    assert Operation.objects.count() == 2
