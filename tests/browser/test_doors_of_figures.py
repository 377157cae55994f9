"""Three parties and one figure: who disputes it marks it for everybody, until it is accepted or withdrawn."""

import pytest

from tests.browser.hall import Hall, heading, sideways, texts

pytestmark = pytest.mark.browser

FLOODS = "Alerte précoce aux crues du fleuve (exemple)"
MARK = "[data-disputed]"


def test_a_disputed_figure_is_marked_for_all_three_until_it_is_accepted(hall):
    case = hall.find("sn-officer", FLOODS, "operations")
    everybody = ("sn-officer", "sn-embassy", "sn-jica")
    before = [len(texts(hall.as_(slug, f"{case}monitoring/"), MARK)) for slug in everybody]
    assert before == [2, 2, 2]  # in the table and in its history
    assert hall.as_("la-officer", f"{case}disputes/").answer.status == 404

    open_one = hall.as_("sn-officer", f"{case}disputes/").links(r"/disputes/\d+/$")[0]
    it_reads_in_three_languages(hall, case, open_one)
    explained = hall.as_("sn-officer", open_one)
    explained.press("Accept the figure as it stands")
    assert explained.sees("The figure stands")

    after = [len(texts(hall.as_(slug, f"{case}monitoring/"), MARK)) for slug in everybody]
    assert after == [0, 0, 0]


def it_reads_in_three_languages(hall: Hall, case: str, place: str) -> None:
    """The mark in French; the dispute in Arabic on a phone; the list without JavaScript."""
    french = hall.as_("sn-jica", f"{case}monitoring/", language="fr")
    folded, shown = texts(french, f"{MARK} a")
    assert (folded, shown.startswith("Contesté par")) == ("", True)
    assert not sideways(hall.as_("sn-embassy", place, language="ar", width=360))
    assert heading(hall.as_("sn-embassy", f"{case}disputes/", script=False)) == FLOODS
