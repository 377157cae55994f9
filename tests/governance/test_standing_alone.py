"""Which modalities stand alone is the agency's to settle; an operation keeps the form it began in."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from taawun.batches import actions as batches
from taawun.batches.definitions import Line, Scope
from taawun.cycle.models import Operation, ProviderSettings, settings_of, usually_alone
from taawun.cycle.takeover_sheet import COMPARED, TAKE_OVER, judge
from taawun.foundation.steps import Refused, offered
from taawun.governance.moving import move_of
from taawun.governance.terms import terms_of
from taawun.reference import names
from taawun.workspace.demo.cast import user
from taawun.workspace.demo.texts import postal
from tests.batches.made import a_batch, filled
from tests.cycle.made import body, everything, in_words, sent, signed_in
from tests.cycle.taken import row, taken_over
from tests.cycle.test_activities import an_activity
from tests.factories import an_operation, who
from tests.governance.made import PROJECT, make, terms_in_force
from tests.governance.test_moving import fresh, move
from tests.governance.test_pages import address, fill, jica, text

EXPERT, RESEARCH = "modality:expert", "modality:joint-research"


def settle(*alone, agency="jica"):
    """A version of the agency's settings under which these modalities stand alone."""
    terms = replace(terms_in_force(agency), alone=frozenset(alone))
    return make(terms, agency=agency, by=f"{agency}-admin")


def previewed(rows):
    return a_batch(filled(rows, definition=TAKE_OVER), definition=TAKE_OVER)


# ── What begins ──


def test_what_is_opened_by_a_decision_has_the_form_the_agency_settled(world):
    settle(RESEARCH, agency="amci")

    mission, research = an_activity(), an_activity(modality_id=RESEARCH)

    assert (mission.form, mission.code[8:11], [s.name for s in offered(mission, who("amci-desk"))]) == (
        "project",
        "PRJ",
        ["appraise"],
    )
    assert (research.form, research.code[8:11]) == ("activity", "ACT")


def test_another_agency_goes_by_its_own(world):
    settle(RESEARCH)

    assert an_activity().form == "activity"


def test_notes_exchanged_open_the_form_in_force_on_that_day(world, monkeypatch):
    monkeypatch.setitem(postal.BEGIN, "modality_id", EXPERT)
    settle()

    made = an_operation("planning")

    assert (made.form, made.code[8:11], made.settings.version) == ("project", "PRJ", 2)


def test_an_agency_without_settings_goes_by_the_usual_list(world):
    Operation.objects.all().delete()
    ProviderSettings.objects.filter(provider=body("amci")).delete()

    made = an_activity()

    assert (made.settings_id, made.form) == (None, "activity")
    assert settings_of(body("amci").pk).stand_alone == usually_alone()


def test_running_work_is_taken_over_in_the_form_settled_one_by_one(world):
    settle(PROJECT)

    assert taken_over().form == "activity"
    assert taken_over(modality_id=EXPERT, old_number="COOP-2").form == "project"


def test_and_by_excel(world):
    settle(PROJECT)
    # An activity is never suspended, and one in planning needs its decision: a project would be entered.
    day = {"state": "planning", "state_on": date(2024, 1, 8), "agreed_on": None}
    decided = {"basis": "Annual programme", "basis_number": "3", "basis_on": date(2024, 1, 2)}

    refused = previewed([row(1, state="suspended", state_on=date(2021, 3, 1)), row(2, **day)])
    made = batches.apply_batch(previewed([row(3, **day, **decided)]), actor=user("desk"))

    assert (refused.counts, made.counts) == ({"refused": 2}, {"added": 1})
    assert Operation.objects.get(old_number="COOP-3").form == "activity"


def test_the_settings_are_read_once_for_all_rows(world):
    held, scope = taken_over(), Scope(body("jica"), user("desk"))
    values = {name: getattr(held, name) for name in COMPARED} | {
        "state": "planning",
        "state_on": date(2024, 1, 8),
    }
    lines = [Line(n, values | {"old_number": f"X-{n}"}) for n in range(30)]

    with CaptureQueriesContext(connection) as asked:
        judge(scope, lines)

    of_the_room = [one["sql"] for one in asked.captured_queries if 'FROM "cycle_' in one["sql"]]
    assert len(of_the_room) == 3
    assert sum("cycle_providersettings" in sql for sql in of_the_room) == 1


def test_a_number_given_back_is_that_of_the_form_it_began_in(world):
    batch = batches.apply_batch(previewed([row(1)]), actor=user("desk"))
    code = Operation.objects.get(old_number="COOP-1").code
    settle(PROJECT)

    batches.undo_batch(batch, actor=user("desk"), reason="Wrong list.")
    settle()

    assert taken_over().code == code


# ── What runs ──


def test_a_running_operation_keeps_its_form_and_its_table(world):
    mission = an_activity()

    settle(agency="amci")

    held = fresh(mission)
    assert (held.form, held.is_project, held.settings.version) == ("activity", False, 1)
    assert [s.name for s in offered(held, who("amci-desk"))] == [
        s.name for s in offered(mission, who("amci-desk"))
    ]


def test_moved_to_the_settings_in_force_it_keeps_its_form_too_and_the_page_says_so(world):
    running = an_operation("planning")
    settle(PROJECT)
    page = signed_in("desk").get(address("move", "operation", running.pk))

    moved = move(running)

    assert (
        "It stays a project, though “Technical cooperation project” is a stand-alone activity under the settings "
        "in force: an operation keeps its form for good."
    ) in text(page)
    assert (moved.settings.version, moved.form, moved.code) == (2, "project", running.code)


def test_an_activity_is_told_the_same(world):
    mission = an_activity()
    settle(agency="amci")
    who("amci-desk").keep_language("en")

    page = signed_in("amci-desk").get(address("move", "operation", mission.pk))

    assert "It stays a stand-alone activity, though “Dispatch of experts” is a project" in text(page)


def test_where_its_form_is_the_same_nothing_is_said_of_it(world):
    running = an_operation("planning")
    settle(RESEARCH)

    assert move_of(running).keeps_form is False
    assert "keeps its form" not in text(signed_in("desk").get(address("move", "operation", running.pk)))


# ── The form and the pages ──


def test_the_form_shows_what_is_settled_and_settles_what_is_ticked(world):
    browser = signed_in("jica-admin")
    page = browser.get(address("new", jica()))

    answer = browser.post(
        address("new", jica()), sent(page) | {"stand_alone": [RESEARCH, EXPERT], "reason": "New."}
    )

    assert page.context["form"]["stand_alone"].value() == usually_alone()
    assert (answer.status_code, settings_of(jica()).stand_alone) == (302, [EXPERT, RESEARCH])


def test_with_nothing_ticked_everything_is_a_project(world):
    browser = signed_in("jica-admin")
    data = fill(browser, address("new", jica()))
    del data["stand_alone"]

    assert browser.post(address("new", jica()), data).status_code == 302
    assert settings_of(jica()).stand_alone == []


def test_a_modality_that_is_none_is_told_and_nothing_is_lost(world):
    browser = signed_in("jica-admin")
    data = fill(
        browser, address("new", jica()), stand_alone=[EXPERT, "modality:picnic"], completion_months="11"
    )

    answer = browser.post(address("new", jica()), data)

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["stand_alone"])
    assert answer.context["form"]["completion_months"].value() == "11"
    assert settings_of(jica()).version == 1


def test_a_modality_withdrawn_since_stays_until_it_is_unticked(world, monkeypatch):
    entries = names.known()["modality"].entries
    monkeypatch.setattr(names, "_known", {**names.known(), "modality": names.Listing(False, dict(entries))})
    gone = replace(entries[EXPERT], valid_to=date(2020, 1, 1))
    names.known()["modality"].entries[EXPERT] = gone
    browser = signed_in("jica-admin")

    answer = browser.post(address("new", jica()), fill(browser, address("new", jica()), opinion_days="12"))

    assert (answer.status_code, settings_of(jica()).stand_alone) == (302, usually_alone())


def test_the_pages_and_the_comparison_tell_it(world):
    made = settle(EXPERT, RESEARCH)
    settle()
    desk = signed_in("desk")

    lines = {one.key: (one.label, one.text) for one in desk.get(address("version", made.pk)).context["lines"]}
    compared = desk.get(address("compare", jica())).context["lines"]
    history = desk.get(address("settings", jica())).context["history"]

    told = "Dispatch of experts, Joint research"
    assert lines["stand_alone"] == ("Stand-alone activities", told)
    assert [(one.key, one.before, one.after) for one in compared if one.changed] == [
        ("stand_alone", told, "–")
    ]
    assert [(one.before, one.after) for one in history[0].changes] == [(told, "–")]
    assert terms_of(made).raw()["stand_alone"] == [EXPERT, RESEARCH]


def test_a_modality_of_no_list_is_refused_by_the_act_too(world):
    before = everything()

    with pytest.raises(Refused) as refused:
        settle("sector:11110")

    assert in_words(refused) == ["A stand-alone activity is in one of the forms of cooperation of the list."]
    assert everything() == before
