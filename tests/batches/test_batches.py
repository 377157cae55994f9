"""A batch from the preview to the undoing: nothing before it is applied, all of it or none, back to what it was."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from taawun.batches import actions
from taawun.batches.models import Batch
from taawun.batches.reasons import tell
from taawun.cycle.models import Operation
from taawun.foundation import editing
from taawun.foundation.audit import record
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.workspace.demo.cast import organisation, user
from tests.batches import made
from tests.batches.made import a_batch, filled, row, verdicts
from tests.doors import digests

# What a preview or an act on a batch writes, beside the work itself; the record is only ever added to.
OF_BATCHES = {
    "batches_batch",
    "batches_batchrow",
    "papers_file",
    "foundation_auditevent",
    "foundation_auditdetail",
    "foundation_oncekey",
}


def applied(data, **more):
    return actions.apply_batch(a_batch(data, **more), actor=user("desk"))


def refusal(act, *args, **more):
    with pytest.raises(Refused) as caught:
        act(*args, **more)
    return [str(obstacle) for obstacle in caught.value.obstacles]


def an_operation(code, **more):
    values = {
        "title": "As it was",
        "country_id": "country:MM",
        "modality_id": "modality:technical-cooperation-project",
        "provider": organisation("jica"),
        "country_office": organisation("jica-mm"),
        "state": "planning",
        "state_since": made.clock.now(),
    }
    return Operation.objects.create(code=code, **values | more)


def test_a_preview_tells_each_rows_verdict_and_changes_nothing(world):
    an_operation("OLD-2")
    an_operation("OLD-3", title="Work number 3", starts_on=row()["starts_on"])
    an_operation("OLD-4", state="closed")
    before = digests.of_everything()

    batch = a_batch(filled([row(1), row(2), row(3), row(4), row(5, title="")]))

    assert verdicts(batch) == {
        "OLD-1": "added",
        "OLD-2": "changed",
        "OLD-3": "unchanged",
        "OLD-4": "conflicting",
        "OLD-5": "refused",
    }
    assert set(digests.changed(before)) <= OF_BATCHES
    changed = batch.rows.get(key="OLD-2").cells["title"]
    assert (changed["at"], changed["before"], changed["value"]) == ("C4", "As it was", "Work number 2")
    assert (
        tell(batch.definition, batch.rows.get(key="OLD-4").cells["title"]["why"][0])
        == "The operation is closed."
    )


@pytest.mark.parametrize(
    "data",
    [
        lambda: filled([row(1), row(2, title="")]),
        lambda: filled([row(1)], lambda sheet: sheet.merge_cells("C3:D3")),
        lambda: filled([]),
    ],
    ids=["a refused row", "a problem of the sheet", "nothing"],
)
def test_nothing_is_applied_while_anything_stands_in_the_way(world, data):
    batch = a_batch(data())
    before = digests.of_everything()

    told = refusal(actions.apply_batch, batch, actor=user("desk"))

    assert told == ["Something in the sheet is refused: put it right and send it again."]
    assert digests.changed(before) == []


def test_forty_rows_applied_and_undone_leave_everything_as_it_was(world):
    an_operation("OLD-40")
    before = digests.of_everything()

    batch = applied(filled(row(n) for n in range(1, 41)))
    codes = set(Operation.objects.filter(code__startswith="OLD-").values_list("code", flat=True))
    undone = actions.undo_batch(batch, actor=user("desk"), reason="The wrong list.")

    assert codes == {f"OLD-{n}" for n in range(1, 41)}
    assert undone.stage == "undone"
    assert set(digests.changed(before)) <= OF_BATCHES
    assert Operation.objects.get(code="OLD-40").title == "As it was"


def test_every_case_and_the_batch_keep_an_entry_of_what_was_done(world):
    batch = applied(filled([row(1), row(2)]))
    actions.undo_batch(batch, actor=user("desk"), reason="The wrong list.")

    rows = list(batch.rows.order_by("number"))
    events = AuditEvent.objects.filter(kind="operation", subject_id__in=[r.subject_id for r in rows])
    of_batch = AuditEvent.objects.filter(kind="batch", subject_id=batch.pk).order_by("pk")

    assert [r.event_id for r in rows] == list(events.order_by("pk").values_list("pk", flat=True))[:2]
    assert events.count() == 4
    assert [e.step for e in of_batch] == ["batch-previewed", "batch-applied", "batch-undone"]
    assert len(of_batch[1].detail.data["rows"]) == 64


def test_a_batch_is_applied_once_and_undone_once(world):
    batch = applied(filled([row(1)]))
    desk = user("desk")

    assert refusal(actions.apply_batch, batch, actor=desk) == [
        "This is no longer open: the batch is now “Applied”."
    ]
    actions.undo_batch(batch, actor=desk, reason="Wrong.")
    assert refusal(actions.undo_batch, batch, actor=desk, reason="Wrong.") == [
        "This is no longer open: the batch is now “Undone”."
    ]
    assert refusal(actions.discard_batch, batch, actor=desk) == [
        "This is no longer open: the batch is now “Undone”."
    ]


def test_what_moved_since_the_preview_is_told_and_seen_by_looking_again(world):
    held = an_operation("OLD-2")
    batch = a_batch(filled([row(1), row(2)]))
    Operation.objects.filter(pk=held.pk).update(version=held.version + 1)

    told = refusal(actions.apply_batch, batch, actor=user("desk"))
    again = actions.look_again(batch, actor=user("desk"))
    done = actions.apply_batch(again, actor=user("desk"))

    assert told == ["Row 4 (OLD-2) would now come out otherwise: somebody acted meanwhile. Look again."]
    assert (done.stage, Operation.objects.get(pk=held.pk).title) == ("applied", "Work number 2")


def test_an_undoing_over_somebodys_work_is_refused_with_its_name(world):
    batch = applied(filled([row(1), row(2), row(3)]))
    first, second, _third = Operation.objects.filter(code__startswith="OLD-").order_by("code")
    record(first, "component-edited", actor=user("mm-office"))
    editing.keep_draft(user("mm-office"), second, "people", base_version=1, data={})
    before = digests.of_everything()

    told = refusal(actions.undo_batch, batch, actor=user("desk"), reason="Wrong.")

    assert told == [
        "OLD-1, Work number 1: somebody has acted on it since (Component edited).",
        "OLD-2, Work number 2: somebody has begun to write on it.",
    ]
    assert digests.changed(before) == []


def test_what_another_side_did_for_itself_is_not_named(world):
    batch = applied(filled([row(1)]))
    record(
        Operation.objects.get(code="OLD-1"),
        "component-edited",
        actor=user("post-officer"),
        audience_id=organisation("mm-post").pk,
    )

    told = refusal(actions.undo_batch, batch, actor=user("desk"), reason="Wrong.")

    assert told == ["OLD-1, Work number 1: somebody has acted on it since."]


def test_undoing_needs_a_reason(world):
    batch = applied(filled([row(1)]))

    assert refusal(actions.undo_batch, batch, actor=user("desk"), reason=" ") == ["Give the reason."]


def test_a_row_made_from_an_older_version_conflicts(world):
    held = an_operation("OLD-1")
    data = filled([], definition=made.CHANGES)
    Operation.objects.filter(pk=held.pk).update(title="Changed meanwhile", version=held.version + 1)

    batch = a_batch(data, definition=made.CHANGES)

    assert verdicts(batch) == {"OLD-1": "conflicting"}
    assert [tell(batch.definition, why) for why in batch.rows.get().why] == [
        "The record was changed after this sheet was made: download it anew and make the change again."
    ]


def test_a_template_of_changes_comes_back_as_it_went_out(world):
    an_operation("OLD-1")

    batch = a_batch(filled([], definition=made.CHANGES), definition=made.CHANGES)

    assert (verdicts(batch), batch.may_apply) == ({"OLD-1": "unchanged"}, False)


@pytest.mark.parametrize("person", ["mm-office", "post-officer", "amci-desk", "jica-approver"])
def test_only_the_sheets_own_seat_in_that_organisation_acts(world, person):
    data = filled([row(1)])
    batch = a_batch(data)
    stranger = user(person)

    with pytest.raises(PermissionDenied):
        a_batch(data, person=person)
    for act in (actions.apply_batch, actions.discard_batch, actions.look_again):
        with pytest.raises(PermissionDenied):
            act(batch, actor=stranger)
    with pytest.raises(PermissionDenied):
        actions.undo_batch(batch, actor=stranger, reason="x")


def test_a_failure_in_the_middle_leaves_nothing(world, monkeypatch):
    batch = a_batch(filled([row(1), row(2)]))
    before = digests.of_everything()
    monkeypatch.setattr("taawun.batches.actions.applying.remember", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.apply_batch(batch, actor=user("desk"))

    assert digests.changed(before) == []


def test_two_who_apply_at_once_apply_it_once(committed_world):
    batch, desk = a_batch(filled([row(1), row(2)])), user("desk")

    def press(_number):
        try:
            return actions.apply_batch(Batch.objects.get(pk=batch.pk), actor=desk).stage
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        answers = sorted(people.map(press, range(2)))

    assert answers == ["This is no longer open: the batch is now “Applied”.", "applied"]
    assert Operation.objects.filter(code__startswith="OLD-").count() == 2
