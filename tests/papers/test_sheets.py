"""How a document falls on its sheets."""

import pytest
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox

from taawun.papers.beside import beside
from taawun.papers.freezing import Stamp, freeze

BAND = '<table><tbody><tr><th class="band">A party</th></tr><tr><td>Its input</td></tr></tbody></table>'


def sheets(clauses: int, after: str = "") -> list[str]:
    """The words on each sheet of a paper of so many clauses (and what comes after) that two parties signed."""
    paper = {"language": "en", "title": "Record", "number": "X"}
    signed = [{"side": side, "signed": True} for side in ("The partner", "The provider")]
    drawn = render_to_string("ui/paper.html", {"paper": paper, "signatures": signed})
    body = (
        "".join(f"<section><h2>{n}. Clause</h2><p>Its words.</p></section>" for n in range(clauses)) + after
    )
    page = drawn.replace('<div class="signatures">', f'{body}<div class="signatures">')
    return _printed(page)


def two_languages(clauses: int) -> list[str]:
    """The words on each sheet of a paper in two languages, with an annex of its own sheet."""
    paper = {"language": "en", "title": "Record", "number": "X"}
    drawn = render_to_string("ui/paper.html", {"paper": paper})
    body = "".join(f"<section><h2>{n}. Clause</h2><p>Words {n}.</p></section>" for n in range(clauses))
    annex = '<section class="new-page"><h2>Annex</h2><p class="mute">As of today</p><p>Its plan</p></section>'
    page = drawn.replace("</main>", f"{body}{annex}</main>")
    return _printed(beside(page, page, ("en", "fr")))


def _printed(page: str) -> list[str]:
    made = HTML(string=freeze(page, Stamp("X-D01", "http://localhost/check/X/"), "en")).render()
    return [
        " ".join(box.text for box in sheet._page_box.descendants() if isinstance(box, TextBox))
        for sheet in made.pages
    ]


@pytest.mark.parametrize("clauses", range(8, 14))
def test_signatures_never_stand_on_a_sheet_without_words_of_what_is_signed(clauses):
    signed = [words for words in sheets(clauses) if "(signed)" in words]

    assert [("Its words." in words, words.count("(signed)")) for words in signed] == [(True, 2)]


@pytest.mark.parametrize("clauses", range(8, 14))
def test_the_line_that_names_a_paper_once_more_takes_no_sheet_of_its_own(clauses):
    """Each sheet has the document's number at its foot already."""
    assert " ".join(sheets(clauses)).count("Record") == 1


@pytest.mark.parametrize("clauses", range(8, 14))
def test_a_heading_inside_a_table_stays_with_its_first_row(clauses):
    found = [words for words in sheets(clauses, BAND) if "A party" in words]

    assert ["Its input" in words for words in found] == [True]


@pytest.mark.parametrize("clauses", range(8, 14))
def test_in_two_languages_too_a_heading_keeps_its_words_and_an_annex_begins_a_sheet(clauses):
    printed = two_languages(clauses)

    together = [
        f"{n}. Clause" in words and f"Words {n}." in words for n in range(clauses) for words in printed
    ]
    assert together.count(True) == clauses
    assert [words.count("Annex") for words in printed] == [0] * (len(printed) - 1) + [2]
    assert [printed[-1].count(words) for words in ("Clause", "As of today", "Its plan")] == [0, 2, 2]
