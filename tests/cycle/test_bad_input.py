"""What no form of the cycle takes: told in a sentence, stored nowhere, never an error of the program."""

from datetime import timedelta
from html import unescape

import pytest

from taawun.cycle.models import Round
from taawun.foundation import clock
from tests.cycle.made import body, everything, signed_in
from tests.cycle.pages import COMPONENT, PAGES, PARTS, PEOPLE
from tests.factories import a_person, who

PART = {page.slug: page for page in PARTS}
TODAY = clock.timezone.now().date()


def text_of(answer):
    return unescape(answer.content.decode())


def without_drafts(held):
    return {label: rows for label, rows in held.items() if label != "foundation.Draft"}


def refused(opened, **changes):
    """Send what must be refused; gives the page, once it is sure that nothing was stored but the draft."""
    before = without_drafts(everything())
    answer = opened.send(**changes)
    assert answer.status_code == 422
    assert without_drafts(everything()) == before
    return text_of(answer)


# ── Editing pages ──


@pytest.mark.parametrize(
    ("page", "typed", "sentence"),
    [
        (
            PART["site"],
            {"starts_on": "2027-02-01", "ends_on": "2027-01-31"},
            "The end comes before the beginning.",
        ),
        (
            COMPONENT,
            {"starts_on": "2027-02-01", "ends_on": "2027-01-31"},
            "The end comes before the beginning.",
        ),
        (
            PEOPLE,
            {"team-0-held_from": "2027-02-01", "team-0-held_to": "2027-01-31"},
            "The end comes before the beginning.",
        ),
        (
            PART["inputs"],
            {"inputs-0-amount": "-1", "inputs-0-currency": "currency:JPY"},
            "greater than or equal to 0",
        ),
        (
            PART["inputs"],
            {"inputs-0-amount": "5", "inputs-0-currency": ""},
            "Choose the currency of the amount.",
        ),
        (PART["inputs"], {"inputs-0-amount": "NaN", "inputs-0-currency": "currency:JPY"}, "Enter a number."),
        (
            PART["inputs"],
            {"inputs-0-amount": "1" * 17, "inputs-0-currency": "currency:JPY"},
            "16 digits before",
        ),
        (
            PART["inputs"],
            {"inputs-0-amount": "0.001", "inputs-0-currency": "currency:JPY"},
            "2 decimal places",
        ),
        (PART["inputs"], {"inputs-0-amount": "1e999", "inputs-0-currency": "currency:JPY"}, "digits"),
        (PART["inputs"], {"inputs-0-amount": "5", "inputs-0-currency": "currency:XXQ"}, "XXQ is not one of"),
        (
            PART["inputs"],
            {"inputs-0-amount": "5", "inputs-0-currency": "country:MM"},
            "country:MM is not one of",
        ),
        (PART["inputs"], {"inputs-0-side": "contractor"}, "contractor is not one of"),
        (PART["inputs"], {"inputs-0-kind": "expert-ish"}, "expert-ish is not one of"),
        (COMPONENT, {"ceiling": "-0.01", "currency": "currency:JPY"}, "greater than or equal to 0"),
        (COMPONENT, {"ceiling": "10", "currency": ""}, "Choose the currency of the amount."),
        (
            COMPONENT,
            {"confirmed_on": str(TODAY + timedelta(days=1))},
            "The date of the act lies in the future.",
        ),
        (PART["goal"], {"baseline": "5", "baseline_on": ""}, "Enter the date of the baseline."),
        (
            PART["goal"],
            {"baseline_on": str(TODAY + timedelta(days=1))},
            "A baseline cannot lie in the future.",
        ),
        (PART["goal"], {"target": "Infinity"}, "Enter a number."),
        (PART["goal"], {"target": "1" * 15}, "14 digits before"),
        (PART["site"], {"starts_on": "31.01.2027"}, "Enter a valid date."),
        (PART["site"], {"starts_on": "2027-02-30"}, "Enter a valid date."),
        (PART["idea"], {"title": "   "}, "This field is required."),
        (PART["idea"], {"title": "x" * 201}, "at most 200 characters"),
        (PART["idea"], {"language": "xx"}, "xx is not one of"),
        (PART["idea"], {"modality": "modality:none"}, "modality:none is not one of"),
        (
            PART["idea"],
            {"sector": "modality:technical-cooperation-project"},
            "is not one of the available choices",
        ),
        (PART["idea"], {"source": "rumour"}, "rumour is not one of"),
        (PEOPLE, {"team-0-function": "evaluator"}, "evaluator is not one of"),
    ],
    ids=lambda value: value.slug if hasattr(value, "slug") else None,
)
def test_what_is_wrong_is_told_in_a_sentence(opening, page, typed, sentence):
    assert sentence in refused(opening(page), **typed)


def foreign_ids():
    """(page, what is typed): ids that exist, of things that are another's."""
    rounds = Round.objects.exclude(provider=body("jica"))
    return [
        (PART["implementing"], {"implementing": body("la-post").pk}),  # another country's organisation
        (PART["implementing"], {"implementing": body("jica-mm").pk}),  # an office in the country
        (PART["implementing"], {"implementing": body("jica").pk}),
        (PART["idea"], {"round": rounds.get().pk}),  # another provider's round
        (PART["idea"], {"round": Round.objects.get(name="JFY 2015").pk}),  # one that is over
        (COMPONENT, {"supplier": body("mm-post").pk}),  # no supplier among the parties
        (COMPONENT, {"supplier": body("amci").pk}),
        (PEOPLE, {"team-0-organisation": body("la-post").pk}),  # no party
        (PEOPLE, {"team-0-person": who("la-officer").person.pk}),
    ]


@pytest.mark.parametrize("number", range(9))
def test_what_is_anothers_cannot_be_chosen(opening, number):
    page, typed = foreign_ids()[number]

    assert "is not one of the available choices." in refused(opening(page), **typed)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        (PART["implementing"], "implementing"),
        (PART["idea"], "round"),
        (COMPONENT, "supplier"),
        (PEOPLE, "team-0-person"),
        (PEOPLE, "team-0-organisation"),
        (PART["inputs"], "inputs-0-currency"),
    ],
    ids=str,
)
def test_what_is_no_id_cannot_be_chosen(opening, page, name):
    opened = opening(page)

    for forged in ("0", "-1", "abc", "9" * 30, "1 OR 1=1", "²", "[]"):
        assert "is not one of" in refused(opened, **{name: forged})
    said = refused(opened, **{name: "\x00"})
    assert "Null characters are not allowed." in said or "is not one of" in said


def test_a_person_is_named_once_in_a_function_from_a_day(opening):
    opened = opening(PEOPLE)
    data = opened.data()
    twice = {n.replace("-0-", "-1-"): v for n, v in data.items() if n.startswith("team-0-")}
    before = without_drafts(everything())

    answer = opened.send(**twice)

    assert answer.status_code == 409
    assert "Named twice in one function from one day: Officer, Myanmar Post." in text_of(answer)
    assert without_drafts(everything()) == before


def test_two_people_may_change_places(opening):
    opened = opening(PEOPLE)
    colleague = a_person("line-officer", "mm-post").person
    data = opened.data()
    second = {n.replace("-0-", "-1-"): v for n, v in data.items() if n.startswith("team-0-")}
    opened.send(**second | {"team-1-person": str(colleague.pk)})
    opened.page = opened.client.get(opened.url)
    first = opened.data()

    answer = opened.send(**{"team-0-person": first["team-1-person"], "team-1-person": first["team-0-person"]})

    assert answer.status_code == 302
    assert [m.person_id for m in opened.case.team.order_by("pk")] == [
        colleague.pk,
        who("post-officer").person.pk,
    ]


def test_the_evaluator_is_not_to_be_unnamed_through_the_people(opening):
    opened = opening(PEOPLE)
    evaluator = opened.case.team.create(
        person=who("evaluator").person,
        organisation=body("ex-evaluators"),
        function="evaluator",
        held_from=TODAY,
    )

    opened.send(**{"team-0-pk": str(evaluator.pk), "team-0-function": "director"})

    evaluator.refresh_from_db()
    assert (evaluator.function, evaluator.person) == ("evaluator", who("evaluator").person)


# ── Who may not ──


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_an_editing_page_is_closed_to_everyone_else(opening, page):
    opened = opening(page)
    others = [
        ("line-officer", "la-post"),
        ("coordination", "la-coordination"),
        ("country-office", "jica-la"),
        ("desk", "amci"),
        ("approver", "amci"),
        ("opinion", "ma-transport"),
    ]
    data = opened.data(**page.typed())
    before = everything()
    statuses = set()
    for role, house in others:
        client = signed_in(a_person(role, house))
        statuses |= {client.get(opened.url).status_code, client.post(opened.url, data).status_code}
        statuses.add(client.post(opened.url, data | {"autosave": "1"}).status_code)

    assert statuses == {404}
    made = {"foundation.User", "directory.Person", "directory.Post"}
    assert {k: v for k, v in everything().items() if k not in made} == {
        k: v for k, v in before.items() if k not in made
    }


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_who_may_see_the_case_but_not_write_there_is_refused_too(opening, page):
    opened = opening(page)
    data = opened.data(**page.typed())
    colleague = {"idea": ("coordination", "mm-post")}.get(page.slug, ("knowledge", page.house))
    client = signed_in(a_person(*colleague))
    before = everything()

    statuses = {
        client.get(opened.url).status_code,
        client.post(opened.url, data).status_code,
        client.post(opened.url, data | {"autosave": "1"}).status_code,
        client.post(opened.url, data | {"add": "x"}).status_code,
    }

    assert statuses <= {403, 404}
    assert everything() == before
