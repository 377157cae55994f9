"""A request on its way: ranked until it leaves, out of its round, waiting for a ministry that is late, deferred."""

import re

import pytest

from tests.browser.conftest import Person
from tests.browser.hall import TODAY, heading, rows, sideways

pytestmark = pytest.mark.browser

FLOOD = "The flood of this month cannot wait (example)."
BUDGET = "Le budget de cette année est engagé (exemple)."


def test_ranks_are_changed_until_the_list_leaves_and_stand_after(hall):
    first = hall.find("post-officer", "Rural counters", state="draft")
    hall.step("post-officer", first, "Submit to the coordination body")
    second = hall.find("mm-coordinator", "Postal Services Capacity", state="submitted")
    for case in (first, second):
        hall.step("mm-coordinator", case, "Retain")
    body = hall.as_("mm-coordinator", first, script=False).press("Rank and forward")
    ranks = [rank_of(body, case) for case in (first, second)]
    assert ranks[1] == ranks[0] + 1

    ranked(body, {first: ranks[0], second: ranks[1] + 7}).press("Save the ranks")
    body.write(letter_number="COORD 9 (example)", letter_date=TODAY).press("Forward to the provider")
    assert body.sees(f"The ranks must run from 1 to {ranks[1]}, each once")
    ranked(body, {first: ranks[1], second: ranks[0]}).press("Save the ranks")
    assert [rank_of(body, case) for case in (first, second)] == ranks[::-1]
    french = hall.as_("mm-coordinator", f"{first}lot/", language="fr", width=360)
    assert (heading(french), sideways(french)) == ("Classer et transmettre", False)

    body.go(f"{first}lot/").write(letter_number="COORD 9 (example)", letter_date=TODAY)
    body.press("Forward to the provider")
    assert hall.as_("mm-coordinator", f"{first}lot/").page.locator('[name^="rank"]').count() == 0
    listed = rows(hall.as_("mm-office", "/requests/?per_page=100"), "Rural counters (example)")
    assert listed[0][-3] == str(ranks[1])


def rank_of(body: Person, case: str) -> int:
    """The rank the list gives a case."""
    return int(body.page.locator(f'main [name="rank_{case.split("/")[2]}"]').input_value())


def ranked(body: Person, ranks: dict[str, int]) -> Person:
    return body.write(**{f"rank_{case.split('/')[2]}": rank for case, rank in ranks.items()})


def test_out_of_round_goes_its_own_way_with_its_reason(hall):
    case = hall.find("mm-coordinator", "Reopening after the flood", state="submitted")
    assert hall.sees("mm-coordinator", case, FLOOD)
    hall.step("mm-coordinator", case, "Retain")
    body = hall.as_("mm-coordinator", case).press("Rank and forward")
    body.write(letter_number="COORD 10 (example)", letter_date=TODAY).press("Forward to the provider")

    assert hall.sees("mm-office", case, FLOOD)
    assert hall.sees("post-officer", case, "Forwarded to the provider")


def test_a_ministry_that_is_late_holds_up_no_decision(hall):
    case = hall.find("desk", "Sorting by optical reading")
    hall.save("desk", f"{case}appraisal-note/", text="Feasible (example).")

    assert [row[2] for row in rows(hall.as_("desk", case), "Ministry in charge of")] == ["60 days late"] * 2
    approver = hall.as_("mofa-approver", case).press("Adopt")
    assert approver.sees("What must be there: 2 of 2")
    assert not hall.sees("post-officer", case, "60 days late")


def test_a_deferred_request_is_prepared_again_with_all_it_said(hall):
    case = hall.find("amci-desk", "Services climatiques", state="under_review")
    ministry = hall.as_("ma-opinion", case).press("Give the opinion of your ministry")
    ministry.write(verdict="favourable", text="Utile (exemple).").press("Give the opinion")
    hall.save("amci-desk", f"{case}appraisal-note/", text="Faisable (exemple).")
    approver = hall.as_("amci-approver", case, language="ar").press("التأجيل")
    approver.write(reason_code="decision-reason:budget", reason=BUDGET).press("التأجيل")

    officer = hall.as_("sn-officer", case, language="fr")
    assert officer.sees(BUDGET)
    assert not officer.sees("Faisable (exemple).")
    again = hall.step("sn-officer", case, "Prepare it for a later round")
    again.go(case).press("Services climatiques", exact=False)
    new = re.search(r"/requests/\d+/", again.path).group()
    assert new != case
    assert again.sees("Submitted again after a deferral")
    assert again.sees("Douze stations automatiques")
    assert not sideways(hall.as_("sn-officer", new, language="ar", width=360))


def test_different_parts_of_a_request_are_written_in_two_windows_and_one_part_in_two_is_not_overwritten(hall):
    """In English and, in the other window, in French on a phone."""
    case = hall.find("post-officer", "Parcel lockers")
    goal, background = f"{case}edit/goal/", f"{case}edit/background/"
    here = hall.as_("post-officer", goal).write(purpose="Parcels are fetched at any hour (example).")
    there = hall.as_("post-officer", background, language="fr", width=360)
    there.write(background="Counters close at noon (example).").save("Enregistrer")
    here.save()
    assert here.go(case).sees("Counters close at noon (example).")
    assert here.sees("Parcels are fetched at any hour (example).")

    here.go(goal).write(purpose="Parcels are fetched at night (example).")
    there.go(goal).write(purpose="Parcels are fetched on Sundays (example).").save("Enregistrer")
    here.press("Save")
    assert heading(here) == "Someone else changed this meanwhile"
    assert there.go(case).sees("Parcels are fetched on Sundays (example).")
