"""The pages of an agency's settings: who finds them, what they say, what a form does with what is typed."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from taawun.cycle.models import ProviderSettings, settings_for, settings_of
from taawun.foundation import clock
from taawun.foundation.models import Draft
from taawun.foundation.steps import perform
from taawun.governance.moving import move_of
from taawun.governance.terms import terms_of
from tests.cycle.made import a_reviewed_request, body, sent, signed_in
from tests.factories import a_person, a_request, an_operation, who
from tests.governance.made import PROJECT, make, seats, terms_in_force

STRANGERS = [
    "post-officer",
    "mm-coordinator",
    "mm-office",
    "knowledge",
    "comms-opinion",
    "evaluator",
    "amci-desk",
]


def address(name, *args):
    return reverse(f"governance:{name}", args=args)


def jica():
    return body("jica").pk


def of_jica():
    """Every address of the agency's settings that can be looked at."""
    return [
        address("settings", jica()),
        address("new", jica()),
        address("compare", jica()),
        address("requests", jica()),
        address("operations", jica()),
        address("version", settings_of(jica()).pk),
    ]


def text(page):
    return page.content.decode()


# ── Who ──


@pytest.mark.parametrize("slug", STRANGERS)
def test_to_anybody_else_the_settings_of_the_agency_do_not_exist(world, slug):
    browser = signed_in(slug)

    assert {browser.get(path).status_code for path in of_jica()} == {404}
    assert browser.post(address("new", jica()), {"reason": "Forged"}).status_code == 404


@pytest.mark.parametrize("slug", ["desk", "jica-approver", "mofa-approver", "jica-admin"])
def test_desk_approvers_and_administrators_read_and_the_administrator_alone_writes(world, slug):
    browser = signed_in(slug)

    answers = [browser.get(path).status_code for path in of_jica()]

    assert answers == [200, 200 if slug == "jica-admin" else 403, 200, 200, 200, 200]


def test_the_menu_shows_the_settings_to_those_they_concern(world):
    shown = {
        slug: 'href="/settings/"' in text(signed_in(slug).get("/desk/"))
        for slug in ("jica-admin", "desk", "mofa-approver", "post-officer", "mm-office", "evaluator")
    }

    assert shown == {
        **dict.fromkeys(["jica-admin", "desk", "mofa-approver"], True),
        **dict.fromkeys(["post-officer", "mm-office", "evaluator"], False),
    }


def test_the_list_holds_the_readers_own_agencies_alone(world):
    page = signed_in("amci-admin").get(address("agencies"))

    assert [row["agency"].slug for row in page.context["rows"]] == ["amci"]
    assert signed_in("post-officer").get(address("agencies")).status_code == 404


def test_an_address_with_a_number_nobody_has_is_not_there(world):
    browser = signed_in("jica-admin")

    for number in (0, 999_999_999, 2**63, 10**40):
        for name in ("settings", "new", "compare", "requests", "operations", "version"):
            assert browser.get(address(name, number)).status_code == 404
        assert browser.get(address("move", "operation", number)).status_code == 404
    assert browser.get(address("move", "lesson", 1)).status_code == 404
    assert browser.get(reverse("step", args=["settings", settings_of(jica()).pk, "x"])).status_code == 404


# ── What they say ──


def test_the_page_tells_the_settings_in_force_their_history_and_the_presets(world):
    make(terms_in_force(opinion_days=10), reason="Ministries asked for it.")

    page = signed_in("desk").get(address("settings", jica()))

    lines = {line.key: line.text for line in page.context["lines"]}
    assert (lines["opinion_days"], lines["fiscal_year_start"]) == ("10 days", "April")
    assert lines["seats"] == (
        "1. Ministry of Foreign Affairs of Japan, 2. Japan International Cooperation Agency (JICA)"
    )
    newest, first = page.context["history"]
    assert [(d.label, d.before, d.after) for d in newest.changes] == [
        ("Days for an opinion", "30 days", "10 days")
    ]
    assert (newest.standing, first.standing, first.changes) == ("now", "before", [])
    assert "Ministries asked for it." in text(page)
    beside = {row.label: (row.here, dict(row.presets)) for row in page.context["beside"]}
    assert beside["Days for an opinion"] == ("10 days", {"JICA-like": "30 days", "AMCI-like": "15 days"})


def test_a_skipped_seat_and_what_a_modality_does_not_ask_are_said(world):
    made = make(
        replace(
            terms_in_force(approvals_needed=1, ex_post_threshold=None, rating_rules=""),
            seats=seats("jp-mofa", "jica", unused=("jp-mofa",)),
            waived=frozenset({(PROJECT, "risks-named")}),
        )
    )

    page = signed_in("desk").get(address("version", made.pk))

    lines = {line.key: line.text for line in page.context["lines"]}
    assert lines["seats"] == (
        "1. Japan International Cooperation Agency (JICA) (not used: Ministry of Foreign Affairs of Japan)"
    )
    assert lines["approvals_needed"] == "One of the seats, whichever"
    assert (lines["ex_post_threshold"], lines["rating_rules"]) == ("–", "None")
    assert lines[PROJECT] == "Risks with their countermeasures"


def test_two_versions_stand_side_by_side(world):
    make(terms_in_force(opinion_days=10))
    make(terms_in_force(opinion_days=20))
    browser = signed_in("desk")

    newest = browser.get(address("compare", jica())).context["lines"]
    asked = browser.get(address("compare", jica()), {"from": "1", "to": "3"}).context["lines"]

    assert [(d.before, d.after) for d in newest if d.changed] == [("10 days", "20 days")]
    assert [(d.before, d.after) for d in asked if d.changed] == [("30 days", "20 days")]
    for wrong in ("0", "4", "x", "٢", "1" * 50):
        assert browser.get(address("compare", jica()), {"from": wrong}).status_code == 404


def test_running_cases_under_other_settings_are_listed_to_who_sees_them(world):
    running, draft, received = an_operation("planning"), a_request("draft"), a_request("received")
    make()
    new = a_request("received")
    desk, administrator = signed_in("desk"), signed_in("jica-admin")

    requests = desk.get(address("requests", jica()))
    operations = desk.get(address("operations", jica()))

    assert received.code in text(requests)
    assert new.code not in text(requests)
    assert draft.get_absolute_url() + '"' not in text(requests)
    assert address("move", "operation", running.pk) in text(operations)
    assert running.code in text(administrator.get(address("operations", jica())))
    assert address("move", "operation", running.pk) not in text(
        administrator.get(address("operations", jica()))
    )
    assert desk.get(address("settings", jica())).context["behind"] == {"requests": 1, "operations": 1}
    assert administrator.get(address("settings", jica())).context["behind"] == {
        "requests": 0,
        "operations": 1,
    }


def test_a_case_leads_its_agencys_readers_to_its_settings(world):
    running = an_operation("planning")
    link = address("version", running.settings_id)

    shown = {
        slug: link in text(signed_in(slug).get(running.get_absolute_url()))
        for slug in ("desk", "post-officer")
    }

    assert shown == {"desk": True, "post-officer": False}


@pytest.mark.parametrize("versions", [1, 4])
def test_however_many_versions_the_page_asks_the_database_as_often(
    world, django_assert_max_num_queries, versions
):
    for _number in range(versions):
        make()
    browser = signed_in("jica-admin")
    browser.get(address("settings", jica()))

    with django_assert_max_num_queries(18):
        browser.get(address("settings", jica()))
    with django_assert_max_num_queries(10):
        browser.get(address("agencies"))


# ── The form ──


def fill(browser, path, **changes):
    """The form as a browser would send it back, with these changes."""
    page = browser.get(path)
    assert page.status_code == 200
    return sent(page) | {"reason": "A new law."} | changes


def test_an_administrator_makes_a_version_in_the_browser(world):
    browser = signed_in("jica-admin")
    data = fill(
        browser,
        address("new", jica()),
        opinion_days="12",
        approvals_needed="1",
        **{
            "waived_technical-cooperation-project": ["risks-named"],
            "seats-0-position": "2",
            "seats-1-position": "1",
            "ministries": [str(body("jp-finance").pk)],
        },
    )

    answer = browser.post(address("new", jica()), data)

    held = settings_of(jica())
    assert (answer.status_code, answer["Location"]) == (302, address("settings", jica()))
    assert terms_of(held) == replace(
        terms_of(ProviderSettings.objects.get(provider=jica(), version=1)),
        values={**terms_of(held).values, "opinion_days": 12, "approvals_needed": 1},
        seats=seats("jica", "jp-mofa"),
        ministries=frozenset({body("jp-finance").pk}),
        waived=frozenset({(PROJECT, "risks-named")}),
    )
    assert (held.version, held.reason, held.in_force_from) == (2, "A new law.", clock.today())


def test_sent_twice_one_version_is_made(world):
    browser = signed_in("jica-admin")
    data = fill(browser, address("new", jica()), opinion_days="12")

    answers = [browser.post(address("new", jica()), data)["Location"] for _time in range(2)]

    assert answers == [address("settings", jica())] * 2
    assert ProviderSettings.objects.filter(provider=jica()).count() == 2


def test_a_preset_fills_the_form_and_settles_nothing(world):
    browser = signed_in("jica-admin")
    path = address("new", jica()) + "?preset=amci-like"

    page = browser.get(path)
    browser.post(path, sent(page) | {"reason": "Lighter."})

    held = settings_of(jica())
    assert page.context["form"]["opinion_days"].value() == 15
    assert (held.version, held.preset, held.opinion_days) == (2, "amci-like", 15)
    assert terms_of(held).seats == seats("jica")
    assert ("modality:seminar", "opinions-in") in terms_of(held).waived


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"opinion_days": "0"}, "opinion_days"),
        ({"opinion_days": "x"}, "opinion_days"),
        ({"opinion_days": "9" * 40}, "opinion_days"),
        ({"fiscal_year_start": "13"}, "fiscal_year_start"),
        ({"numbering": "NNNN"}, "numbering"),
        ({"rating_rules": "unheard-of"}, "rating_rules"),
        ({"ex_post_threshold": "-1"}, "ex_post_threshold"),
        ({"ex_post_threshold": "5", "ex_post_currency": ""}, "ex_post_currency"),
        ({"ex_post_type": "amount", "ex_post_external_from": ""}, "ex_post_external_from"),
        ({"ex_post_type": "whoever"}, "ex_post_type"),
        ({"ministries": ["999999"]}, "ministries"),
        ({"waived_seminar": ["design-complete"]}, "waived_seminar"),
        ({"in_force_from": "2001-01-01"}, "in_force_from"),
        ({"in_force_from": "soon"}, "in_force_from"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"preset": "no slug!"}, "preset"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_and_nothing_is_lost(world, changes, field):
    browser = signed_in("jica-admin")
    data = fill(browser, address("new", jica()), **({"completion_months": "11"} | changes))

    answer = browser.post(address("new", jica()), data)

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["completion_months"].value() == "11"
    assert browser.get(address("new", jica())).context["form"]["completion_months"].value() == "11"
    assert settings_of(jica()).version == 1


def test_what_seats_and_approvals_say_together_is_refused_with_the_draft_kept(world):
    browser = signed_in("jica-admin")
    data = fill(browser, address("new", jica()), approvals_needed="5")

    answer = browser.post(address("new", jica()), data)

    assert (answer.status_code, [str(o) for o in answer.context["obstacles"]]) == (
        409,
        ["More approvals are needed than seats are used."],
    )
    assert Draft.objects.get(user=who("jica-admin")).part == f"settings-{jica()}"


def test_who_saves_second_sees_both_versions_and_keeps_what_was_typed(world):
    colleague = signed_in(a_person("administrator", "jica"))
    browser = signed_in("jica-admin")
    mine = fill(browser, address("new", jica()), opinion_days="12")
    colleague.post(address("new", jica()), fill(colleague, address("new", jica()), opinion_days="21"))

    answer = browser.post(address("new", jica()), mine)

    assert (answer.status_code, settings_of(jica()).opinion_days) == (409, 21)
    assert answer.context["conflict"] == [
        {"label": "Days for an opinion", "theirs": "21 days", "mine": "12 days"}
    ]
    assert answer.context["form"]["opinion_days"].value() == "12"
    again = browser.post(address("new", jica()), sent(answer) | {"reason": "Brought together."})
    assert (again.status_code, settings_of(jica()).opinion_days) == (302, 12)


def test_a_version_that_waits_is_said_before_another_is_made(world):
    make(in_force_from=clock.today() + timedelta(days=9))

    page = signed_in("jica-admin").get(address("new", jica()))

    assert "The version you make replaces it" in text(page)


def test_a_draft_is_found_on_the_desk(world):
    browser = signed_in("jica-admin")
    browser.post(address("new", jica()), fill(browser, address("new", jica())) | {"keep": "1"})

    page = browser.get("/desk/")

    assert [draft["title"] for draft in page.context["drafts"]] == [body("jica").name]


# ── Moving a case ──


def test_the_desk_is_told_what_changes_and_moves_the_case(world):
    case = a_reviewed_request()
    perform(case, "adopt", actor=who("mofa-approver"))
    made = make(replace(terms_in_force(), seats=seats("jica")))
    desk, path = signed_in("desk"), address("move", "request", case.pk)

    page = desk.get(path)
    answer = desk.post(path, {**page.context["form"].initial, "reason": "Agreed.", "once": str(uuid4())})

    assert page.status_code == 200
    assert "One approval already given no longer counts:" in text(page)
    assert [line.label for line in page.context["lines"]] == ["Seats that approve"]
    assert (answer.status_code, answer["Location"]) == (302, case.get_absolute_url())
    assert settings_for(type(case).objects.get(pk=case.pk)).pk == made.pk


def test_a_move_sent_twice_is_done_once_and_leads_to_the_case(world):
    case = a_request("received")
    make()
    desk, path = signed_in("desk"), address("move", "request", case.pk)
    data = {"seen": move_of(case).seen, "reason": "Agreed.", "once": str(uuid4())}

    assert [desk.post(path, data)["Location"] for _time in range(2)] == [case.get_absolute_url()] * 2


def test_without_a_reason_or_when_something_changed_it_is_told_and_nothing_moves(world):
    case = a_request("received")
    make()
    desk, path = signed_in("desk"), address("move", "request", case.pk)

    empty = desk.post(path, {"seen": move_of(case).seen, "reason": ""})
    stale = desk.post(path, {"seen": "1::", "reason": "Agreed."})

    assert (empty.status_code, stale.status_code) == (422, 409)
    assert stale.context["form"]["reason"].value() == "Agreed."
    assert settings_for(type(case).objects.get(pk=case.pk)).version == 1


def test_others_who_see_the_case_may_not_and_strangers_find_nothing(world):
    running = an_operation("planning")
    make()
    path = address("move", "operation", running.pk)

    answers = {
        slug: signed_in(slug).get(path).status_code for slug in ("mm-office", "jica-admin", "sn-officer")
    }

    assert answers == {"mm-office": 403, "jica-admin": 403, "sn-officer": 404}


def test_under_the_present_settings_the_page_is_shut_and_says_why(world):
    running = an_operation("planning")

    page = signed_in("desk").get(address("move", "operation", running.pk))

    assert (page.status_code, page.context["obstacles"]) == (
        409,
        ["The case goes by the present settings already."],
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Réglages en vigueur", "de « 30 jours » à « 10 jours »"]),
        ("ar", ["الإعدادات النافذة", "جهات الموافقة"]),
    ],
)
def test_the_page_speaks_the_readers_language(world, language, words):
    make(terms_in_force(opinion_days=10))
    reader = who("jica-admin")
    reader.keep_language(language)

    page = signed_in(reader).get(address("settings", jica()))

    told = text(page).replace("\u00a0", " ")
    assert [word for word in words if word not in told] == []
