"""An agency's own Word templates: taken in by its administrator, tried by the worker, frozen with each document."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied

from taawun.agreements import actions as agreements
from taawun.foundation.models import AuditEvent
from taawun.governance import word_templates
from taawun.governance.models import WordTemplate
from taawun.papers import making
from taawun.papers.models import Document, File, Rendering
from taawun.workspace.demo.cast import organisation, user
from tests.agreements.test_notes import note
from tests.agreements.test_record_of_discussions import write as write_record
from tests.cycle.made import signed_in
from tests.cycle.test_mission_letters import sent as mission_letter
from tests.factories import a_request, an_operation
from tests.papers import made as files
from tests.papers.word import docx, said

NOTE = docx("No. {{ number }}", "{{ text }}", "{{ request_title }}", "Check: {{ check_address }}")
STRANGERS = ["amci-admin", "post-officer", "knowledge", "la-officer"]


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of a test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def page(world):
    """The address of the template of notes verbales in English."""
    return f"/settings/{organisation('jica').pk}/word/note-verbale/en/"


def send(page: str, data: bytes = NOTE, *, base: int = 0, by: str = "jica-admin", **more):
    form = {"act": "save", "reason": "Our letterhead", "base_version": base} | more
    if data:
        form["file"] = files.sent(data, "template.docx")
    return signed_in(by).post(page, form)


def a_note():
    """A request with a note verbale, and the address of the note's paper."""
    adopted = a_request("adopted")
    agreements.write_note(adopted, note(), actor=user("mm-office"), base_version=0)
    return f"{adopted.get_absolute_url()}note-verbale/paper/"


def make_word(address: str, by: str = "mm-office", **more) -> Document:
    answer = signed_in(by).post(address, {"make": "docx"} | more)
    assert answer.status_code == 302
    return Document.objects.exclude(gate="word-template").latest("pk")


def word_of(document: Document, by: str) -> list[str]:
    row = document.renderings.select_related("file").get(format="docx")
    making.produce(row.pk)
    row.refresh_from_db()
    assert (row.status, row.reason) == ("made", "")
    answer = signed_in(by).get(row.file.get_absolute_url())
    return said(b"".join(answer.streaming_content))


# ── Taken in ──


def test_a_template_is_a_version_with_its_preview_on_an_example(page):
    assert send(page).status_code == 302
    held = WordTemplate.objects.get()
    trial = Document.objects.get()

    assert (held.version, held.reason, held.made_by) == (1, "Our letterhead", user("jica-admin"))
    assert (held.file.gate, held.file.subject_id) == ("word-template", held.pk)
    assert (trial.is_example, trial.template_id, trial.number[:6]) == (True, held.file_id, "TRIAL-")
    assert word_of(trial, "jica-admin")[:2] == ["No. [Number]", "[Text]"]
    told = AuditEvent.objects.filter(kind="word-template", step="word-template-made")
    assert told.count() == 1
    assert "version 1, is used" in signed_in("jica-admin").get(page).content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (docx("{{ nobody }}"), "The field “nobody” is not known."),
        (docx("{{ number.__class__ }}"), "The field “number.__class__” is not known."),
        (docx("{% include 'x' %}"), "cannot be used in a template"),
        (docx("{{ number"), "is not whole or not known"),
        (b"<html>", "This is not a Word document"),
        (b"", "Choose a file"),
    ],
)
def test_what_cannot_be_filled_is_refused_by_its_name_and_nothing_holds(page, data, sentence):
    answer = send(page, data)
    assert (answer.status_code, WordTemplate.objects.count(), Document.objects.count()) == (422, 0, 0)
    said_of_it = answer.content.decode()
    assert sentence in said_of_it or (not data and "required" in said_of_it)


def test_a_version_made_meanwhile_is_not_lost(page):
    assert [send(page).status_code, send(page).status_code, send(page, base=1).status_code] == [302, 409, 302]
    assert sorted(WordTemplate.objects.values_list("version", flat=True)) == [1, 2]


def test_the_same_form_sent_twice_makes_one_version(page):
    key = "7f0c1f5e-1f5c-4a57-9c58-0c0f8f3c8d11"
    assert [send(page, once=key).status_code for _ in range(2)] == [302, 302]
    assert WordTemplate.objects.count() == 1


# ── Documents made with it ──


def test_a_document_is_made_with_it_and_keeps_it(page):
    send(page)
    address = a_note()
    first = make_word(address)
    send(page, docx("Second {{ number }}"), base=1)
    second = make_word(address)

    assert (first.template_version, second.template_version) == (1, 2)
    assert word_of(first, "mm-office")[:2] == ["No. NV 12/2026", "The office presents…"]
    assert word_of(second, "mm-office")[:1] == ["Second NV 12/2026"]
    assert first.fields["check_address"].endswith(f"/check/{first.check_code}/")
    told = json.dumps([first.template.sha256, first.fields], sort_keys=True, ensure_ascii=False)
    assert first.sha256 == hashlib.sha256(f"{first.page}\0{told}".encode()).hexdigest()
    shown = signed_in("mm-office").get(first.get_absolute_url()).content.decode()
    assert "with the agency’s own template, version 1" in shown


def test_back_to_the_built_in_one(page):
    send(page)
    assert signed_in("jica-admin").post(page, {"act": "built-in", "base_version": 1}).status_code == 422
    back = {"act": "built-in", "reason": "Not yet", "base_version": 1}
    assert signed_in("jica-admin").post(page, back).status_code == 302
    again = signed_in("jica-admin").post(page, back | {"base_version": 2})
    document = make_word(a_note())

    assert (again.status_code, document.template, document.fields) == (409, None, None)
    assert document.sha256 == hashlib.sha256(document.page.encode()).hexdigest()
    assert "The office presents…" in word_of(document, "mm-office")


def test_another_language_and_two_side_by_side_follow_the_built_in_form(page):
    send(page)
    assert word_templates.in_force(organisation("jica").pk, "note-verbale", "fr") is None
    assert word_templates.in_force(organisation("amci").pk, "note-verbale", "en") is None
    letter = mission_letter(an_operation("agreed"))
    send(page.replace("note-verbale", "mission-letter"), docx("{{ expert }}"))
    alone, beside = make_word(letter, "desk"), make_word(letter, "desk", beside="fr")
    assert (alone.template_version, beside.template_version, beside.fields) == (1, None, None)


def test_a_template_that_fails_on_a_document_is_told_and_the_built_in_one_is_offered(page):
    send(page)
    document = make_word(a_note())
    row = document.renderings.get()
    Rendering.objects.filter(pk=row.pk).update(status="failed", reason="template")
    client = signed_in("mm-office")
    shown = client.get(document.get_absolute_url()).content.decode()
    assert [
        text in shown for text in ("could not be filled in", "Make Word without the agency’s template")
    ] == [True] * 2
    client.post(f"{document.get_absolute_url()}render/", {"format": "docx", "built-in": "1"})
    assert "The office presents…" in word_of(document, "mm-office")
    assert "with the agency’s own template" not in client.get(document.get_absolute_url()).content.decode()


def test_a_template_whose_example_failed_is_not_used(page):
    send(page)
    trial = Document.objects.get()
    Rendering.objects.filter(document=trial).update(status="failed", reason="template")
    assert make_word(a_note()).template is None
    shown = signed_in("jica-admin").get(page).content.decode()
    assert "Version 1 could not be filled with the example" in shown
    # A trial has no built-in form: asked for without its template it is tried again as it is.
    trial_page = trial.get_absolute_url()
    assert 'name="built-in"' not in signed_in("jica-admin").get(trial_page).content.decode()
    signed_in("jica-admin").post(f"{trial_page}render/", {"format": "docx", "built-in": "1"})
    assert trial.renderings.get().built_in is False


# ── Every paper that has fields ──


def test_every_field_on_offer_is_given_by_its_paper(world):
    operation = an_operation("appraised")
    write_record(operation)
    asked = {
        "record-of-discussions": (
            f"{operation.get_absolute_url()}agreements/record-of-discussions/paper/",
            "desk",
        ),
        "mission-letter": (mission_letter(an_operation("agreed")), "desk"),
        "note-verbale": (a_note(), "mm-office"),
    }
    missing = {}
    for paper, (address, by) in asked.items():
        send(f"/settings/{organisation('jica').pk}/word/{paper}/en/", docx("{{ number }}"))
        document = make_word(address, by)
        missing[paper] = set(word_templates.SHAPES[paper]) ^ set(document.fields or {})
    assert missing == {"record-of-discussions": set(), "mission-letter": set(), "note-verbale": set()}


# ── Who may ──


def test_whoever_reads_the_settings_looks_and_the_administrator_alone_changes(page):
    send(page)
    at = [page, page.replace("note-verbale/en/", ""), WordTemplate.objects.get().get_absolute_url()]
    at += [File.objects.get().get_absolute_url(), Document.objects.get().get_absolute_url()]
    answers = [signed_in("desk").get(one) for one in at]
    assert b"".join(answers[3].streaming_content) == NOTE
    assert [one.status_code for one in answers] == [200] * 5
    assert send(page, base=1, by="desk").status_code == 403
    for slug in STRANGERS:
        assert [signed_in(slug).get(one).status_code for one in at] == [404] * 5
        assert send(page, base=1, by=slug).status_code == 404
    assert WordTemplate.objects.count() == 1


def test_the_act_itself_lets_nobody_else_in(world):
    with pytest.raises(PermissionDenied):
        word_templates.save_template(
            organisation("jica"),
            ("note-verbale", "en"),
            None,
            reason="x",
            base_version=0,
            actor=user("desk"),
        )


def test_an_unknown_paper_or_language_is_not_there(page):
    client = signed_in("jica-admin")
    wrong = [page.replace("note-verbale", "minutes"), page.replace("/en/", "/xx/")]
    assert [client.get(one).status_code for one in wrong] == [404, 404]


def test_the_pages_ask_few_statements(page, django_assert_max_num_queries):
    for n in range(4):
        send(page, docx(f"{n} {{{{ number }}}}"), base=n)
    client = signed_in("jica-admin")
    client.get(page)
    for at in (page, page.replace("note-verbale/en/", "")):
        with django_assert_max_num_queries(8):
            assert client.get(at).status_code == 200
