"""A text goes out as Word and comes back: read clause by clause, decided, taken in; nothing in silence."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from taawun.agreements import negotiation, queries
from taawun.agreements.actions import round_decisions, rounds, withdraw_amendment
from taawun.agreements.models import Instrument, NegotiationRound
from taawun.agreements.wording import as_clauses
from taawun.cycle.models import Operation
from taawun.cycle.papers import of_operation
from taawun.directory.models import Organisation
from taawun.foundation import editing
from taawun.foundation.models import AuditEvent, Task
from taawun.foundation.steps import Refused
from taawun.papers import making, worddocs
from taawun.papers.making import Page
from taawun.papers.models import Rendering
from tests.agreements import amended
from tests.agreements.negotiated import (
    CLAUSES,
    come_back,
    edited,
    paragraph,
    send,
    went_out,
    without_marks,
    write_clauses,
)
from tests.meetings.made import an_operation, signed_in
from tests.papers import made as files
from tests.planning.made import who

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def operation(world):
    """The postal operation, appraised, its Record of Discussions written in English."""
    made = an_operation("appraised")
    write_clauses(made)
    return made


def told(held: NegotiationRound) -> list[tuple[str, str, bool]]:
    held.refresh_from_db()
    rows = negotiation.comparison_of(held).rows
    return [(row.change.value, row.clause.title, row.moved) for row in rows if row.differs]


def text_of(operation) -> list[tuple[str, str, str]]:
    paper = queries.record_of_discussions(operation)
    clauses = as_clauses(paper.versions.get(language="en").clauses.all())
    return [(one.key, one.title, one.text) for one in clauses]


def answer(held: NegotiationRound, yes: set[int], by: str = "mm-office", base: int | None = None):
    held.refresh_from_db()
    places = [n for n, row in enumerate(negotiation.comparison_of(held).rows) if row.differs]
    decisions = [round_decisions.Decision(n, n in yes, "") for n in places]
    return round_decisions.decide(held, decisions, actor=who(by), base_version=base or held.version)


def longer(xml: str) -> str:
    return xml.replace("thirty days", "sixty days").replace("Three years.", "Five years.")


def waiting(operation) -> list[tuple[str, str, int]]:
    rows = Task.objects.filter(kind="operation", subject_id=operation.pk, act__startswith="text-")
    names = dict(Organisation.objects.values_list("pk", "slug"))
    return [(row.act, names[row.organisation_id], row.ref) for row in rows]


# ── Out ──


def test_what_goes_out_is_frozen_and_waits_on_the_party(operation):
    held = send(operation)

    assert (held.number, held.state, held.party.organisation.slug) == (1, "out", "mm-post")
    assert [one["key"] for one in held.sent] == ["preamble", "parties", "taxes", "period"]
    assert waiting(operation) == [("text-came-back", "mm-post", 1)]
    assert AuditEvent.objects.get(step="text-sent-out").detail.data["document"] == held.document.number


def test_one_text_of_a_language_is_out_at_a_time(operation):
    send(operation)
    with pytest.raises(Refused) as refused:
        send(operation)
    assert [str(one) for one in refused.value.obstacles] == [
        "The text in this language is out already: decide of it, or withdraw it first."
    ]


def test_only_a_party_that_signs_gets_it(operation):
    with pytest.raises(Refused, match="Choose a party that signs"):
        send(operation, to="mm-coordination")
    assert NegotiationRound.objects.count() == 0


@pytest.mark.parametrize("person", ["post-officer", "la-office"])
def test_only_who_writes_the_paper_sends_it_out(operation, person):
    with pytest.raises(PermissionDenied):
        send(operation, by=person)


# ── Back ──


def test_a_document_nobody_changed_differs_in_nothing(operation):
    held = come_back(send(operation))

    assert (held.state, told(held), held.returned["outside"], held.returned["bears_number"]) == (
        "back",
        [],
        [],
        True,
    )
    assert waiting(operation) == [("text-decided", "jica-mm", 1)]


def test_the_lines_of_a_text_survive_the_way_there_and_back(operation):
    held = come_back(send(operation))
    assert [(one["key"], one["text"]) for one in held.returned["clauses"]] == [
        (one.key, one.text) for one in CLAUSES
    ]


def test_what_they_changed_is_told_clause_by_clause(operation):
    assert told(come_back(send(operation), longer)) == [
        ("changed", "Taxes", False),
        ("changed", "Period", False),
    ]


def test_a_clause_put_in_and_one_taken_out(operation):
    def change(xml: str) -> str:
        start = xml.index("<w:p>", xml.index('w:name="clause_3"'))
        end = xml.index("<w:bookmarkEnd", xml.index("Clearance takes"))
        new = paragraph("3. Secrecy", "Heading2") + paragraph("Nobody tells.")
        return xml[:start] + xml[end:].replace("<w:sectPr", f"{new}<w:sectPr", 1)

    held = come_back(send(operation), change)
    assert told(held) == [("missing", "Taxes", False), ("new", "Secrecy", False)]


def test_what_stands_outside_the_clauses_is_told_and_never_taken_in(operation):
    held = come_back(
        send(operation), lambda xml: xml.replace("<w:body>", f"<w:body>{paragraph('They also owe us.')}")
    )

    assert (held.returned["outside"], told(held)) == (["They also owe us."], [])
    answer(held, set())
    assert [text for _key, _title, text in text_of(operation)] == [one.text for one in CLAUSES]


def test_tracked_changes_are_read_as_their_result_and_said(operation):
    def change(xml: str) -> str:
        return xml.replace(
            '<w:t xml:space="preserve">Three years.</w:t></w:r>',
            '<w:t xml:space="preserve">Three </w:t></w:r>'
            '<w:del w:id="90" w:author="P"><w:r><w:delText>years.</w:delText></w:r></w:del>'
            '<w:ins w:id="91" w:author="P"><w:r><w:t>months.</w:t></w:r></w:ins>',
        )

    held = come_back(send(operation), change)
    assert (held.returned["tracked"], held.returned["clauses"][-1]["text"]) == (True, "Three months.")


def test_marks_that_a_word_processor_moved_into_the_paragraphs_still_hold(operation):
    """LibreOffice writes a bookmark of several paragraphs as two of one name, and ends the second alone."""

    def change(xml: str) -> str:
        xml = re.sub(
            r'(<w:bookmarkStart w:id="\d+" w:name="clause_\d"/>)(?:<w:bookmarkStart[^>]*>)*<w:p>',
            r"<w:p>\1",
            xml,
        )
        again = '<w:bookmarkStart w:id="77" w:name="clause_3"/>'
        end = re.search(r'<w:bookmarkStart w:id="(\d+)" w:name="clause_3"/>', xml)[1]
        xml = xml.replace(f'<w:bookmarkEnd w:id="{end}"/>', "")
        place = xml.index("</w:p>", xml.index("Clearance takes"))
        xml = f'{xml[:place]}<w:bookmarkEnd w:id="77"/>{xml[place:]}'
        begin = xml.rindex("<w:p>", 0, place) + len("<w:p>")
        return longer(xml[:begin] + again + xml[begin:])

    held = come_back(send(operation), change)
    assert (held.returned["marks"], held.returned["outside"], told(held)) == (
        4,
        [],
        [("changed", "Taxes", False), ("changed", "Period", False)],
    )


def test_without_its_marks_a_text_is_found_by_titles(operation):
    held = come_back(send(operation), lambda xml: without_marks(longer(xml)))

    assert (held.returned["marks"], told(held)[-2:]) == (
        0,
        [("changed", "Taxes", False), ("changed", "Period", False)],
    )


def test_a_better_document_replaces_the_one_before(operation):
    held = come_back(send(operation), longer)
    again = come_back(held, by="post-officer")

    assert (again.state, told(again), again.version) == ("back", [], held.version + 1)


def swollen(data: bytes) -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/x.bin", b"\0" * (worddocs.MOST_UNPACKED + 1))
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes = b"x") -> bytes:
    out = BytesIO(data)
    with ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def without_main(data: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for one in source.namelist():
            if one != worddocs.MAIN:
                target.writestr(one, source.read(one))
    return out.getvalue()


def drawing_on_others(data: bytes) -> bytes:
    relation = (
        '<Relationship Id="rId990" Target="file:///etc/passwd" TargetMode="External" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    )
    name = "word/_rels/document.xml.rels"
    return edited(data, lambda xml: xml.replace("</Relationships>", f"{relation}</Relationships>"), name)


def with_entities(data: bytes) -> bytes:
    return edited(data, lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml.partition("?>")[2])


HOSTILE = {
    "a pdf by another name": (lambda data: files.pdf(), worddocs.NOT_ONE),
    "no text": (without_main, worddocs.NOT_ONE),
    "macros": (lambda data: with_part(data, "word/vbaProject.bin"), worddocs.MACROS),
    "a file inside": (lambda data: with_part(data, "word/embeddings/a.bin"), worddocs.EMBEDDED),
    "draws on others": (drawing_on_others, worddocs.LINKED),
    "bomb": (swollen, worddocs.SWELLS),
    "entities": (with_entities, worddocs.DAMAGED),
    "cut": (lambda data: edited(data, lambda xml: xml[:-40]), worddocs.DAMAGED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plain_document_is_told_and_nothing_is_entered(operation, name):
    make, sentence = HOSTILE[name]
    held = send(operation)
    sent = {"file": files.sent(make(went_out(held)), "back.docx")}
    answer = signed_in("post-officer").post(address("round-return", operation, 1), sent)

    held.refresh_from_db()
    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [str(sentence)]})
    assert (held.state, held.file, waiting(operation)) == ("out", None, [("text-came-back", "mm-post", 1)])


def test_a_document_without_a_body_is_refused(operation):
    held = send(operation)

    def bodiless(xml: str) -> str:
        return re.sub(r"<w:body>.*</w:body>", "", xml, flags=re.DOTALL)

    with pytest.raises(ValidationError) as refused:
        come_back(held, bodiless)
    assert refused.value.messages == [str(worddocs.DAMAGED)]


# ── Decided ──


def test_what_is_accepted_is_the_text_and_the_rest_stays(operation):
    held = come_back(send(operation), longer)
    answer(held, {2})

    assert text_of(operation) == [
        ("preamble", "", CLAUSES[0].text),
        ("parties", "Parties", CLAUSES[1].text),
        ("taxes", "Taxes", "Myanmar Post exempts equipment from taxes.\n\nClearance takes sixty days."),
        ("period", "Period", "Three years."),
    ]
    held.refresh_from_db()
    assert [(one.title, one.accepted) for one in held.decisions.all()] == [("Taxes", True), ("Period", False)]
    detail = AuditEvent.objects.get(step="text-decided").detail.data
    assert (detail["accepted"], detail["refused"], detail["changed"]) == (1, 1, True)
    assert waiting(operation) == []


def test_nothing_accepted_leaves_the_paper_untouched(operation):
    held = come_back(send(operation), longer)
    before = queries.record_of_discussions(operation).version
    answer(held, set())
    assert (queries.record_of_discussions(operation).version, text_of(operation)[3][2]) == (
        before,
        "Three years.",
    )


def test_every_change_is_answered(operation):
    held = come_back(send(operation), longer)
    with pytest.raises(Refused, match="Answer each clause"):
        round_decisions.decide(
            held, [round_decisions.Decision(2, True)], actor=who("mm-office"), base_version=held.version
        )


def test_words_written_here_meanwhile_are_not_written_over(operation):
    held = come_back(send(operation), longer)
    mine = [*CLAUSES[:3], type(CLAUSES[3])("Period", "Four years.", "period", "3")]
    write_clauses(operation, mine, base=queries.record_of_discussions(operation).version)

    with pytest.raises(Refused, match="was written anew here"):
        answer(held, {2, 3})
    held.refresh_from_db()
    assert (held.state, text_of(operation)[2][2]) == ("back", CLAUSES[2].text)
    answer(held, {2})
    assert [text for _key, _title, text in text_of(operation)][3] == "Four years."


def test_another_document_entered_meanwhile_is_a_conflict(operation):
    held = come_back(send(operation), longer)
    read = held.version
    come_back(held, longer)
    with pytest.raises(editing.Conflict):
        answer(held, {2}, base=read)


def test_what_is_decided_is_closed(operation):
    held = come_back(send(operation), longer)
    answer(held, {2})
    for late in (lambda: answer(held, set()), lambda: come_back(held)):
        with pytest.raises(editing.Frozen):
            late()


def test_withdrawn_with_its_reason_and_the_way_is_free(operation):
    held = send(operation)
    rounds.withdraw_text(held, reason="Wrong text", actor=who("mm-office"), base_version=held.version)
    held.refresh_from_db()
    assert (held.state, held.reason, waiting(operation)) == ("withdrawn", "Wrong text", [])
    assert send(operation).number == 2


def test_a_text_is_not_withdrawn_over_what_came_back_meanwhile(operation):
    held = send(operation)
    read = held.version
    come_back(held, longer)
    sent = {"reason": "Wrong text", "base_version": read}
    answer = signed_in("mm-office").post(address("round-withdraw", operation, 1), sent)

    held.refresh_from_db()
    told = "A document came back since you opened this page: read it first."
    assert (answer.status_code, held.state, told in answer.content.decode()) == (409, "back", True)


def test_a_signed_paper_is_negotiated_no_more(operation):
    held = come_back(send(operation), longer)
    type(operation).objects.filter(pk=operation.pk).update(state="agreed")
    with pytest.raises(editing.Frozen):
        answer(held, {2})


# ── Pages ──


def address(name: str, operation, *more) -> str:
    return reverse(f"agreements:{name}", args=[operation.pk, *more])


def test_the_way_through_the_pages(operation):
    office = signed_in("mm-office")
    paper = queries.record_of_discussions(operation)
    party = next(one for one in operation.party_rows if one.organisation.slug == "mm-post")
    sent = {"version": paper.versions.get().pk, "party": party.pk, "message": "Please read."}
    answer = office.post(address("round-send", operation), sent)
    assert (answer.status_code, answer.url) == (302, address("round", operation, 1))
    early = signed_in("post-officer").post(
        address("round-return", operation, 1), {"file": files.sent(files.pdf(), "back.docx")}
    )
    assert (early.status_code, NegotiationRound.objects.get().state) == (422, "out")


def test_a_decision_that_lacks_an_answer_keeps_what_was_typed(operation):
    held = come_back(send(operation), longer)
    rows = {"rows-TOTAL_FORMS": 2, "rows-INITIAL_FORMS": 2, "rows-0-place": 2, "rows-1-place": 3}
    sent = {**rows, "rows-0-answer": "yes", "rows-1-remark": "Why five?", "base_version": held.version}
    answer = signed_in("mm-office").post(address("round-decide", operation, 1), sent)

    assert (answer.status_code, "Why five?" in answer.content.decode()) == (422, True)
    done = signed_in("mm-office").post(address("round-decide", operation, 1), sent | {"rows-1-answer": "no"})
    assert (done.status_code, text_of(operation)[2][2][-11:]) == (302, "sixty days.")


@pytest.mark.parametrize("name", ["round", "round-return", "round-decide", "round-withdraw"])
def test_another_countrys_people_find_nothing(operation, name):
    come_back(send(operation), longer)
    assert signed_in("la-office").get(address(name, operation, 1)).status_code == 404
    assert signed_in("mm-office").get(address(name, operation, 9)).status_code == 404


def test_the_page_asks_the_same_however_many_clauses(operation, django_assert_max_num_queries):
    come_back(send(operation), longer)
    client = signed_in("mm-office")
    client.get(address("round", operation, 1))
    with django_assert_max_num_queries(15):
        assert client.get(address("round", operation, 1)).status_code == 200


# ── What becomes of it when its paper is given up ──


def send_amendment(operation: Operation, paper: Instrument) -> NegotiationRound:
    return rounds.send_text(
        operation,
        paper.versions.get(language="en"),
        next(one for one in operation.party_rows if one.organisation.slug == "mm-post"),
        message="",
        paper=of_operation(operation, "amendment"),
        page=Page("<html><head></head><body><main>Text</main></body></html>", "Amendment", "/", "en"),
        origin="https://taawun.example",
        actor=who("mm-office"),
    )


def of_an_amendment() -> tuple[Operation, NegotiationRound]:
    """An operation under way, the text of whose amendment came back."""
    made = amended.an_agreed_operation()
    amended.propose(made, components=[], ends_on=amended.LATER)
    amended.write_text(made)
    held = queries.open_amendment(made)
    sent = send_amendment(made, held.instrument)
    making.produce(Rendering.objects.get(document=sent.document).pk)
    return made, come_back(sent)


def give_up(operation) -> None:
    version = queries.open_amendment(operation).instrument.version
    withdraw_amendment(operation, reason="Not needed", actor=who("mm-office"), base_version=version)


def test_what_went_out_and_came_back_outlives_an_amendment_that_is_given_up(world):
    operation, held = of_an_amendment()
    give_up(operation)

    held.refresh_from_db()
    assert (held.instrument, held.kind, held.state, held.reason) == (
        None,
        "amendment",
        "withdrawn",
        "Not needed",
    )
    assert waiting(operation) == []
    office = signed_in("mm-office")
    page = office.get(address("round", operation, held.number))
    assert (page.status_code, "Amendment to the Record of Discussions" in page.content.decode()) == (
        200,
        True,
    )
    assert office.get(held.file.get_absolute_url()).getvalue()[:2] == b"PK"
    assert signed_in("la-office").get(held.file.get_absolute_url()).status_code == 404
    assert [
        office.get(address(f"round-{act}", operation, 1)).status_code
        for act in ("return", "decide", "withdraw")
    ] == [409] * 3


def test_what_was_decided_of_it_stays_and_its_number_is_not_given_again(world):
    operation, held = of_an_amendment()
    answer(held, set())
    give_up(operation)
    held.refresh_from_db()
    assert (held.state, held.reason, held.instrument) == ("decided", "", None)

    again = amended.propose(operation, components=[], ends_on=amended.LATER)
    amended.write_text(operation)
    assert send_amendment(operation, again.instrument).number == held.number + 1
