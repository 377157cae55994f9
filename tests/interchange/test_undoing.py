"""A load is taken back as one: what it added goes, what it changed is again what it was."""

import pytest
from django.core.exceptions import PermissionDenied

from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.interchange import actions
from taawun.interchange.models import Load, PublishedActivity, PublishedXml
from taawun.interchange.sources import file_source
from taawun.workspace.demo.cast import user
from tests.interchange.made import example, xml_activity, xml_file

PARTS = ("parties", "shares", "amounts", "results", "documents", "relations", "places")
OWN = {"id", "load"}  # what says where and by which load a row is held


def admin():
    return user("jica-admin")


@pytest.fixture
def take(world, tmp_path):
    """Take in a file made of these activities."""
    made = iter(range(100))

    def take(*activities):
        path = xml_file(tmp_path / f"file-{next(made)}.xml", *activities)
        return actions.take_in(file_source(path), actor=admin()).load

    return take


def undo(load, **more):
    return actions.undo_load(load, **{"actor": admin(), "reason": "The wrong file"} | more)


def refusal(load, **more):
    with pytest.raises(Refused) as caught:
        undo(load, **more)
    return [str(obstacle) for obstacle in caught.value.obstacles]


def plain(row):
    """The columns of a row, without those that only say where it is held."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in OWN and not field.is_relation
    } | {"listed": getattr(row, "listed_id", None)}


def held():
    """Everything held of every activity, as values that can be compared."""
    told = {}
    for one in PublishedActivity.objects.order_by("identifier"):
        parts = {name: [plain(row) for row in getattr(one, name).order_by("pk")] for name in PARTS}
        values = [
            (plain(i), [plain(v) for v in i.values.order_by("pk")])
            for result in one.results.order_by("pk")
            for i in result.indicators.order_by("pk")
        ]
        told[one.identifier] = (plain(one), one.load_id, parts, values)
    return told


def test_what_a_load_added_goes_and_what_it_changed_is_as_it_was(take):
    take(1, 2)
    before = held()
    load = take(1, xml_activity(2, title="Other", status="4", spent="7"), 3)
    assert held() != before

    undo(load)

    assert held() == before
    assert Load.objects.get(pk=load.pk).stage == "undone"
    assert PublishedXml.objects.filter(is_former=True).count() == 0


def test_undoing_is_recorded_with_its_reason(take):
    load = take(1)

    undo(load, reason=" The wrong file ")

    event = AuditEvent.objects.latest("pk")
    assert (event.kind, event.subject_id, event.step) == ("load", load.pk, "load-undone")
    assert event.detail.data["reason"] == "The wrong file"
    assert not PublishedActivity.objects.exists()


def test_a_load_on_which_a_later_one_stands_is_not_undone(take):
    first = take(1, 2)
    take(xml_activity(2, title="Later"))

    assert refusal(first) == [
        "A later load changed some of the same activities: undo that one first (file-1.xml)."
    ]
    assert PublishedActivity.objects.count() == 2


def test_loads_are_undone_one_after_the_other(take):
    first = take(1, 2)
    later = take(xml_activity(2, title="Later"))

    undo(later)
    undo(first)

    assert not PublishedActivity.objects.exists()


def test_only_the_last_text_is_kept_and_what_needs_an_earlier_one_is_refused(take):
    take(1)
    second = take(xml_activity(1, title="Second"))
    third = take(xml_activity(1, title="Third"))

    undo(third)

    assert refusal(second) == ["The texts held before this load are no longer kept: only the last ones are."]
    assert PublishedActivity.objects.get().titles["en"] == "Second"


def test_undoing_needs_a_reason_an_administrator_and_a_load_that_is_applied(take):
    load = take(1)

    assert refusal(load, reason="  ") == ["Give the reason."]
    with pytest.raises(PermissionDenied):
        undo(load, actor=user("desk"))
    undo(load)
    assert refusal(load) == ["This is no longer open: the load is now “Undone”."]


def test_what_was_undone_can_be_taken_in_again(take):
    load = take(1)
    before = held()["XM-DAC-999-1"][0]
    undo(load)

    again = take(1)

    assert again.counts == {"added": 1}
    assert held()["XM-DAC-999-1"][0] == before


@pytest.mark.parametrize("name", ["okfn__usaid-bo.xml", "flattener__beis-activity.xml", "okfn__who-bra.xml"])
def test_a_real_file_is_read_again_from_its_kept_texts_without_loss(world, tmp_path, name):
    """Every activity of a real file is changed by a second file, and the undoing tells the first again."""
    path = example(name)
    actions.take_in(file_source(path), actor=admin())
    before = held()
    text = path.read_text(encoding="utf-8")
    changed = tmp_path / "changed.xml"
    own = "<own:note xmlns:own='https://example.org/own'/></iati-activity>"
    changed.write_text(text.replace("</iati-activity>", own), encoding="utf-8")

    load = actions.take_in(file_source(changed), actor=admin()).load
    assert load.counts["changed"] == len(before)
    undo(load)

    assert held() == before
