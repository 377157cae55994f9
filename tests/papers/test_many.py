"""Papers for many cases as one job: each by its own page and gate, rendered, fetched together with an index."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from taawun.agreements.models import Instrument, InstrumentKind
from taawun.cycle.models import CooperationRequest, Lot, Operation
from taawun.foundation import work, working
from taawun.foundation.models import Job
from taawun.foundation.ports import registry
from taawun.papers import many
from taawun.papers.models import Document, Rendering
from taawun.papers.rendering import Made
from tests.cycle.made import signed_in
from tests.factories import a_request, who

KEY = "1b6bd6a4-52d1-4d94-8c06-7d3f6f8ff001"
ADDRESS = "/documents/many/request-form/"


class Killed(BaseException):
    """The worker dies: nothing catches it, nothing is tidied up."""


@pytest.fixture(autouse=True)
def printed(monkeypatch):
    """A printer that is quick, and tells what it was given."""
    given = []

    def render(order):
        given.append(order["number"])
        return Made(b"%PDF-1.7 " + order["number"].encode(), 1)

    monkeypatch.setattr(many.PRINTER, "render", render)
    return given


@pytest.fixture
def three(world):
    return [a_request("received") for _ in range(3)]


def sent(cases, person="desk", **more):
    data = {"case": [case.pk for case in cases], "make": "pdf", "language": "fr", "once": KEY}
    return signed_in(person).post(ADDRESS, data | more)


def begun(cases, person="desk", **more) -> Job:
    answer = sent(cases, person, begin="1", **more)
    assert answer.status_code == 302
    return Job.objects.get(pk=answer["Location"].strip("/").rpartition("/")[2])


def run(job):
    while working.run(job.pk):
        pass
    job.refresh_from_db()
    return job


def states(job):
    return [item.state for item in job.items.order_by("number")]


def archive(job, person="desk"):
    answer = signed_in(person).get(f"/documents/jobs/{job.pk}/archive/")
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))


def index(opened):
    return list(csv.reader(StringIO(opened.read("index.csv").decode("utf-8-sig"))))


def test_three_are_made_rendered_and_fetched_together_with_their_index(three, printed):
    job = run(begun(three))

    assert (job.stage, states(job), job.result_address) == (
        "done",
        ["done"] * 3,
        f"/documents/jobs/{job.pk}/archive/",
    )
    made = list(Document.objects.order_by("pk"))
    assert [(one.language, one.made_by) for one in made] == [("fr", who("desk"))] * 3
    assert {one.subject_id for one in made} == {case.pk for case in three}
    assert list(Rendering.objects.values_list("status", flat=True)) == ["made"] * 3
    assert printed == [one.number for one in made]
    assert not ProcrastinateJob.objects.filter(task_name="papers.render").exists()  # rendered within the job
    opened = archive(job)
    assert opened.testzip() is None
    assert opened.namelist() == [*(f"{one.number}.pdf" for one in made), "index.csv"]
    assert [line[:2] + line[4:6] for line in index(opened)[1:]] == [
        [one.number, one.case_code, one.sha256, f"{one.number}.pdf"] for one in made
    ]


def test_the_check_page_says_how_many_and_which_are_left_out_and_why(three):
    early = a_request("draft")
    asked = [*three, early]

    page = signed_in("mm-coordinator").post(
        "/documents/many/covering-letter/", {"case": [case.pk for case in asked]}
    )
    office = signed_in("mm-office").post(
        "/documents/many/note-verbale/", {"case": [case.pk for case in asked]}
    )

    # The draft is the ministry's own: nobody else hears of it.
    assert [len(page.context["made"]), len(page.context["left_out"])] == [
        len({case.lot_id for case in CooperationRequest.objects.filter(pk__in=[c.pk for c in three])}),
        0,
    ]
    assert [(len(office.context["made"]), {one.why for one in office.context["left_out"]})] == [
        (0, {"No note verbale has left on it yet."})
    ]
    assert b'name="begin"' not in office.content
    assert not Job.objects.exists()


def test_what_is_left_out_stands_in_the_job_and_in_the_index_with_its_reason(three):
    kind = "/documents/many/covering-letter/"
    early = a_request("retained")
    data = {"case": [case.pk for case in [*three, early]], "make": "pdf", "begin": "1"}
    answer = signed_in("mm-coordinator").post(kind, data)
    job = run(Job.objects.get(pk=answer["Location"].strip("/").rpartition("/")[2]))

    left = [(item.key, item.state, item.reason) for item in job.items.filter(key__startswith="left:")]
    assert left == [(f"left:{early.pk}", "skipped", "It was not forwarded with a list yet.")]
    assert index(archive(job, "mm-coordinator"))[-1][2::4] == [early.title, left[0][2]]


def test_another_countrys_person_chooses_none_of_them(three):
    asked = {"case": [case.pk for case in three]}

    assert [
        signed_in("la-officer").post(ADDRESS, asked).status_code,
        len(signed_in("la-officer").get(ADDRESS).context["list"].rows),
        signed_in("desk").post(ADDRESS, {"case": ["x", "-1", "9" * 30]}).status_code,
        signed_in("desk").get("/documents/many/nothing/").status_code,
    ] == [400, 0, 400, 404]


def test_whoever_may_no_longer_read_a_paper_gets_none_of_it(three, printed):
    job = begun(three)
    gone = three[1]
    CooperationRequest.objects.filter(pk=gone.pk).update(forwarded_on=None)

    run(job)

    told = {item.key: (item.state, item.reason) for item in job.items.all()}
    assert told[f"/requests/{gone.pk}/paper/"] == (
        "skipped",
        "You may not read this paper, or it is not there.",
    )
    assert [sum(state == "done" for state, _why in told.values()), len(printed)] == [2, 2]
    assert [line[6] for line in index(archive(job))[1:]].count(told[f"/requests/{gone.pk}/paper/"][1]) == 1


def test_the_archive_holds_only_what_its_owner_may_read_today(three):
    job = run(begun(three))
    CooperationRequest.objects.filter(pk=three[0].pk).update(forwarded_on=None)

    assert len(archive(job).namelist()) == 3  # two papers and the index
    strangers = [
        signed_in(slug).get(f"/documents/jobs/{job.pk}/archive/").status_code
        for slug in ("mm-office", "la-officer")
    ]
    assert strangers == [404, 404]


def test_begun_twice_nothing_is_done_twice(three):
    first, second = begun(three), begun(three)
    run(first)
    run(second)

    assert first == second
    assert [Job.objects.count(), Document.objects.count()] == [1, 3]


def test_cancelled_in_the_middle_and_gone_on_with(three, printed, monkeypatch):
    job = begun(three)
    original = many.PRINTER.render

    def render(order):
        work.cancel(job, actor=who("desk"))
        return original(order)

    monkeypatch.setattr(many.PRINTER, "render", render)
    run(job)
    stopped = (job.stage, states(job), Document.objects.count())
    monkeypatch.setattr(many.PRINTER, "render", original)
    assert work.go_on(job, actor=who("desk"))
    run(job)

    assert stopped == ("cancelled", ["done", "waiting", "waiting"], 1)
    assert (job.stage, states(job), Document.objects.count()) == ("done", ["done"] * 3, 3)


def test_a_worker_that_dies_while_rendering_leaves_that_paper_undone(three, printed, monkeypatch):
    job = begun(three)
    original = many.PRINTER.render

    def dies(order):
        if len(printed) == 1:
            raise Killed
        return original(order)

    monkeypatch.setattr(many.PRINTER, "render", dies)
    with pytest.raises(Killed):
        run(job)
    assert [states(job), Document.objects.count()] == [["done", "waiting", "waiting"], 1]
    monkeypatch.setattr(many.PRINTER, "render", original)

    run(job)

    assert [states(job), Document.objects.count(), Rendering.objects.count()] == [["done"] * 3, 3, 3]


def test_what_could_not_be_laid_out_is_said_and_tried_again_as_the_same_document(three, printed, monkeypatch):
    job = begun(three[:1])
    original = many.PRINTER.render
    monkeypatch.setattr(many.PRINTER, "render", lambda order: Made(reason="memory"))
    run(job)
    item = job.items.get()
    assert (item.state, item.reason) == ("failed", "It needs more memory than a document may have.")
    monkeypatch.setattr(many.PRINTER, "render", original)

    assert work.go_on(job, actor=who("desk"))
    run(job)

    assert [states(job), Document.objects.count()] == [["done"], 1]


def test_the_pages_ask_the_database_the_same_however_many_cases(three):
    desk = signed_in("desk")
    told = []
    for cases in (three[:1], three):
        data = {"case": [case.pk for case in cases]}
        desk.post(ADDRESS, data)
        with CaptureQueriesContext(connection) as asked:
            assert desk.post(ADDRESS, data).status_code == 200
        told.append(len(asked))
    with CaptureQueriesContext(connection) as listed:
        desk.get(ADDRESS)

    assert told[0] == told[1] <= 12
    assert len(listed) <= 12


def test_the_archive_asks_the_database_the_same_however_many_papers(three):
    told = []
    for number, cases in enumerate((three[:1], three)):
        job = run(begun(cases, once=f"{KEY[:-1]}{number + 2}"))
        archive(job)
        with CaptureQueriesContext(connection) as asked:
            assert len(archive(job).namelist()) == len(cases) + 1
        told.append(len(asked))

    assert told[0] == told[1] <= 30


def test_a_gate_asked_for_many_answers_what_it_answers_for_each(three):
    early = [a_request(state) for state in ("retained", "draft", "adopted", "confirmed")]
    Instrument.objects.create(  # written, not sent: the agency's alone
        kind=InstrumentKind.NOTE_VERBALE,
        coop_request=early[2],
        number="N-1",
        dated_on=early[2].state_since,
        recorded_by=who("mm-office"),
    )
    ids = {
        "request": set(CooperationRequest.objects.values_list("pk", flat=True)),
        "lot": set(Lot.objects.values_list("pk", flat=True)) | {10**9},
        "operation": set(Operation.objects.values_list("pk", flat=True)),
    }
    ids["note-verbale"] = ids["request"]

    for slug in ("desk", "mm-office", "post-officer", "mm-coordinator", "la-officer"):
        person = who(slug)
        for gate, asked in registry.gates_of_many.items():
            each = registry.file_gates[gate]
            assert asked(person, ids[gate]) == {pk for pk in ids[gate] if each(person, pk)}, gate
    office, partner = (
        registry.gates_of_many["note-verbale"](who(slug), ids["request"])
        for slug in ("mm-office", "mm-coordinator")
    )
    assert (office - partner, len(partner)) == ({early[2].pk}, 1)
    assert early[1].pk not in registry.gates_of_many["request"](who("desk"), ids["request"])


def test_all_that_the_filter_finds_can_be_chosen_at_once(three):
    page = signed_in("desk").post(f"{ADDRESS}?state=received", {"all": "1"})
    none = signed_in("desk").post(f"{ADDRESS}?state=closed-never", {"all": "1"})

    assert len(page.context["made"]) == CooperationRequest.objects.filter(state="received").count() >= 3
    assert none.status_code == 200
