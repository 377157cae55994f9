"""The rooms: what each tells, through the gate of its page, in at most fifteen statements however many rows."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.test import RequestFactory

from taawun.agreements.in_force import agreements_visible_to
from taawun.api.rooms import searching
from taawun.cycle.models import Operation
from taawun.directory.bodies import organisations_visible_to
from taawun.evaluation.models import Evaluation
from taawun.evaluation.texts import evaluations_visible_to
from taawun.figures.counting import figure, grouped
from taawun.interchange.actions import take_in
from taawun.interchange.models import PublishedActivity
from taawun.lessons.queries import lessons_visible_to
from taawun.reference.models import Code, CodeList
from taawun.search import current, reach, statement
from taawun.search.finding import find
from taawun.search.models import SearchText
from tests.api.made import program, read, refused
from tests.doors.another import laotian_case
from tests.factories import an_operation, who
from tests.interchange.made import a_file, activity


@pytest.fixture(scope="module")
def held(shared_world):
    """An operation that was evaluated, what another country holds, and what somebody publishes; all of it indexed."""
    made = an_operation("evaluated")
    laotian_case()
    take(activity(1), activity(2))
    current.rebuild()
    return made


@pytest.fixture
def case(held):
    """The same, for a test that may add to it."""
    with transaction.atomic():
        yield held
        transaction.set_rollback(True)


def take(*activities):
    """Publish these."""
    take_in(a_file(*activities), actor=None)


GATES = {
    "agreements": agreements_visible_to,
    "evaluations": evaluations_visible_to,
    "lessons": lessons_visible_to,
    "organisations": organisations_visible_to,
}
READERS = ("desk", "post-officer", "la-officer", "sn-officer", "amci-desk", "jica-admin", "mm-office")


@pytest.mark.parametrize("path", GATES)
def test_a_room_shows_what_its_gate_gives_and_nothing_else(case, path):
    everything = set(GATES[path](who("desk")).model.objects.values_list("pk", flat=True))
    found = {}
    for slug in READERS:
        client, wanted = program(slug), set(GATES[path](who(slug)).values_list("pk", flat=True))
        found[slug] = {row["id"] for row in read(client, path, limit=100)["items"]}
        assert found[slug] == wanted
        for pk in sorted(everything - wanted)[:1]:
            assert refused(client, f"{path}/{pk}") == (404, "not-there")
        for pk in sorted(wanted)[:2]:
            assert read(client, f"{path}/{pk}")["id"] == pk

    assert max(map(len, found.values())) > 0
    # A certified lesson is everybody's.
    assert path == "lessons" or min(map(len, found.values())) < len(everything)


def test_an_agreement_tells_its_parties_signatories_and_how_it_stands(case):
    lines = read(program("desk"), "agreements", kind="record-of-discussions")["items"]

    told = next(line for line in lines if line["case"]["id"] == case.pk)

    assert told["case"]["number"] == case.code
    assert told["stands"] == {"code": "ended", "name": "Ended"}
    assert [body["id"] for body in told["parties"]] == list(
        dict.fromkeys(party.organisation_id for party in case.party_rows)
    )
    assert len(told["signatures"]) == len([party for party in case.party_rows if party.signs])


def test_an_evaluation_tells_findings_rating_and_recommendations(case):
    line = read(program("desk"), "evaluations")["items"][0]

    told = read(program("post-officer"), f"evaluations/{line['id']}")

    assert (line["operation"]["id"], told["overall"]) == (case.pk, line["overall"])
    assert len(told["findings"]) >= 6
    assert [
        each["addressed_to"]["name"] for each in told["recommendations"] if not each["addressed_to"]
    ] == []


def test_a_rating_given_by_a_rule_set_not_known_any_more_is_told_by_its_code(case):
    row = Evaluation.objects.get(operation=case)
    Evaluation.objects.filter(pk=row.pk).update(rule_set="lost", rule_set_version=3, overall="c")

    told = read(program("desk"), f"evaluations/{row.pk}")

    assert told["sub_ratings"] == []
    assert told["overall"] == {
        "grade": {"code": "c", "name": "c"},
        "rule_set": {"code": "lost", "name": "lost"},
        "version": 3,
        "computed": row.computed,
        "reason": row.judgement_reason,
    }


def test_a_published_activity_keeps_currencies_apart_and_says_what_was_worked_out(case):
    row = PublishedActivity.objects.get(identifier="XM-DAC-999-1")

    told = read(program("sn-officer"), f"published/{row.pk}")

    sums = {
        (each["type"]["code"], each["total"]["currency"]): each["total"]["amount"] for each in told["amounts"]
    }
    assert {key: Decimal(value) for key, value in sums.items()} == {
        ("3", "USD"): Decimal("1000.50"),
        ("3", "EUR"): Decimal(500),
        ("2", "USD"): Decimal(9),
    }
    assert {each["is_derived"] for each in told["shares"]} == {False}
    assert [each["listed"] for each in told["shares"] if each["code"] == "X-9"] == [None]
    assert told["titles"] == {"en": "Safe water 1", "fr": "Eau potable 1"}


def test_a_figure_is_the_one_of_its_page(case):
    client, user = program("desk"), who("desk")

    told = read(client, "figures/operations", country="country:MM", by="sector")

    wanted = grouped("operations", {"country": "country:MM"}, user, ["sector"])
    assert told["value"] == str(figure("operations", {"country": "country:MM"}, user).value)
    assert [(cell["rows"], cell["value"]) for cell in told["cells"]] == [
        (cell.figure.rows, str(cell.figure.value)) for cell in wanted.cells
    ]
    assert told["page"].endswith("/figures/operations/?country=country%3AMM&by=sector")
    assert read(program("amci-desk"), "figures/operations", country="country:MM")["value"] == "0"


@pytest.mark.parametrize(
    "query",
    [
        {"country": "country:ZZ"},
        {"by": "colour"},
        {"colour": "red"},
        {"day": "2026-13-01"},
        {"currency": "USD"},
    ],
)
def test_what_a_figure_does_not_know_is_refused_by_name(case, query):
    answer = program("desk").get("/api/v1/figures/operations", query)

    assert (answer.status_code, [each["name"] for each in answer.json()["errors"]]) == (400, [*query])


def test_every_figure_there_is_can_be_read(case):
    client = program("desk")

    for one in read(client, "figures")["items"]:
        told = read(client, f"figures/{one['slug']}")
        assert (told["says"], told["unit"] != "" or told["why_none"] != "") == (one["says"], True)
    assert refused(client, "figures/nothing") == (404, "not-there")


def test_code_lists_and_their_codes_are_read_to_the_last(case):
    client = program("sn-officer")

    lists = read(client, "codes", limit=100)["items"]
    first = read(client, "codes/sector/codes", limit=100)
    held = [row["id"] for row in first["items"]]
    while first["next"]:
        first = client.get(first["next"]).json()
        held += [row["id"] for row in first["items"]]

    assert [one["slug"] for one in lists] == sorted(CodeList.objects.values_list("pk", flat=True))
    assert held == list(Code.objects.filter(code_list="sector").order_by("pk").values_list("pk", flat=True))
    withdrawn = read(client, "codes/sector/codes", state="withdrawn", limit=1)["items"]
    assert [bool(row["valid_to"]) for row in withdrawn] == [True]
    assert [row["id"] for row in read(client, "codes/country/codes", q="allemagne")["items"]] == [
        "country:DE"
    ]
    assert refused(client, "codes/nothing/codes") == (404, "not-there")


def test_search_finds_what_the_reader_may_see_and_goes_on(case):
    client = program("desk")

    first = read(client, "search", q="postal", limit=1)
    found, address = [(hit["kind"]["code"], hit["id"]) for hit in first["items"]], first["next"]
    while address:
        answer = client.get(address).json()
        found += [(hit["kind"]["code"], hit["id"]) for hit in answer["items"]]
        address = answer["next"]

    assert ("operation", case.pk) in found
    assert len(found) == len(set(found)) > 1
    narrowed = read(client, "search", q="postal", kind="operation")["items"]
    assert {hit["kind"]["code"] for hit in narrowed} == {"operation"}
    hidden = read(program("sn-officer"), "search", q=case.code)
    assert [hit for hit in hidden["items"] if hit["kind"]["code"] in ("operation", "request")] == []


def test_of_a_common_word_a_program_is_told_that_there_are_at_least_so_many(case, monkeypatch):
    days = sorted(SearchText.objects.filter(day__isnull=False).values_list("day", flat=True))
    client = program("desk")
    everything = read(client, "search", q="postal")
    monkeypatch.setattr(reach, "since", lambda where, params, year="": days[-2])
    monkeypatch.setattr(statement, "ENOUGH", 1)

    newest = read(client, "search", q="postal")

    assert (everything["is_all"], newest["is_all"]) == (True, False)
    assert 1 <= newest["total"] < everything["total"]


def test_the_stretch_found_is_plain_text_and_an_organisation_is_found_by_its_name(case):
    text = SearchText.objects.filter(kind="operation", object_id=case.pk)
    text.update(body="L'eau <5 mg/l & postal", names=[])
    organisation = SearchText(kind="operation", object_id=1, language="en", address="/", title="ZB")
    organisation.names = [{"en": "Zebra's bureau", "fr": "Bureau d'études"}]
    client = program("desk")

    told = [hit["context"] for hit in read(client, "search", q=case.code)["items"] if hit["id"] == case.pk]

    assert "L'eau <5 mg/l & postal" in told
    found = searching.told(RequestFactory().get("/"), organisation, find(who("desk"), "zebra", {}))
    assert "Zebra's bureau" in found["context"]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "x", "kind": "nothing"}, {"q": "x", "year": "now"}])
def test_a_search_for_nothing_or_by_no_facet_is_refused(case, query):
    assert refused(program("desk"), "search", **query) == (400, "not-understood")


SIGNS = ("\0", "\ud7ff", "\u202e", "\n", "'\"")


@pytest.mark.parametrize(
    "path", ["operations", "published", "codes/sector/codes", "figures/operations", "search"]
)
def test_signs_that_no_value_has_are_refused_and_break_nothing(case, path):
    client = program("desk")
    name = "kind" if path == "search" else "state" if path.startswith("codes") else "country"

    for sign in SIGNS:
        assert refused(client, path, **{"q": "x"} if path == "search" else {}, **{name: sign})[0] == 400
        if not path.startswith("figures"):
            assert client.get(f"/api/v1/{path}", {"q": f"post {sign}"}).status_code == 200


# ── How much it costs ──


def more(number):
    """So many more agreements, evaluated operations, lessons and published activities."""
    operation = Operation.objects.exclude(coop_request=None).latest("pk")
    for gate in (agreements_visible_to, lessons_visible_to):
        row = gate(who("desk")).order_by("-pk").first()
        for place in range(number):
            row = type(row).objects.get(pk=row.pk)
            row.pk, row._state.adding = None, True
            if hasattr(row, "code"):
                row.code = f"LES-X-{place}"
            else:
                row.kind, row.coop_request, row.operation, row.frozen_on = "minutes", None, operation, None
            row.save()
    for place in range(number):
        evaluated_too(place)
    take(*(activity(100 + place) for place in range(number)))


def evaluated_too(place):
    """One more operation like the one evaluated, with its evaluation."""
    row = Evaluation.objects.select_related("operation").order_by("pk").first()
    parties, ratings = list(row.operation.parties.all()), list(row.ratings.all())
    copied(row.operation, code=f"EVAL-{place}", coop_request_id=None, old_number="")
    copied(row, operation=row.operation)
    for each in parties:
        copied(each, operation=row.operation)
    for each in ratings:
        copied(each, evaluation=row)


def copied(row, **changes):
    """The row once more, changed."""
    row.pk, row._state.adding = None, True
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()


PATHS = ("lessons", "organisations", "published", "codes", "codes/sector/codes")
OF_THE_PARTIES = ("agreements", "evaluations")  # an administrator sees none of these


@pytest.mark.parametrize("number", [1, 20])
def test_no_list_costs_more_than_fifteen_statements_however_long(case, number, django_assert_max_num_queries):
    more(number)
    clients = {True: program("desk"), False: program("jica-admin")}
    for path in (*OF_THE_PARTIES, *PATHS, "search?q=postal", "figures/operations?by=country"):
        client = clients[path in OF_THE_PARTIES]
        read(client, path)
        with django_assert_max_num_queries(15):
            rows = read(
                client, f"{path}{'&' if '?' in path else '?'}" + ("" if "figures" in path else "limit=100")
            )
        least = number if path in OF_THE_PARTIES else 0
        assert "figures" in path or len(rows["items"]) > least


def test_nothing_with_all_its_parts_costs_more_than_fifteen_statements(case, django_assert_max_num_queries):
    client = program("desk")
    for path in ("agreements", "evaluations", "lessons", "published"):
        pk = read(client, path)["items"][0]["id"]
        with django_assert_max_num_queries(15):
            read(client, f"{path}/{pk}")


# ── The how-to ──

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "read-by-program.md"


def test_the_commands_of_the_how_to_read_what_they_say(case):
    commands = re.findall(r'^curl (.*)"\$SITE(.+)"$', HOW_TO.read_text(encoding="utf-8"), flags=re.MULTILINE)
    client = program("desk")

    for headers, address in commands:
        language = re.search(r"Accept-Language: (\w+)", headers)
        path = address.replace("operations/1", f"operations/{case.pk}")
        answer = client.get(path, headers={"accept-language": language[1] if language else "en"})
        assert (path, answer.status_code) == (path, 200)
    assert len(commands) == 6
