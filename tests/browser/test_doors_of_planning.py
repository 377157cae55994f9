"""What is planned and what the parties agreed: survey, revision by the committee, amendment, extension.

Walked by the people of the weather operation of Senegal, and a survey by those of a postal one.
"""

from typing import Any

import pytest

from tests.browser.hall import TODAY, Hall, heading, plain, rows, sideways, texts

pytestmark = pytest.mark.browser

SENEGAL = "National meteorological service, Senegal (example)"
AMCI = "Moroccan Agency for International Cooperation (AMCI)"
NOW = "Les groupements de huit départements utilisent les bulletins décadaires pour décider de semer."
THEN = "Les groupements de six départements utilisent les bulletins (exemple)."
MISSING = "Project purpose is changed: this takes an amendment signed by the parties."
SCREENS: dict[str, Any] = {"phone": {"width": 360}, "no script": {"script": False}}


def test_a_mission_surveys_and_its_minutes_are_signed(hall):
    case = hall.find("mm-office", "Delivery in hill districts", "operations")
    minutes = "Both sides saw five districts and agree on five depots (example)."
    survey = {"starts_on": TODAY, "ends_on": TODAY, "places": "Hakha, Falam", "minutes": minutes}
    members = {"members-0-name": "Head of the mission (example)", "members-0-function": "Planning"}

    hall.as_("mm-office", f"{case}meetings/").press("Record a survey").write(**survey, **members).save()
    assert hall.sees("post-officer", f"{case}meetings/", "Minutes not signed yet")
    signed = {"signed_on": TODAY, "signed_at": "Hakha", "scan": hall.scan}
    signatories = {"signatories-0-name": "Director (example)", "signatories-0-organisation": "Myanmar Post"}
    hall.as_("desk", f"{case}meetings/").press("Complete it", exact=False).write(
        **signed, **signatories
    ).save()

    post = hall.as_("post-officer", f"{case}meetings/")
    assert [post.sees(words) for words in (minutes, "Minutes signed", "Signed minutes")] == [True, True, True]
    assert hall.sees("post-officer", case, "Detailed planning survey recorded")
    assert hall.as_("post-officer", f"{case}meetings/").press("Minutes to print on A4").sees(minutes)
    arabic = hall.as_("post-officer", f"{case}meetings/", language="ar")
    assert texts(arabic, "h2")[0] == "دراسة التخطيط التفصيلي"


def test_a_purpose_is_revised_by_the_committee_and_amended_by_the_parties(hall):
    case = hall.find("sn-embassy", "Services climatiques", "operations")
    it_cannot_be_edited(hall, case)
    the_committee_decides_a_revision(hall, case)
    it_waits_for_the_parties(hall, case)
    the_parties_sign_an_amendment_with_more_time(hall, case)
    it_is_adopted_and_compared(hall, case)


def it_cannot_be_edited(hall: Hall, case: str) -> None:
    """Neither the purpose nor the period of what was signed is a field anybody may change."""
    embassy = hall.as_("sn-embassy", f"{case}design/edit/objectives/")
    assert embassy.answer.status == 409
    assert embassy.sees("This version of the design is frozen: it changes by a revision of its own.")
    # The period of what was agreed stands in no form either.
    assert hall.as_("sn-embassy", f"{case}parties/").links(r"/(components/\d+|edit)/$") == []


def the_committee_decides_a_revision(hall: Hall, case: str) -> None:
    """On a phone: the meeting, its decision, and the revision opened with the reason."""
    embassy = hall.as_("sn-embassy", f"{case}meetings/new/", **SCREENS["phone"])
    decision = {"decisions-0-text": "Réviser l’objectif (exemple)", "decisions-0-owner": AMCI}
    embassy.write(held_on=TODAY, place="Dakar", summary="Deux départements sont inondés (exemple).")
    embassy.write(attendance="Les deux parties (exemple)", **decision).save()
    embassy.go(f"{case}design/").press("Revise the design")
    assert not sideways(embassy)
    embassy.write(reason="Deux départements sont sous l’eau (exemple).")
    embassy.choose_beginning("meeting", "Meeting 4").save()
    hall.save("sn-officer", f"{case}design/edit/objectives/", purpose=THEN)
    assert not sideways(embassy.go(f"{case}design/versions/2/"))


def it_waits_for_the_parties(hall: Hall, case: str) -> None:
    """The revision is whole, and yet it cannot be adopted: the purpose is the parties'."""
    embassy = hall.as_("sn-embassy", f"{case}design/revision/adopt/")
    assert embassy.sees(MISSING)
    assert embassy.page.get_by_role("button", name="Adopt the revision").count() == 0
    french = hall.as_("sn-embassy", f"{case}design/revision/adopt/", language="fr")
    assert heading(french) == "Adopter la révision"
    assert NOW in plain(french.page.locator("main del, main td").first.inner_text())
    assert rows(embassy, THEN) == [["Text", NOW, THEN]]


def the_parties_sign_an_amendment_with_more_time(hall: Hall, case: str) -> None:
    """Without JavaScript: purpose and period before and after, the text, the signature."""
    embassy = hall.as_("sn-embassy", f"{case}design/revision/adopt/", **SCREENS["no script"])
    embassy.press("Write the amendment").write(reason="L’eau (exemple).", ends_on="2028-12-31")
    embassy.write(**{"components-0-ends_on": "2028-12-31"}).save()
    period = "6 Jan 2025 – 30 Jun 2028", "6 Jan 2025 – 31 Dec 2028"
    embassy.go(f"{case}agreements/amendment/sign/")
    assert rows(embassy)[:2] == [["Project purpose", NOW, THEN], ["Period of the operation", *period]]
    assert embassy.page.get_by_role("button", name="Record the signature").count() == 0
    parties = {
        **{f"signatures-{n}-party": party for n, party in enumerate((SENEGAL, AMCI))},
        **{f"signatures-{n}-name": f"Signataire {n + 1} (exemple)" for n in (0, 1)},
        **{f"signatures-{n}-signed_on": TODAY for n in (0, 1)},
    }
    embassy.press("Complete the amendment").write(**{"clauses-fr-0-title": "Préambule (exemple)"})
    embassy.press("Move down Clause 1").press("Add a clause")
    assert embassy.page.locator('[name="clauses-fr-1-title"]').input_value() == "Préambule (exemple)"
    embassy.write(dated_on=TODAY, place="Dakar", scan=hall.scan)
    embassy.write(prevailing_language="fr", **{"versions-0-use": "authentic"}, **parties).save()
    embassy.go(f"{case}agreements/").press("Record the signature").press("Record the signature")
    assert embassy.sees("extension to 31 Dec 2028")
    assert embassy.go(case).sees("6 Jan 2025 – 31 Dec 2028")


def it_is_adopted_and_compared(hall: Hall, case: str) -> None:
    """The revision comes into force; everybody reads what changed, in their language."""
    hall.as_("sn-embassy", f"{case}design/revision/adopt/").press("Adopt the revision")
    officer = hall.as_("sn-officer", f"{case}design/")
    states = [plain(row.inner_text()) for row in officer.page.locator("tbody tr", has_text="Version 2").all()]
    assert [state.startswith("Version 2 In force") for state in states] == [True]
    officer.press("Compare two versions").choose_beginning("a", "Version 1").choose_beginning(
        "b", "Version 2"
    )
    assert rows(officer.press("Compare"), THEN) == [["Text", NOW, THEN]]
    arabic = hall.as_("amci-desk", f"{case}design/compare/?a=1&b=2", language="ar")
    assert arabic.page.locator("html").get_attribute("dir") == "rtl"
    assert texts(arabic, "thead th") == ["العنصر", "قبل", "بعد"]
