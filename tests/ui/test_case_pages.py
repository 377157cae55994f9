from datetime import UTC, date, datetime
from types import SimpleNamespace as Thing

import pytest

from taawun.ui.ring import Phase, Ring, Station

LINES = [
    Thing(
        ok=False,
        label="Every indicator has a value",
        obstacles=[Thing(text="1 of 5 has none", link="/values/", link_label="Enter 1 value", who="")],
    ),
    Thing(ok=True, label="Inputs compared", obstacles=[]),
]
CASE = {
    "code": "SN-2026-REQ-0001",
    "kind_label": "Request",
    "title": "Forages <villageois>",
    "language": "fr",
    "next": Thing(label="Submit", hint="", lines=LINES, who=""),
    "steps": [
        Thing(url="/submit/", label="Submit", main=True),
        Thing(url="/withdraw/", label="Withdraw", main=False),
    ],
    "ball": Thing(who="Ministry of Water", since=date(2026, 11, 16), act=""),
    "timeline": [Thing(when=date(2026, 11, 16), title="Sent", detail="", who="Officer", internal=True)],
    "tabs": [Thing(url="/a/", label="Cycle", current=True), Thing(url="/b/", label="Parties", current=False)],
}
CHAIN = [
    Thing(label="Prepared", who="Ministry", when=date(2026, 1, 1), state="done"),
    Thing(label="Submitted", who="", when="", state="now"),
    Thing(label="Received", who="", when="", state="todo"),
]


@pytest.fixture
def case_page(draw, ask):
    return lambda template="ui/case.html", **more: draw(
        f'{{% include "{template}" %}}', ask(signed_in=True), **{**CASE, **more}
    )


def test_the_title_carries_its_own_language(case_page):
    page = case_page()

    assert '<h1 lang="fr" dir="auto">Forages &lt;villageois&gt;</h1>' in page
    assert page.count("<h1") == 1


def test_the_reason_of_an_act_runs_its_own_way_in_whatever_language_it_was_written(case_page):
    entry = Thing(
        when=date(2026, 11, 16), title="Sent", detail="Roads are cut.", who="Officer", internal=False
    )

    assert '<span class="d-block" dir="auto">Roads are cut.</span>' in case_page(timeline=[entry])


def test_whose_turn_it_is_and_since_when(case_page):
    page = case_page()

    assert "<strong>Ministry of Water</strong>" in page
    assert "since 16 November 2026, 8 days" in page


def test_what_is_missing_leads_to_where_it_is_supplied(case_page):
    page = case_page()

    assert "What must be there: 1 of 2" in page
    assert '<span>1 of 5 has none</span> <a class="fw-bold" href="/values/">Enter 1 value</a>' in page
    assert page.count('<span class="visually-hidden">Missing: </span>') == 1
    assert page.count('<span class="visually-hidden">Met: </span>') == 1


def test_one_button_is_filled_and_it_is_the_way_forward(case_page):
    page = case_page()

    assert page.count("btn-primary") == 1
    assert '<a class="btn btn-primary" href="/submit/">Submit</a>' in page
    assert '<a class="btn btn-quiet" href="/withdraw/">Withdraw</a>' in page


def test_a_case_with_nothing_ahead_offers_nothing(case_page):
    page = case_page(next=None, steps=[], ball=None)

    assert "No step lies ahead" in page
    assert "btn-primary" not in page
    assert "Whose turn it is" not in page


def test_a_refusal_names_every_obstacle(case_page):
    page = case_page(obstacles=["No date.", Thing(message="No scan.", link="/scan/")])

    assert "Refused: 2 obstacles" in page
    assert "<li>No date.</li>" in page
    assert '<li>No scan. <a class="fw-bold" href="/scan/">Supply it</a></li>' in page


def test_what_one_side_alone_reads_is_marked(case_page):
    assert "your side only" in case_page()


def test_the_present_tab_is_marked(case_page):
    page = case_page()

    assert '<a href="/a/" aria-current="page">Cycle</a>' in page
    assert '<a href="/b/">Parties</a>' in page


def test_a_request_shows_its_chain_and_the_present_link(case_page):
    page = case_page(chain=CHAIN)

    assert page.count("(done)") == page.count("(now)") == page.count("(to come)") == 1
    assert page.count('<li aria-current="step">') == 1


def test_an_operation_shows_its_ring_and_says_it_again_beside(case_page):
    ring = Ring([Phase("Plan", "now", [Station(1, "Request", "now", "now")])], "", "Planning", "")

    page = case_page(ring=ring)

    assert '<svg class="ring' in page
    assert '<li aria-current="step"><span>1</span><span>Request' in page


def test_a_tab_keeps_head_and_tabs_and_leaves_the_rest(case_page):
    page = case_page("ui/case_tab.html")

    assert "<h1" in page
    assert 'class="tabs"' in page
    assert 'id="next"' not in page
    assert 'id="timeline"' not in page


def test_a_step_that_is_ready_is_one_form_with_one_filled_button(draw, ask):
    page = draw(
        '{% include "ui/step_page.html" %}',
        ask(),
        step=Thing(label="Submit", hint="It gets its number."),
        lines=[Thing(ok=True, label="Complete", obstacles=[])],
        ready=True,
        back="/case/",
        base_version=3,
        **{k: CASE[k] for k in ("code", "title", "language")},
    )

    assert page.count("btn-primary") == 1
    assert '<button class="btn btn-primary">Submit</button>' in page
    assert 'name="once"' in page
    assert '<input type="hidden" name="base_version" value="3">' in page


def test_a_step_with_something_missing_has_no_button(draw, ask):
    page = draw(
        '{% include "ui/step_page.html" %}', ask(), step=Thing(label="Submit"), lines=LINES, back="/case/"
    )

    assert "btn-primary" not in page
    assert "Enter 1 value" in page


def test_a_paper_speaks_its_own_language_whatever_the_readers(draw, ask):
    paper = Thing(language="ar", title="مذكرة", number="214/2026", date=date(2026, 11, 24), place="")

    page = draw('{% include "ui/paper.html" %}', ask(), paper=paper, back="/case/")

    assert '<html lang="ar" dir="rtl">' in page
    assert "24 نوفمبر 2026" in page
    assert '<header class="bar" lang="en" dir="ltr"><a href="/case/">Back</a>' in page


def test_a_paper_leaves_room_to_sign_and_says_what_was_signed(draw, ask):
    paper = Thing(language="en", title="Record", number="", date=None, place="")
    signatures = [
        Thing(side="Agency", name="A", title="", signed=True, date=date(2026, 11, 24), place="Dakar"),
        Thing(side="Ministry", name="", title="", signed=False, date=None, place=""),
    ]

    page = draw('{% include "ui/paper.html" %}', ask(), paper=paper, signatures=signatures)

    assert page.count("(signed)") == 1
    assert page.count("Place and date:") == 1
    assert "<bdi>Dakar</bdi>, 24 November 2026" in page


def test_an_entry_with_a_time_shows_it(draw):
    assert draw("{{ w|stamp }}", w=datetime(2026, 11, 23, 16, 40, tzinfo=UTC)) == "23 Nov 2026, 16:40"
    assert draw("{{ w|stamp }}", w=date(2026, 11, 23)) == "23 Nov 2026"
    assert draw("{{ w|stamp }}", w="about 40 minutes") == "about 40 minutes"
