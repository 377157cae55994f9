"""Scans and files are found by their names and by what they are of, through the gate of their download alone."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from tests.cycle.made import signed_in
from tests.factories import who
from tests.papers.word import docx
from tests.search.test_nothing_hidden import PEOPLE

from taawun.agreements.models import Instrument
from taawun.cycle.models import Operation
from taawun.foundation.audit import record
from taawun.foundation.models import AuditEvent, User
from taawun.foundation.ports import registry
from taawun.letters.models import Letter
from taawun.meetings.models import Meeting, Survey
from taawun.papers.actions import hand_back, keep
from taawun.papers.models import File, FileKind
from taawun.papers.owners import found_gates
from taawun.papers.queries import files_visible_to, may_open
from taawun.papers.texts import NOT_FOUND
from taawun.search import current
from taawun.search.finding import find, texts_of
from taawun.search.models import SearchText


def a_file(gate, subject_id, name="Kumquat.pdf"):
    number = File.objects.count()
    return File.objects.create(
        sha256=sha256(str(number).encode()).hexdigest(),
        size=9,
        kind=FileKind.PDF,
        original_name=name,
        stored_name=f"zz/{number}",
        uploaded_by=who("desk"),
        gate=gate,
        subject_id=subject_id,
    )


def one_of_each(operation):
    """Under each gate some: of entries, those of each kind and audience; a scan that stands in two registers."""
    told = AuditEvent.objects.filter(kind__in=("request", "operation")).order_by("kind", "audience_id", "pk")
    entries = {(one.kind, one.audience_id): one.pk for one in told}.values()
    subjects = {
        **{gate: [operation.pk] for gate in ("operation", "basis", "activity-report", *NOT_FOUND)},
        "instrument": Instrument.objects.values_list("pk", flat=True),
        "meeting": Meeting.objects.values_list("pk", flat=True),
        "survey": Survey.objects.values_list("pk", flat=True) or [0],
        "letter": Letter.objects.values_list("pk", flat=True),
        "entry": entries,
    }
    made = [a_file(gate, pk) for gate, ids in subjects.items() for pk in ids]
    scan = next(each for each in made if each.gate == "letter")
    other = Letter.objects.exclude(organisation=F("correspondent")).exclude(pk=scan.subject_id).first()
    Letter.objects.filter(pk=other.pk).update(scan=scan)
    return made


@pytest.fixture
def files(index):
    made = one_of_each(index[0])
    current.rebuild()
    return made


def found(slug, query):
    return {text.object_id: text for text in texts_of(find(who(slug), query, {"kind": "file"}).hits)}


def test_the_gate_of_all_files_lets_pass_what_the_gate_of_one_does(files):
    held = list(File.objects.filter(gate__in=found_gates()))
    different = {}
    for user in User.objects.select_related("person"):
        one_by_one = {each.pk for each in held if may_open(user, each)}
        if one_by_one != (at_once := set(files_visible_to(user).values_list("pk", flat=True))):
            different[str(user)] = (one_by_one, at_once)

    assert different == {}
    assert {each.gate for each in held} == set(found_gates())


def test_every_file_is_found_or_it_is_said_why_not(files):
    of_documents_alone = {"request", "lot", "note-verbale", "ex-ante", "evaluation"}
    assert sorted([*found_gates(), *NOT_FOUND, *of_documents_alone]) == sorted(registry.file_gates)

    kept = set(SearchText.objects.filter(kind="file").values_list("object_id", flat=True))
    missed = {each.gate for each in File.objects.all() if each.pk not in kept}
    assert (missed, {each.gate for each in files if each.pk in kept}) == (set(NOT_FOUND), set(found_gates()))


@pytest.mark.parametrize("person", ["desk", "post-officer", "mm-office", "mm-coordinator"])
def test_whoever_finds_a_file_opens_the_page_on_which_it_stands(files, person):
    client, texts = signed_in(person), found(person, "kumquat")
    [report] = [each.pk for each in files if each.gate == "activity-report"]
    del texts[report]  # a project has no page of this kind
    gone = [
        text.address for text in texts.values() if client.get(text.address, follow=True).status_code != 200
    ]

    assert len(texts) > 5
    assert gone == []


def test_a_file_is_found_by_what_it_is_of(files):
    operation = Operation.objects.get()
    basis = next(each for each in files if each.gate == "basis")

    assert found("desk", f"{operation.title} kumquat")[basis.pk].code == operation.code
    assert found("desk", operation.code)[basis.pk].country == "country:MM"


def test_a_letters_scan_does_not_tell_its_subject_to_another_register(files):
    scans = {each.pk for each in files if each.gate == "letter"}

    assert {text.body for text in SearchText.objects.filter(kind="file", object_id__in=scans)} == {""}


@pytest.mark.parametrize("person", ["la-officer", "amci-desk", "gn-embassy"])
def test_another_countrys_people_find_no_file(files, person):
    assert found("desk", "kumquat")

    assert found(person, "kumquat") == {}
    for each in files:
        assert signed_in(person).get(f"/files/{each.pk}/page/").status_code == 404


def test_a_word_document_is_found_by_its_words_and_no_more_once_it_is_handed_back(index):
    current.catch_up()
    upload = SimpleUploadedFile("answer.docx", docx("Tangerine terms"))
    kind = (FileKind.DOCX,)
    held = keep(upload, actor=who("desk"), gate="operation", subject_id=index[0].pk, allowed=kind)
    record(index[0], "meeting-edited", actor=who("desk"))

    assert current.catch_up() == 1
    assert held.pk in found("desk", '"tangerine terms"')

    hand_back(held)
    assert found("desk", "tangerine") == {}
    current.rebuild()
    assert not SearchText.objects.filter(kind="file", object_id=held.pk).exists()


def test_in_search_the_gates_let_pass_what_they_let_pass_alone(files):
    for person in PEOPLE:
        alone = set(files_visible_to(who(person)).values_list("pk", flat=True))
        assert set(found(person, "kumquat")) == alone & {each.pk for each in files}
