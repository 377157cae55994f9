"""What programs read: the same cases as the pages, a stretch at a time, in the language asked for."""

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings, strategies as st

from taawun.api import cursors
from taawun.api.problems import Problem
from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.cycle.workflow import OperationState
from tests.api.made import program, read, refused
from tests.doors.people import everybody as make_everybody
from tests.factories import a_request, an_operation, who


@pytest.fixture(scope="module")
def walked_cases(shared_world):
    """An operation under way with its request, and a request nobody has sent yet."""
    return an_operation("in_implementation"), a_request("draft")


@pytest.fixture
def cases(walked_cases):
    """The same, for a test that may add to them."""
    with transaction.atomic():
        yield walked_cases
        transaction.set_rollback(True)


# ── Who reads what ──


def test_every_reader_sees_the_cases_their_pages_show_and_no_other(cases, django_assert_max_num_queries):
    seen = 0
    for user in make_everybody().values():
        client = program(user)
        for path, gate in (("operations", operations_visible_to), ("requests", requests_visible_to)):
            wanted = list(gate(user).order_by("-pk").values_list("pk", flat=True))
            assert [row["id"] for row in read(client, path, limit=100)["items"]] == wanted
            seen += len(wanted)
            for pk in {*(case.pk for case in cases)} - set(wanted):
                assert refused(client, f"{path}/{pk}") == (404, "not-there")

    assert seen > 10


def test_what_may_not_be_seen_reads_like_what_is_not_there(cases):
    operation, _draft = cases
    client = program("la-officer")

    hidden, missing = (client.get(f"/api/v1/operations/{pk}").json() for pk in (operation.pk, 999_999_999))

    assert hidden == missing


# ── An operation, a request ──


def test_an_operation_tells_its_parties_components_design_and_values(cases):
    operation, _draft = cases

    told = read(program("desk"), f"operations/{operation.pk}")

    assert (told["number"], told["state"]) == (
        operation.code,
        {"code": "in_implementation", "name": "In implementation"},
    )
    assert told["country"] == {"code": "country:MM", "name": "Myanmar"}
    assert [each["part"]["code"] for each in told["parties"]] == [p.part for p in operation.party_rows]
    assert told["request"]["id"] == operation.coop_request_id
    indicators = [each for aim in told["design"]["objectives"] for each in aim["indicators"]]
    assert [each["unit"] for each in indicators if not each["unit"]] == []
    assert [each["target"] for each in indicators if each["target"]] != []
    amounts = [each["amount"] for each in told["design"]["inputs"] if each["amount"]]
    assert {(len(each["currency"]), each["amount"].count(".")) for each in amounts} == {(3, 1)}
    assert told["page"] == f"http://testserver{operation.get_absolute_url()}"


def test_a_request_keeps_the_providers_papers_out(cases):
    asked = CooperationRequest.objects.get(operation=cases[0])

    told = read(program("desk"), f"requests/{asked.pk}")

    assert (told["number"], told["operation"]["id"]) == (asked.code, cases[0].pk)
    assert {"appraisal_note", "opinions", "note"} & told.keys() == set()
    assert [each["number"] for each in told["outputs"]] == [1, 2, 3][: len(told["outputs"])]


def test_a_consulted_ministry_is_not_told_the_operation_it_may_not_open(cases):
    asked = CooperationRequest.objects.get(operation=cases[0])

    assert read(program("comms-opinion"), f"requests/{asked.pk}")["operation"] is None


def test_words_come_in_the_language_asked_for(cases):
    french = read(program("desk", language="fr"), "operations")["items"][0]
    arabic = program("desk", language="ar").get("/api/v1/operations/999999999").json()

    assert (french["country"]["name"], french["form"]["name"]) == ("Myanmar", "Projet")
    assert arabic["title"] == "لا شيء هنا"


# ── Lists ──


def copies(number):
    """So many more operations like the first one."""
    row = Operation.objects.order_by("pk").first()
    for place in range(number):
        row.pk, row.code, row.coop_request_id, row.old_number = None, f"COPY-{place}", None, ""
        row._state.adding = True
        row.save()


def walked(client, path):
    """Every row of a list, stretch by stretch."""
    rows, address = [], path
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        rows += answer.json()["items"]
        address = answer.json()["next"]
    return [row["id"] for row in rows]


def test_a_list_is_walked_to_its_end_with_no_row_twice(cases):
    copies(7)
    client = program("desk")

    found = walked(client, "/api/v1/operations?limit=3&country=country:MM")

    wanted = operations_visible_to(who("desk")).filter(country_id="country:MM").order_by("-pk")
    assert found == list(wanted.values_list("pk", flat=True))
    assert len(found) >= 8


def test_the_filters_are_those_of_the_page(cases):
    operation, _draft = cases
    client = program("desk")

    def found(**query):
        return [row["id"] for row in read(client, "operations", **query)["items"]]

    assert operation.pk in found(state="in_implementation", q=operation.code)
    assert operation.pk not in found(state="closed")
    assert operation.pk not in found(country="country:LA")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"limit": "0"}, ["limit"]),
        ({"limit": "101"}, ["limit"]),
        ({"limit": "many"}, ["limit"]),
        ({"state": "nowhere"}, ["state"]),
        ({"country": "country:ZZ"}, ["country"]),
        ({"contry": "country:MM", "page": "2"}, ["contry", "page"]),
    ],
)
def test_a_parameter_nobody_knows_is_refused_by_name(cases, query, names):
    answer = program("desk").get("/api/v1/operations", query)

    assert (answer.status_code, answer.json()["type"]) == (400, "/api/#not-understood")
    assert [each["name"] for each in answer.json()["errors"]] == names


@pytest.mark.parametrize(("language", "comma"), [("fr", ", "), ("ar", "، ")])
def test_the_values_there_are_come_without_a_word_of_english(cases, language, comma):
    answer = program("desk", language=language).get("/api/v1/operations", {"state": "nowhere"})

    reason = answer.json()["errors"][0]["reason"]
    states = [str(value) for value, _label in OperationState.choices]
    assert comma.join(states) in reason
    assert " or " not in reason


@pytest.mark.parametrize("number", [2, 60])
def test_a_list_costs_as_many_statements_however_long(cases, number, django_assert_num_queries):
    copies(number)
    client = program("desk")
    read(client, "operations")

    with django_assert_num_queries(5):
        read(client, "operations", limit=100)
    with django_assert_num_queries(5):
        read(client, "requests", limit=100)


def test_an_operation_costs_at_most_fifteen_statements(cases, django_assert_max_num_queries):
    client = program("desk")
    read(client, "operations")

    with django_assert_max_num_queries(15):
        read(client, f"operations/{cases[0].pk}")


# ── Cursors ──


slowly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
KEYS = st.text(min_size=1, max_size=40)
ASKED = st.dictionaries(st.sampled_from(["state", "country", "q"]), st.text(max_size=20), max_size=3)


@slowly
@given(key=KEYS, asked=ASKED)
def test_a_cursor_leads_back_to_its_key(key, asked):
    assert cursors.opened("/a", cursors.seal("/a", key, asked), asked) == key


@slowly
@given(key=KEYS, asked=ASKED, place=st.integers(0, 30), sign=st.characters())
def test_a_cursor_changed_by_one_sign_is_refused(key, asked, place, sign):
    cursor = cursors.seal("/a", key, asked)
    place = place % len(cursor)
    changed = cursor[:place] + sign + cursor[place + 1 :]
    if changed == cursor:
        return

    with pytest.raises(Problem) as refusal:
        cursors.opened("/a", changed, asked)

    assert refusal.value.slug == "bad-cursor"


@slowly
@given(cursor=st.text(max_size=60))
def test_what_is_no_cursor_is_refused(cursor):
    with pytest.raises(Problem):
        cursors.opened("/a", cursor, {})


@slowly
@given(asked=ASKED, others=ASKED)
def test_a_cursor_goes_on_only_where_the_same_was_asked(asked, others):
    cursor = cursors.seal("/a", "7", asked)

    with pytest.raises(Problem):
        cursors.opened("/b", cursor, asked)
    if asked != others:
        with pytest.raises(Problem):
            cursors.opened("/a", cursor, others)


def test_a_cursor_of_another_list_or_other_filters_says_what_to_do(cases):
    copies(3)
    client = program("desk")
    cursor = read(client, "operations", limit=1)["next"].partition("cursor=")[2]

    for path, query in (("operations", {"form": "project"}), ("requests", {}), ("operations", {"q": "x"})):
        answer = client.get(f"/api/v1/{path}", {"cursor": cursor} | query)
        assert (answer.status_code, answer.json()["type"]) == (400, "/api/#bad-cursor")
        assert "Begin anew without one" in answer.json()["detail"]


# ── Reading alone, nothing sent twice ──


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_nothing_is_changed_through_it(cases, method):
    answer = getattr(program("desk"), method)("/api/v1/operations")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert (answer["Content-Type"], answer.json()["type"]) == (
        "application/problem+json",
        "/api/#reading-only",
    )


def test_an_answer_the_program_has_is_not_sent_again(cases):
    client = program("desk")
    first = client.get("/api/v1/operations")

    again = client.get("/api/v1/operations", headers={"if-none-match": first["ETag"]})
    in_french = client.get(
        "/api/v1/operations", headers={"if-none-match": first["ETag"], "accept-language": "fr"}
    )

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert in_french.status_code == 200
    assert first["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Accept-Language"} <= {name.strip() for name in first["Vary"].split(",")}


def test_the_head_alone_can_be_asked_for(cases):
    client = program("desk")

    answer = client.head("/api/v1/operations")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get("/api/v1/operations")["ETag"]


def test_an_address_that_is_none_says_so_in_the_same_way():
    answer = Client().get("/api/v1/nonsense/here")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
