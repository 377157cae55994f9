"""Documents made of papers are found by their words, through the gate their own page asks, and by nobody else."""

import pytest
from tests.cycle.made import signed_in
from tests.factories import who
from tests.search.test_nothing_hidden import PEOPLE

from taawun.cycle.models import Operation
from taawun.foundation.models import User
from taawun.foundation.ports import registry
from taawun.papers.documents import may_open
from taawun.papers.making import Page, Paper, make
from taawun.papers.models import Document
from taawun.papers.queries import documents_visible_to
from taawun.papers.texts import read
from taawun.search import current
from taawun.search.finding import find, texts_of
from taawun.search.models import SearchText

PAGE = """<html lang="en"><head><style>.sheet{color:red}</style></head><body><main><h1>The sorting hall</h1>
<table class="beside"><tr><td lang="en"><p>Parcels are <b>weighed</b> twice.</p></td>
<td lang="fr"><p>Les colis sont pes\u00e9s deux fois.</p></td></tr></table></main></body></html>"""


def a_document(case, kind="request-form", gate="", second="", person="desk"):
    paper = Paper(kind, gate or case.kind, case.pk, case.code or "", case.is_example)
    page = Page(PAGE, "The sorting hall", "/", "en", second)
    return make(paper, page, [], actor=who(person), origin="http://testserver")


@pytest.fixture
def documents(index):
    """One under each gate: of the operation that was evaluated, of the request it came from, of a draft."""
    operation, draft = index
    asked = operation.coop_request
    made = [a_document(operation, "design"), a_document(asked), a_document(draft, person="post-officer")]
    made += [a_document(asked, "note-verbale", "note-verbale"), a_document(operation, "ex-ante", "ex-ante")]
    made.append(a_document(operation, "ex-post-summary", "evaluation"))
    lot = Paper("covering-letter", "lot", asked.lot_id)
    made.append(make(lot, Page(PAGE, "Letter", "/", "en"), [], actor=who("desk"), origin="http://testserver"))
    current.catch_up()
    return made


def found(slug, query, **chosen):
    return {text.object_id for text in texts_of(find(who(slug), query, {"kind": "document"} | chosen).hits)}


def test_a_document_is_found_by_words_number_and_kind_in_its_languages(documents):
    made = a_document(Operation.objects.get(), second="fr")
    current.catch_up()

    assert found("desk", "peser colis") == found("desk", made.number) == {made.pk}
    assert found("desk", '"weighed twice"') == {one.pk for one in (*documents, made)} - {documents[2].pk}
    assert documents[0].pk in found("desk", "project design matrix")
    [text] = SearchText.objects.filter(kind="document", object_id=made.pk, language="fr")
    assert (text.code, text.country) == (made.number, "country:MM")
    assert signed_in("desk").get(text.address).context["document"] == made


def test_the_gate_of_all_documents_lets_pass_what_the_gate_of_one_does(documents):
    different = {}
    for user in User.objects.select_related("person"):
        one_by_one = {each.pk for each in Document.objects.all() if may_open(user, each)}
        if one_by_one != (at_once := set(documents_visible_to(user).values_list("pk", flat=True))):
            different[str(user)] = (one_by_one, at_once)

    assert different == {}
    assert {each.gate for each in Document.objects.all()} == {
        slug for slug, gate in registry.gates_of_all.items() if gate.documents
    }


@pytest.mark.parametrize("state", ["planning", "ex_post_due"])
def test_the_same_while_what_they_tell_is_being_written(documents, state):
    Operation.objects.update(state=state)
    seen = {
        person: {each.pk for each in documents if may_open(who(person), each)}
        for person in [*PEOPLE, "jica-approver"]
    }

    assert seen == {
        person: set(documents_visible_to(who(person)).values_list("pk", flat=True)) for person in seen
    }
    assert len({frozenset(keys) for keys in seen.values()}) > 3


@pytest.mark.parametrize("person", ["la-officer", "amci-desk", "gn-embassy"])
def test_another_countrys_people_find_none(documents, person):
    assert found("desk", "parcels")

    assert (found(person, "parcels"), found(person, documents[0].number)) == (set(), set())


def test_what_was_made_to_try_a_template_is_not_found(documents):
    trial = Paper("design", "word-template", 1, is_example=True)
    made = make(trial, Page(PAGE, "Trial", "/", "en"), [], actor=who("desk"), origin="http://testserver")

    assert current.catch_up() == current.rebuild() == 0

    assert not SearchText.objects.filter(kind="document", object_id=made.pk).exists()


def test_a_document_that_was_erased_says_nothing_any_more(documents):
    Document.objects.update(page="")

    current.rebuild()

    assert found("desk", "parcels") == set()
    assert documents[0].pk in found("desk", documents[0].number)


def test_the_words_of_a_page_are_read_line_by_line_in_their_language():
    assert read(PAGE, ["en", "fr"]) == {
        "en": "The sorting hall\nParcels are weighed twice.",
        "fr": "Les colis sont pes\u00e9s deux fois.",
    }
