"""Who finds what: everything one may see, in any writing, and nothing of what one may not."""

import pytest
from tests.factories import who

from taawun.cycle.models import AppraisalNote, CooperationRequest, Operation
from taawun.foundation.readable import SEARCHABLE
from taawun.search.finding import find, texts_of
from taawun.search.models import SearchText
from taawun.search.writing import write


def kinds(slug, query, **chosen):
    """How many of each kind a person finds."""
    return dict(find(who(slug), query, chosen).facets.get("kind", []))


def again(kind, pk):
    """Write one object anew."""
    each = SEARCHABLE[kind]
    write(each, each.model.objects.filter(pk=pk), [pk])


ALL_OF_IT = {
    **{"agreement": 3, "completion-report": 1, "design": 1, "evaluation": 1, "ex-ante": 1, "file": 2},
    **{"meeting": 1, "operation": 1, "request": 1, "sheet": 1},
}


def test_whoever_sees_a_case_finds_all_its_texts(index):
    assert kinds("desk", "postal") == ALL_OF_IT | {"letter": 2}
    assert kinds("post-officer", "postal") == ALL_OF_IT


@pytest.mark.parametrize("query", ["MM-2026-PRJ-0001", "mm-2026-prj-0001", "PRJ-0001", "mm 2026 prj"])
def test_an_operation_is_found_by_its_number_and_stands_first(index, query):
    first = texts_of(find(who("desk"), query, {}).hits)[0]

    assert (first.kind, first.object_id) == ("operation", index[0].pk)


@pytest.mark.parametrize("query", ["Service postale", "services POSTAUX", "póstal sérvice"])
def test_case_accents_plurals_and_the_other_language_are_forgiven(index, query):
    assert kinds("desk", query)["operation"] == 1


@pytest.mark.parametrize("person", ["la-officer", "la-coordinator", "amci-desk", "sn-officer", "gn-embassy"])
@pytest.mark.parametrize("query", ["postal", "MM-2026-PRJ-0001", '"postal services"', "postel"])
def test_another_countrys_people_find_and_count_nothing(index, person, query):
    assert find(who("desk"), query, {}).total  # there is something to leak

    found = find(who(person), query, {})

    assert (found.total, found.hits, found.instead) == (0, [], {})
    assert not any(found.facets.values())


def test_a_draft_is_found_by_those_who_write_it_alone(index):
    assert kinds("post-officer", "zebra kalaw") == {"request": 1}
    assert kinds("desk", "zebra kalaw") == {}
    assert kinds("mm-coordinator", "zebra kalaw") == {}


def test_a_request_that_is_sent_is_found_at_once_by_whom_it_went_to(index):
    CooperationRequest.objects.filter(pk=index[1].pk).update(state="submitted")

    assert kinds("mm-coordinator", "zebra kalaw") == {"request": 1}
    assert kinds("desk", "zebra kalaw") == {}


def test_an_evaluation_that_is_written_again_is_found_by_nobody(index):
    Operation.objects.filter(pk=index[0].pk).update(state="ex_post_due")

    assert "evaluation" not in kinds("desk", "postal")


def test_what_the_provider_keeps_to_itself_is_in_no_text(index):
    note = AppraisalNote.objects.get().text

    assert len(note) > 20
    assert not [text.address for text in SearchText.objects.all() if note in text.body]


def test_a_slip_is_forgiven_and_said(index):
    found = find(who("desk"), "postla servces", {})

    assert dict(found.facets["kind"])["operation"] == 1
    assert found.instead == {"postla": ["postal"], "servces": ["services"]}


def test_a_word_that_is_begun_finds_what_begins_with_it(index):
    assert kinds("desk", "improv")["operation"] == 1


def test_a_word_of_what_one_may_not_see_is_not_offered(index):
    assert find(who("post-officer"), "zbera", {}).instead == {"zbera": ["zebra"]}

    assert find(who("desk"), "zbera", {}).instead == {}


def test_a_word_of_what_one_may_not_see_does_not_stand_in_the_way_of_a_slip(index):
    """That somebody else wrote "postla" is not to be learnt from the answer."""
    CooperationRequest.objects.filter(pk=index[1].pk).update(need="Postla")
    again("request", index[1].pk)

    assert find(who("desk"), "postla", {}).instead == {"postla": ["postal"]}


def test_a_word_only_others_wrote_is_not_offered_beside_one_of_ones_own(index):
    CooperationRequest.objects.filter(pk=index[1].pk).update(need="Postlab")
    again("request", index[1].pk)
    assert find(who("post-officer"), "postla", {}).instead == {"postla": ["postal", "postlab"]}

    assert find(who("desk"), "postla", {}).instead == {"postla": ["postal"]}


@pytest.mark.parametrize("query", ["\ufdfa" * 200, "q" * 200, "a1-\u0640", "\u0640"])
def test_what_is_no_word_finds_nothing_and_costs_nothing(index, query):
    found = find(who("desk"), query, {})

    assert (found.total, found.instead) == (0, {})


def test_a_code_with_a_mark_by_itself_is_found_by_the_rest(index):
    assert kinds("desk", "2026-\u0301") == kinds("desk", "2026")


def test_facets_narrow_what_is_found_and_count_what_is_left(index):
    found = find(who("desk"), "postal", {"kind": "agreement", "language": "fr"})

    assert found.total == 1
    assert found.facets["kind"] == [("agreement", 1)]
    assert found.facets["language"] == [("fr", 1)]


def test_an_object_in_two_languages_is_one_result(index):
    found = find(who("desk"), "postal", {"kind": "agreement"})

    assert found.total == len(found.hits) == 3
    assert found.facets["language"] == [("en", 3), ("fr", 1)]


@pytest.mark.parametrize(
    "query", ["", "  ", "!!!", "'", "\\", "a & b | !c", "<->", "\x00", "x" * 5000, '"""', "%s"]
)
def test_whatever_is_typed_is_answered(index, query):
    assert find(who("desk"), query, {}).total >= 0


def test_few_statements_however_much_there_is(index, django_assert_num_queries):
    user = who("desk")
    find(user, "postal", {})

    with django_assert_num_queries(2):
        find(user, "postal services", {})
