"""How a document falls on its sheets."""

import pytest
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox

from taawun.papers.freezing import Stamp, freeze


def sheets(clauses: int) -> list[str]:
    """The words on each sheet of a paper of so many clauses that two parties signed."""
    paper = {"language": "en", "title": "Record", "number": "X"}
    signed = [{"side": side, "signed": True} for side in ("The partner", "The provider")]
    drawn = render_to_string("ui/paper.html", {"paper": paper, "signatures": signed})
    body = "".join(f"<section><h2>{n}. Clause</h2><p>Its words.</p></section>" for n in range(clauses))
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
