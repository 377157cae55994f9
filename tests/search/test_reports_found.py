"""What is told of an operation on its way is found: sheets, reports, disputes, its evaluation before approval."""

import pytest
from tests.factories import who

from taawun.cycle.models import ActivityReport, Operation
from taawun.foundation.readable import SEARCHABLE
from taawun.monitoring.models import Dispute
from taawun.planning.models import ExAnteTable
from taawun.search.finding import find, texts_of
from taawun.search.writing import write
from taawun.workspace.demo.texts import postal


def first(slug, query, kind):
    return next(iter(texts_of(find(who(slug), query, {"kind": kind}).hits)), None)


@pytest.mark.parametrize(
    ("kind", "words", "page"),
    [
        ("sheet", postal.SHEET["problems"], "/monitoring/1/"),
        ("completion-report", postal.REPORT["problems_and_lessons"], "/completion/"),
        ("ex-ante", postal.EX_ANTE["effectiveness"], "/design/ex-ante/"),
    ],
)
def test_its_words_lead_to_the_page_that_tells_it(index, kind, words, page):
    found = first("post-officer", words, kind)

    assert found.address == f"/operations/{index[0].pk}{page}"
    assert first("la-officer", words, kind) is None


@pytest.mark.parametrize(("state", "theirs"), [("planning", 0), ("appraised", 1)])
def test_an_ex_ante_evaluation_is_the_providers_alone_while_it_is_written(index, state, theirs):
    Operation.objects.update(state=state)

    assert ExAnteTable.objects.count() == 1
    words, chosen = postal.EX_ANTE["effectiveness"], {"kind": "ex-ante"}
    assert find(who("desk"), words, chosen).total == 1
    assert find(who("post-officer"), words, chosen).total == theirs


def test_a_dispute_is_found_by_its_reason(index):
    party = index[0].parties.get(part="implementing")
    told = {"kind": "value", "target_id": 1, "figure": "6", "reason": "Counted twice in Bago (example)."}
    made = Dispute.objects.create(operation=index[0], party=party, opened_by=who("post-officer"), **told)
    write(SEARCHABLE["dispute"], Dispute.objects.filter(pk=made.pk), [made.pk])

    assert first("desk", "counted twice in Bago", "dispute").address == made.get_absolute_url()
    assert first("la-officer", "counted twice in Bago", "dispute") is None


def test_what_an_activity_reported_is_found(index):
    """No page of a project tells it; the text hangs on the operation all the same."""
    told = {"done": "Nine stations at Sagaing were put in order (example).", "written_by": who("mm-office")}
    made = ActivityReport.objects.create(operation=index[0], **told)
    write(SEARCHABLE["activity-report"], ActivityReport.objects.filter(pk=made.pk), [made.pk])

    assert first("post-officer", "stations at Sagaing", "activity-report").object_id == made.pk
    assert first("sn-officer", "stations at Sagaing", "activity-report") is None
