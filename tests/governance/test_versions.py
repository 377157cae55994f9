"""Making a version of an agency's settings: who, from when, with what reason; what it leaves alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from taawun.cycle import presets
from taawun.cycle.models import ProviderSettings, settings_for, settings_of
from taawun.foundation import clock
from taawun.foundation.audit import timeline
from taawun.foundation.editing import Conflict
from taawun.foundation.models import AuditDetail, AuditEvent
from taawun.foundation.standing import standing
from taawun.foundation.steps import Refused
from taawun.governance import queries
from taawun.governance.terms import Seat, terms_of, terms_of_preset
from tests.cycle.made import body, derived_tasks, everything, in_words
from tests.factories import a_person, a_request, an_operation, who
from tests.governance.made import PROJECT, make, seats, terms_in_force

DAY = timedelta(days=1)


def test_the_cast_begins_from_the_presets_its_first_versions_hold_from_the_beginning(world):
    jica, amci = (settings_of(body(slug).pk) for slug in ("jica", "amci"))

    preset = terms_of_preset(
        presets.shipped()["jica-like"], body("jica"), [body("jp-comms").pk, body("jp-finance").pk]
    )
    assert terms_of(jica) == replace(
        preset, values={**preset.values, "rating_rules": "jica-3-level", "ex_post_type": "desk"}
    )
    assert terms_of(amci).seats == (Seat(body("amci").pk),)
    assert [(s.version, s.in_force_from, s.preset) for s in (jica, amci)] == [
        (1, None, "jica-like"),
        (1, None, "amci-like"),
    ]
    assert jica.made_by == who("jica-admin")


def test_a_version_says_all_that_was_given_and_the_record_tells_what_changed(world):
    wanted = replace(
        terms_in_force(approvals_needed=1, numbering="SORT.NNN"),
        seats=seats("jp-finance", "jica", "jp-mofa", unused=("jica",)),
        ministries=frozenset({body("jp-mofa").pk}),
        waived=frozenset({(PROJECT, "risks-named"), ("modality:seminar", "opinions-in")}),
    )

    made = make(wanted, reason="  A new law.  ")

    held = ProviderSettings.objects.get(pk=made.pk)
    assert terms_of(held) == wanted
    assert (held.version, held.in_force_from, held.reason) == (2, clock.today(), "A new law.")
    assert (held.made_by, held.preset) == (who("jica-admin"), "jica-like")
    [event] = AuditEvent.objects.filter(kind="settings", subject_id=made.pk)
    detail = AuditDetail.objects.get(event=event).data
    assert (event.step, event.audience_id, event.role) == ("version-made", body("jica").pk, "administrator")
    assert sorted(detail["changed"]) == ["approvals_needed", "ministries", "numbering", "seats", "waived"]
    assert [str(e.title) for e in timeline(made, standing(who("desk")))] == ["Settings changed"]


def test_a_change_reaches_no_running_case(world):
    cases = [a_request("draft"), a_request("under_review"), an_operation("in_implementation")]
    before = [(derived_tasks(case), case.seat_organisations(), case.case_code()) for case in cases]

    make(replace(terms_in_force(completion_months=1, approvals_needed=1), seats=seats("jica")))

    read_anew = [type(case).objects.get(pk=case.pk) for case in cases]
    assert [settings_for(case).version for case in read_anew] == [1, 1, 1]
    assert [(derived_tasks(c), c.seat_organisations(), c.case_code()) for c in read_anew] == before


def test_a_new_case_begins_under_the_new_version(world):
    make(replace(terms_in_force(numbering="NEW-SORT-CC-NNN"), seats=seats("jica")))

    case = a_request("under_review")

    assert (settings_for(case).version, case.code) == (2, "NEW-REQ-MM-001")
    assert case.seat_organisations()["approving"] == {body("jica").pk}


@pytest.mark.parametrize(
    "slug", ["desk", "jica-approver", "knowledge", "amci-admin", "mm-office", "post-officer"]
)
def test_nobody_but_the_agencys_own_administrator_makes_one(world, slug):
    before = everything()

    with pytest.raises(PermissionDenied):
        make(by=slug)

    assert everything() == before


def test_an_administrator_of_the_office_is_none_of_the_agency(world):
    with pytest.raises(PermissionDenied):
        make(by=a_person("administrator", "jica-mm"))


@pytest.mark.parametrize(
    ("changes", "more", "told"),
    [
        ({"opinion_days": 9}, {"reason": " "}, "Give the reason."),
        (
            {"opinion_days": 9},
            {"in_force_from": clock.FIRST_DAY},
            "Settings come into force today or later, never before.",
        ),
        ({}, {}, "Nothing differs from version 1."),
        ({"approvals_needed": 3}, {}, "More approvals are needed than seats are used."),
        ({"ex_post_currency_id": None}, {}, "Choose the currency of the amount."),
    ],
)
def test_what_cannot_be_settled_is_refused_and_nothing_is_made(world, changes, more, told):
    before = everything()

    with pytest.raises(Refused) as refused:
        make(terms_in_force(**changes), **more)

    assert in_words(refused) == [told]
    assert everything() == before


def test_a_seat_twice_and_a_condition_that_carries_the_step_are_refused_together(world):
    wanted = replace(
        terms_in_force(), seats=seats("jica", "jica"), waived=frozenset({(PROJECT, "design-complete")})
    )

    with pytest.raises(Refused) as refused:
        make(wanted)

    assert in_words(refused) == [
        "An organisation approves in one seat only.",
        "A condition on which the step rests cannot be waived.",
    ]


def test_who_comes_second_meets_both_versions_and_overwrites_nothing(world):
    make(terms_in_force(opinion_days=10))

    with pytest.raises(Conflict) as conflict:
        make(terms_in_force(opinion_days=20), base_version=1)

    assert (conflict.value.current.version, conflict.value.theirs, conflict.value.mine) == (
        2,
        {"Days for an opinion": "10 days"},
        {"Days for an opinion": "20 days"},
    )
    assert settings_of(body("jica").pk).opinion_days == 10


def test_a_version_for_a_day_to_come_waits_and_one_made_meanwhile_replaces_it(world):
    waiting = make(in_force_from=clock.today() + 2 * DAY)
    assert settings_of(body("jica").pk).version == 1

    made = make(terms_in_force(opinion_days=7))

    versions = queries.versions_of(body("jica"))
    assert [(v.version, queries.standing_of_version(v, versions)) for v in versions] == [
        (3, "now"),
        (2, "never"),
        (1, "before"),
    ]
    assert (queries.in_force(versions).pk, waiting.version) == (made.pk, 2)


def test_the_same_settings_may_be_moved_to_another_day_while_they_wait(world):
    wanted = terms_in_force(opinion_days=7)
    make(wanted, in_force_from=clock.today() + 5 * DAY)

    sooner = make(wanted, in_force_from=clock.today() + DAY)

    versions = queries.versions_of(body("jica"))
    assert [queries.standing_of_version(v, versions) for v in versions] == ["waits", "never", "now"]
    assert settings_of(body("jica").pk, clock.today() + DAY).pk == sooner.pk


def test_an_agency_without_settings_gets_its_first_from_the_beginning_on(world):
    agency = body("jp-finance")
    administrator = a_person("administrator", agency)

    first = make(terms_in_force(), agency="jp-finance", by=administrator)

    assert (first.version, first.in_force_from, first.preset) == (1, None, "own")
    assert settings_of(agency.pk, clock.FIRST_DAY).pk == first.pk
