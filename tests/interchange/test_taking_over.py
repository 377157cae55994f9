"""A published activity is taken over: an operation in mid-cycle whose every number stands in the publisher's XML."""

import gzip
import re
import zlib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from lxml import etree

from taawun.cycle.models import Operation, Party
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.steps import Refused
from taawun.interchange.actions import take_in, take_over_published, undo_load, undo_taking
from taawun.interchange.models import PublishedActivity, Taking
from taawun.interchange.sources import file_source
from taawun.monitoring.models import IndicatorValue
from taawun.planning.models import DesignVersion, IndicatorDefinition, Objective, Target
from taawun.workspace.demo import abroad
from taawun.workspace.demo.cast import organisation, user

pytestmark = pytest.mark.usefixtures("world")
FILE = abroad.PORTFOLIO / "world-bank.xml.gz"
WITH_RESULTS = ("44000-P145054", "44000-P171269", "44000-P171054")
PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")


def load(tmp_path: Path):
    path = tmp_path / "world-bank.xml"
    path.write_bytes(gzip.decompress(FILE.read_bytes()))
    return take_in(file_source(path, path.name), actor=user("jica-admin")).load


def told(**more):
    return {
        "title": "Resilience (taken over)",
        "language": "en",
        "modality_id": "modality:technical-cooperation-project",
        "sector_id": "sector:74020",
        "site": "",
        "starts_on": date(2020, 5, 12),
        "ends_on": date(2028, 8, 5),
        "state": "in_implementation",
        "state_on": date(2020, 5, 12),
    } | more


def taken(identifier=WITH_RESULTS[2], person="desk", **more):
    return take_over_published(
        actor=user(person),
        activity=PublishedActivity.objects.get(identifier=identifier),
        provider=organisation("jica"),
        partner=organisation("mm-post"),
        values=told(**more),
    )


def in_the_xml(identifier):
    """What the file itself says of each indicator that counts, read by other means: name, then its plain numbers."""
    root = etree.fromstring(gzip.decompress(FILE.read_bytes()))
    one = next(each for each in root if each.findtext("iati-identifier").strip() == identifier)

    def plain(found):
        text = found.get("value", "") if found is not None else ""
        return Decimal(text) if PLAIN.fullmatch(text) else None

    rows = []
    for indicator in one.iter("indicator"):
        counts = indicator.get("measure") in ("1", "2")
        name = " ".join(indicator.findtext("title/narrative").split())
        said = ("baseline", "period/target", "period/actual")
        numbers = [plain(indicator.find(way)) if counts else None for way in said]
        rows.append((name[:299], *numbers))
    return Counter(rows)


@pytest.mark.parametrize("identifier", WITH_RESULTS)
def test_each_number_of_the_operation_is_the_one_in_the_publishers_xml(identifier, tmp_path):
    load(tmp_path)

    made = taken(identifier)

    last = {value.definition_id: value.value for value in IndicatorValue.objects.filter(operation=made)}
    held = Counter(
        (one.name[:299], one.baseline, one.target, last.get(one.definition_id))
        for one in Target.objects.filter(design__operation=made)
    )
    assert held == in_the_xml(identifier)
    assert DesignVersion.objects.get(operation=made).frozen_on is not None


def test_its_words_are_the_files_and_what_it_does_not_say_is_kept_as_a_list(tmp_path):
    loaded = load(tmp_path)

    made = taken()

    objectives = dict(Objective.objects.filter(design__operation=made).values_list("level", "text"))
    taking, held = Taking.objects.get(), PublishedActivity.objects.get(identifier=WITH_RESULTS[2])
    assert objectives == {
        "purpose": "To contribute to an enabling environment for climate-resilient policies and investments in select "
        "sectors and countries in South Asia.",
        "output": "Intermediate Results Indicator",
    }
    assert taking.not_said == ["goal", "activities", "assumptions", "inputs", "risks", "agreed", "basis"]
    assert ["target-words", "2,370.00"] in [[slug, written] for slug, _where, written in taking.left]
    assert (taking.load, taking.digest) == (loaded, held.digest)
    assert b"44000-P171054" in zlib.decompress(taking.deflated)


def test_it_is_marked_as_taken_over_each_value_says_where_it_is_from_and_the_desk_is_right(tmp_path):
    load(tmp_path)

    made = taken()

    source = "44000-P171054, as published by World Bank"
    value = IndicatorValue.objects.filter(operation=made, value=Decimal("81.4")).get()
    event = AuditEvent.objects.filter(kind="operation", subject_id=made.pk, step="taken-over").last()
    assert (made.taken_over_in, made.taken_over_from, made.old_number) == (
        "in_implementation", source, "44000-P171054",
    )  # fmt: skip
    assert value.as_of == date(2025, 4, 13)  # its period ends later: the day the publisher last updated
    assert value.note == f"{source}, for the period 8 May 2020 – 8 May 2025"
    assert (value.numerator, value.denominator) == (None, None)
    assert event.detail.data["digest"] == Taking.objects.get().digest
    assert "enter-design" not in Task.objects.filter(subject_id=made.pk).values_list("act", flat=True)


def test_before_its_signature_the_design_is_a_draft_and_nothing_was_measured(tmp_path):
    load(tmp_path)

    made = taken(state="planning", state_on=date(2020, 5, 12))

    assert DesignVersion.objects.get(operation=made).frozen_on is None
    assert not IndicatorValue.objects.exists()


def test_an_agency_takes_an_activity_over_once_and_is_led_to_the_first(tmp_path):
    load(tmp_path)
    first = taken()

    with pytest.raises(Refused) as caught:
        taken(title="Again")

    [obstacle] = caught.value.obstacles
    assert obstacle.link == first.get_absolute_url()
    assert Operation.objects.filter(taken_over_on__isnull=False).count() == 1


def test_only_a_desk_takes_over_and_nothing_is_left_of_one_refused(tmp_path):
    load(tmp_path)

    with pytest.raises(PermissionDenied):
        taken(person="jica-admin")
    with pytest.raises(Refused):
        taken(state_on=date(2099, 1, 1))

    assert (Operation.objects.count(), Taking.objects.count(), IndicatorDefinition.objects.count()) == (
        0,
        0,
        0,
    )


def test_it_is_undone_as_a_whole_and_may_be_taken_over_again(tmp_path):
    load(tmp_path)
    made = taken(supplier=organisation("jp-comms"))
    assert made.components.get().supplier == organisation("jp-comms")

    undo_taking(made, actor=user("desk"), reason="Wrong partner.")

    left = (Operation, Party, Taking, IndicatorValue, IndicatorDefinition, DesignVersion)
    assert [model.objects.count() for model in left] == [0] * 6
    assert AuditEvent.objects.get(step="take-over-undone").detail.data["reason"] == "Wrong partner."
    assert taken().old_number == "44000-P171054"


def test_once_somebody_acted_on_it_it_is_not_undone(tmp_path):
    load(tmp_path)
    made = taken()
    Taking.objects.update(last_event=0)

    with pytest.raises(Refused):
        undo_taking(made, actor=user("desk"), reason="Wrong partner.")

    assert IndicatorValue.objects.filter(operation=made).exists()


def test_a_load_that_is_undone_leaves_the_operation_and_the_text_it_was_made_from(tmp_path):
    loaded = load(tmp_path)
    made = taken()

    undo_load(loaded, actor=user("jica-admin"), reason="Another file.")

    assert not PublishedActivity.objects.exists()
    assert Target.objects.filter(design__operation=made).count() == 15
    assert b"44000-P171054" in zlib.decompress(Taking.objects.get(operation=made).deflated)
