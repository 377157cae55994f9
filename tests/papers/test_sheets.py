"""How a document falls on its sheets."""

import pytest
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox

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
