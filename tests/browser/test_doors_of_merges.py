"""Somebody was entered twice: set apart again by the administrator, and merged once more, history intact."""

import pytest

from tests.browser.hall import Hall, heading, sideways, texts

pytestmark = pytest.mark.browser

EMBASSY = "Embassy of Morocco in Senegal (example)"


def test_a_merge_is_undone_and_made_again_after_a_look_at_what_would_move(hall):
    admin = hall.as_("amci-admin", "/desk/merges/")
    merges = admin.links(r"^/desk/merges/\d+/$")
    person = next(place for place in merges if "second" in heading(admin.go(place)))
    gone, kept = (part.strip() for part in heading(admin.go(person)).split("→"))
    admin.write(reason="They are two (example)").press("Undo the merge")
    assert admin.sees("Undone")

    admin.go("/desk/merges/").press("Merge two persons")
    admin.choose_beginning("gone", gone).choose_beginning("kept", kept)
    admin.write(reason="Entered twice, the register shows (example)").press("Look at it before")
    assert admin.sees("Nothing has happened yet.")
    admin.press("Merge")

    assert heading(admin) == f"{gone} → {kept}"
    assert admin.sees("Entered twice, the register shows (example)")
    nobody_else_governs(hall, admin.path)
    an_organisation_likewise(hall, next(place for place in merges if place != person))


def an_organisation_likewise(hall: Hall, place: str) -> None:
    """Both bear one name: the form says their codes too. Without JavaScript."""
    admin = hall.as_("amci-admin", place, script=False)
    admin.write(reason="Two houses (example)").press("Undo the merge")
    assert admin.sees("Undone")
    admin.go("/desk/merges/").press("Merge two organisations")
    admin.choose_beginning("gone", f"{EMBASSY} (amci-sn-2)").choose_beginning("kept", f"{EMBASSY} (amci-sn)")
    admin.write(reason="One house after all (example)").press("Look at it before")
    admin.press("Merge")
    assert heading(admin) == f"{EMBASSY} → {EMBASSY}"


def nobody_else_governs(hall: Hall, place: str) -> None:
    """Another agency's administrator and an officer of the house have no such page; it reads in French and Arabic."""
    assert hall.as_("jica-admin", place).answer.status == 404
    assert hall.as_("amci-desk", place).answer.status == 404
    french = hall.as_("amci-admin", "/desk/merges/", language="fr", script=False)
    assert (heading(french), len(texts(french, "tbody tr")) >= 3) == ("Fusions", True)
    assert not sideways(hall.as_("amci-admin", place, language="ar", width=360))
