"""The texts of the Record of Discussions, written clause by clause."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st
from lxml import html

from taawun.agreements import drafting, queries
from taawun.agreements.actions.clauses import Place, save_clause
from taawun.agreements.composing import untranslated
from taawun.agreements.models import InstrumentKind, VersionClause
from taawun.agreements.translating import completed, shown, to_write, under_keys
from taawun.foundation.models import Draft
from taawun.kernel.clauses import Clause, fingerprint
from taawun.papers.beside import beside
from taawun.workspace.demo.cast import organisation, user
from tests.agreements.test_record_of_discussions import a_version, address, signers, write
from tests.meetings.made import an_operation, rows, signed_in

pytestmark = pytest.mark.usefixtures("world")

EN = [{"key": "parties", "title": "Parties", "text": "The Post"}, {"key": "term", "text": "Four years"}]
FR = [{"key": "parties", "title": "Parties", "text": "La Poste"}, {"key": "term", "text": "Quatre ans"}]


@pytest.fixture
def operation(world):
    return an_operation("appraised")


def form(operation, base: int = 0, uses=("authentic", "translation", ""), **lists):
    """The form as the page sends it: the clauses of each language."""
    languages = [{"language": code, "use": use} for code, use in zip(("en", "fr", "ar"), uses, strict=True)]
    data = {"base_version": str(base), "place": "", "prevailing_language": "en"}
    data |= rows("versions", *languages, initial=3) | signers(operation)
    for code in ("en", "fr", "ar"):
        given = lists.get(code, [])
        data |= rows(f"clauses-{code}", *given, initial=len(given))
    return data


def sent(operation, data, who: str = "mm-office"):
    return signed_in(who).post(address(operation), data)


def kept(operation, language: str):
    version = queries.record_of_discussions(operation).versions.get(language=language)
    return [(one.key, one.number, one.title, one.text) for one in version.clauses.all()]


def typed(answer, language: str):
    [version] = [one for one in answer.context["bundle"].rows[0] if one.code == language]
    return [(one.key, one.title, one.text) for one in version.clauses.said()]


def line(row):
    return (row["key"], row.get("title", ""), row.get("text", ""))


# ── Written and kept ──


def test_a_text_is_written_clause_by_clause_and_its_clauses_keep_their_keys(operation):
    answer = sent(operation, form(operation, en=EN, fr=FR))

    assert answer.status_code == 302
    assert kept(operation, "en") == [("parties", "1", "Parties", "The Post"), ("term", "", "", "Four years")]
    assert [one.text for one in queries.record_of_discussions(operation).versions.all()] == [
        "1. Parties\nThe Post\n\nFour years",
        "1. Parties\nLa Poste\n\nQuatre ans",
    ]


def test_the_page_begins_with_the_clauses_of_the_agency_under_their_keys(operation):
    page = signed_in("mm-office").get(address(operation))

    for language in ("en", "fr", "ar"):
        composed = drafting.record_clauses(operation)(language)
        assert typed(page, language) == [(one.key, one.title, one.text) for one in composed]


def test_what_is_left_blank_stands_in_the_prevailing_language_and_says_so(operation):
    sent(operation, form(operation, en=EN, fr=[FR[0], {"key": "term"}]))

    mark = untranslated("fr", "en")
    assert kept(operation, "fr")[1] == ("term", "", "", f"{mark}\nFour years")
    page = signed_in("mm-office").get(address(operation))
    assert typed(page, "fr") == [line(FR[0]), ("term", "", "")]
    assert "Left blank, this stands here:" in page.content.decode()
    paper = signed_in("desk").get(address(operation, "record-of-discussions-paper") + "?language=fr")
    assert f'<em>{mark}</em></p><p class="said" lang="en" dir="ltr">Four years</p>' in paper.content.decode()


def test_what_is_not_translated_follows_the_prevailing_text(operation):
    sent(operation, form(operation, en=EN, fr=[FR[0], {"key": "term"}]))

    sent(
        operation, form(operation, 1, en=[EN[0], EN[1] | {"text": "Five years"}], fr=[FR[0], {"key": "term"}])
    )

    assert kept(operation, "fr")[1][3] == untranslated("fr", "en") + "\nFive years"


def test_a_version_without_any_clause_of_its_own_is_refused_and_nothing_typed_is_lost(operation):
    answer = sent(operation, form(operation, en=EN, fr=[{"key": "term"}]))

    assert answer.status_code == 422
    assert typed(answer, "en") == [line(row) for row in EN]
    assert VersionClause.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"clauses-en-0-key": "no key"},
        {"clauses-en-0-title": "x" * 301},
        {"clauses-en-0-text": "x" * 20001},
        {"clauses-en-TOTAL_FORMS": "1"},
        {"clauses-en-TOTAL_FORMS": "many"},
        {"clauses-en-0-text": "x" * 11000, "clauses-en-1-text": "x" * 11000},
    ],
)
def test_a_wrong_clause_is_told_and_nothing_is_saved(operation, wrong):
    answer = sent(operation, form(operation, en=EN, fr=FR) | wrong)

    assert answer.status_code == 422
    assert VersionClause.objects.count() == 0


def test_another_saved_meanwhile_and_both_are_shown(operation):
    mine = form(operation, en=EN, fr=FR)
    write(operation, versions=[a_version(text="1. Parties\nThe Agency")])

    answer = sent(operation, mine)

    assert answer.status_code == 409
    assert typed(answer, "fr") == [line(row) for row in FR]
    told = {one["label"]: one["theirs"] for one in answer.context["conflict"]}
    assert told["Language versions"] == "English: authentic\n1. Parties\nThe Agency"
    assert kept(operation, "en") == [("clause-1", "1", "Parties", "The Agency")]


def test_a_draft_of_before_opens_with_its_texts_as_clauses(operation):
    data = form(operation) | {"versions-0-text": "1. Parties\nThe Post\n\n2. Period\nFour years"}
    old = {name: value for name, value in data.items() if not name.startswith("clauses-")}

    sent(operation, old | {"keep": "1"})
    page = signed_in("mm-office").get(address(operation))

    assert typed(page, "en") == [("clause-1", "Parties", "The Post"), ("clause-2", "Period", "Four years")]


def test_a_text_of_before_takes_the_keys_of_the_clauses_of_the_same_title(operation):
    composed = drafting.record_clauses(operation)("en")
    titled = next(one for one in composed if one.title)
    write(operation, versions=[a_version(text=f"1. {titled.title}\nOurs\n\n2. Of our own\nToo")])

    page = signed_in("mm-office").get(address(operation))

    assert typed(page, "en") == [(titled.key, titled.title, "Ours"), ("clause-2", "Of our own", "Too")]


# ── The buttons ──


@pytest.mark.parametrize(
    ("act", "english", "french"),
    [
        ("down:en:0", ["term", "parties"], ["term", "parties"]),
        ("up:fr:1", ["term", "parties"], ["term", "parties"]),
        ("up:en:0", ["parties", "term"], ["parties", "term"]),
        ("out:fr:0", ["parties", "term"], ["term"]),
        ("new:fr:", ["parties", "term", "clause-1"], ["parties", "term", "clause-1"]),
        ("put:en:nobodys", ["parties", "term"], ["parties", "term"]),
        ("what:en:0", ["parties", "term"], ["parties", "term"]),
        ("up:xx:1", ["parties", "term"], ["parties", "term"]),
    ],
)
def test_a_button_puts_clauses_in_order_and_keeps_what_was_typed(operation, act, english, french):
    data = form(operation, en=EN, fr=FR, ar=[]) | {"arrange": act, "place": "Naypyidaw"}

    answer = sent(operation, data)

    assert answer.status_code == 200
    assert [key for key, _title, _text in typed(answer, "en")] == english
    assert [key for key, _title, _text in typed(answer, "fr")] == french
    lost = set() if act.startswith("out") else {line(row) for row in FR} - set(typed(answer, "fr"))
    assert lost == set()
    assert answer.context["bundle"].form["place"].value() == "Naypyidaw"
    assert Draft.objects.count() == 1
    assert VersionClause.objects.count() == 0


def test_a_clause_one_language_lacks_is_put_in_at_its_place(operation):
    three = [EN[0], {"key": "own", "title": "Own", "text": "Ours"}, EN[1]]

    page = sent(operation, form(operation, en=three, fr=FR) | {"arrange": "new:en:"})
    lacking = {
        one["it"].code: [each.key for each in one["lacking"]] for one in page.context["bundle"].dressed
    }
    answer = sent(operation, form(operation, en=three, fr=FR) | {"arrange": "put:fr:own"})

    assert lacking["fr"][0] == "own"
    assert [key for key, _title, _text in typed(answer, "fr")] == ["parties", "own", "term"]


# ── The agency's clause, anew ──


def agency_says(text: str):
    record = InstrumentKind.RECORD_OF_DISCUSSIONS.value
    values = {"standing": "own", "position": 10, "titles": {"en": "Monitoring"}, "texts": {"en": text}}
    save_clause(
        organisation("jica"),
        Place(record, "monitoring", None),
        values,
        actor=user("jica-admin"),
        reason="asked for",
        base_version=0,
    )


def as_shown(page):
    """What a browser sends that only pressed Save."""
    context = page.context
    data = {"base_version": str(context["base_version"]), "place": "", "prevailing_language": "en"}
    for rowset in context["bundle"].rows:
        data[f"{rowset.prefix}-TOTAL_FORMS"] = str(len(rowset.forms))
        data[f"{rowset.prefix}-INITIAL_FORMS"] = str(rowset.initial_form_count())
        for one in rowset.forms:
            data |= {bound.html_name: str(bound.value() or "") for bound in one}
    return data


def offers(page) -> list[str]:
    [english] = [one for one in page.context["bundle"].dressed if one["it"].code == "en"]
    return [row.anew.text for row in english["rows"] if row.anew]


def test_the_agencys_clause_is_offered_anew_once_it_changed_and_taken(operation):
    office = signed_in("mm-office")
    assert sent(operation, as_shown(office.get(address(operation)))).status_code == 302
    assert offers(office.get(address(operation))) == []

    agency_says("Both sides look every month.")
    page = office.get(address(operation))
    place = [key for key, _title, _text in typed(page, "en")].index("monitoring")
    answer = sent(operation, as_shown(page) | {"arrange": f"anew:en:{place}"})

    assert offers(page) == ["Both sides look every month."]
    assert typed(answer, "en")[place] == ("monitoring", "Monitoring", "Both sides look every month.")
    assert offers(answer) == []


def test_what_the_office_changed_itself_is_not_taken_for_a_change_of_the_agencys(operation):
    office = signed_in("mm-office")
    data = as_shown(office.get(address(operation)))
    sent(operation, data | {"clauses-en-0-text": "Words of our own."})

    assert offers(office.get(address(operation))) == []


# ── The rules ──

TEXTS = st.sampled_from(["", "", "words", "other words"])
CLAUSE = st.builds(Clause, title=st.sampled_from(["", "Title"]), text=TEXTS, key=st.sampled_from(list("abc")))
VERSION = st.lists(CLAUSE, unique_by=lambda one: one.key)


@given(VERSION, VERSION)
def test_what_is_written_stays_and_what_is_blank_stands_in_a_language_that_has_it(english, french):
    found = completed({"en": english, "fr": french}, ["en", "fr"], {})

    has = {one.key for one in [*english, *french] if one.text}
    for language, given_clauses in (("en", english), ("fr", french)):
        said = [(one.key, one.text) for one in given_clauses if one.text]
        assert [(one.key, one.text) for one in to_write(found[language], language, {}) if one.text] == said
        stands = [one.key for one in given_clauses if one.key in has or one.title]
        assert [one.key for one in found[language]] == stands
        assert {one.language for one in shown(found[language], language)} <= {"en", "fr"}


@given(VERSION, VERSION)
def test_completing_what_is_complete_changes_nothing(english, french):
    once = completed({"en": english, "fr": french}, ["en", "fr"], {})
    asked = {code: to_write(clauses, code, once) for code, clauses in once.items()}

    twice = completed(asked, ["en", "fr"], once)

    assert [[(c.key, c.text) for c in twice[code]] for code in once] == [
        [(c.key, c.text) for c in once[code]] for code in once
    ]


def test_keys_of_titles_are_taken_once():
    composed = [Clause("Parties", "x", "parties")]
    read = [Clause("parties", "a", "clause-1"), Clause("Parties ", "b", "clause-2")]

    assert [one.key for one in under_keys(read, composed)] == ["parties", "clause-2"]


@given(st.text(), st.text())
def test_a_fingerprint_is_of_words_not_of_spaces(title, text):
    spaced = replace(Clause(title, text), text=text.replace(" ", "  \n"))

    assert fingerprint(title, text) == fingerprint(spaced.title, spaced.text)


def test_the_page_costs_the_same_however_many_clauses(operation, django_assert_max_num_queries):
    text = "\n\n".join(f"{n}. Title {n}\nText" for n in range(1, 50))
    write(operation, versions=[a_version(text=text), a_version("fr", False, text=text)])
    browser = signed_in("mm-office")

    with django_assert_max_num_queries(22):
        browser.get(address(operation))


def test_side_by_side_clauses_of_one_key_stand_together_whatever_their_places():
    page = '<html><body><main class="a4"><section class="clauses">{}</section></main></body></html>'
    clause = '<section data-clause="{0}"><p>{1}</p></section>'
    first = page.format(clause.format("a", "one") + clause.format("b", "two"))
    other = page.format(clause.format("b", "deux") + clause.format("c", "trois"))

    found = html.document_fromstring(beside(first, other, ("en", "fr")))

    assert [[cell.text_content() for cell in row] for row in found.iter("tr")] == [
        ["one", ""],
        ["two", "deux"],
        ["", "trois"],
    ]
