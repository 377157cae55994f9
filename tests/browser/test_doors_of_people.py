"""People who are away and people who leave: a deputy acts in a post, a successor receives everything open."""

import pytest

from tests.browser.hall import TODAY, Hall, heading, in_days, rows, sideways, texts

pytestmark = pytest.mark.browser

OFFICE = "Country office officer, Embassy of Morocco in Guinea (example)"
SEEDS = "Semences améliorées en Guinée (exemple)"


def test_a_deputy_acts_and_the_record_says_for_whom(hall):
    case = hall.find("desk", "Fleet of bicycles", "operations")
    approver = hall.as_("jica-approver", "/desk/absence/").press("Name a deputy", exact=False)
    approver.choose_beginning("to_person", "Knowledge officer")
    approver.write(starts_on=TODAY, ends_on=TODAY, reason="Mission (example)").press("Name the deputy")
    assert approver.sees("acts today")

    assert hall.sees("knowledge", "/desk/", "You act for Approver, agency")
    hall.step("knowledge", case, "Reopen", reason="The fund withdrew (example).")
    entries = texts(hall.as_("post-officer", f"{case}timeline/"), "ol > li")
    said = [one for one in entries if "The fund withdrew (example)." in one]
    assert [("Knowledge officer" in one, "Approver, agency" in one) for one in said] == [(True, True)]

    the_delegation_ends_early(hall, case)


def the_delegation_ends_early(hall: Hall, case: str) -> None:
    """The approver is back; read in French, and in Arabic on a phone, before it ends without JavaScript."""
    place = hall.as_("jica-approver", "/desk/absence/").links(r"^/desk/absence/\d+/$")[0]
    assert heading(hall.as_("jica-approver", "/desk/absence/", language="fr")) == "Absence et suppléance"
    assert not sideways(hall.as_("knowledge", place, language="ar", width=360))
    approver = hall.as_("jica-approver", place, script=False)
    approver.press("End the delegation")
    offered = hall.as_("knowledge", case).page.get_by_role("link", name="Cancel", exact=True)
    assert offered.count() == 0


def test_an_officer_who_leaves_hands_over_everything_open_in_one_step(hall):
    case = hall.find("gn-embassy", SEEDS)
    leaving = hall.as_("gn-embassy", "/letters/").press("Enter a letter")
    leaving.write(direction="out", subject="Semences : suite (exemple)").press("Keep as a draft")
    leaving.go("/desk/handover/")
    assert rows(leaving, SEEDS)[0][1:] == ["Receive", "–"]
    leaving.choose_beginning("to_person", "Desk officer, West Africa")
    leaving.write(reason="Rotation (exemple)").press("Look at it before")
    assert leaving.sees("Nothing has happened yet.")
    assert hall.sees("amci-desk", "/desk/", SEEDS) is False
    leaving.press("Hand over")
    assert leaving.sees(OFFICE)

    assert hall.sees("amci-desk", "/desk/", SEEDS)
    assert hall.as_("gn-embassy", case).answer.status == 200  # their last day
    with hall.on(in_days(1)):
        assert hall.as_("gn-embassy", case).answer.status == 404
    the_successor_reads_it(hall)


def the_successor_reads_it(hall: Hall) -> None:
    """What was handed over prints as a letter: found in French, read in Arabic on a phone."""
    successor = hall.as_("amci-desk", "/desk/handover/", language="fr")
    done = [line for line in texts(successor, "li") if line.startswith("Attaché de coopération, Conakry")]
    assert len(done) == 1
    paper = successor.links(r"^/desk/handover/\d+/$")[0]
    arabic = hall.as_("amci-desk", paper, language="ar", width=360)
    assert (heading(arabic), sideways(arabic)) == ("تسليم المهام", False)
