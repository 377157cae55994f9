"""How a document falls on its sheets."""

import json
import subprocess
import sys

import pytest
from django.template.loader import render_to_string

from taawun.papers.beside import beside
from taawun.papers.freezing import Stamp, freeze

CLAUSES = range(8, 14)  # around where a paper goes over to its second sheet
BAND = '<table><tbody><tr><th class="band">A party</th></tr><tr><td>Its input</td></tr></tbody></table>'
# The renderer runs outside this process, as always: it makes the library of pictures lenient wherever it is imported.
PRINT = """
import json, sys
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import TextBox
def words(sheet):
    return " ".join(box.text for box in sheet._page_box.descendants() if isinstance(box, TextBox))
made = [[words(sheet) for sheet in HTML(string=page).render().pages] for page in json.load(sys.stdin)]
json.dump(made, sys.stdout)
"""


def printed(pages: list[str]) -> list[list[str]]:
    """The words on each sheet of each of these pages."""
    frozen = [freeze(page, Stamp("X-D01", "http://localhost/check/X/"), "en") for page in pages]
    done = subprocess.run(
        [sys.executable, "-c", PRINT], input=json.dumps(frozen), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def signed(clauses: int, after: str = "") -> str:
    """A paper of so many clauses (and what comes after) that two parties signed."""
    paper = {"language": "en", "title": "Record", "number": "X"}
    places = [{"side": side, "signed": True} for side in ("The partner", "The provider")]
    drawn = render_to_string("ui/paper.html", {"paper": paper, "signatures": places})
    body = "".join(f"<section><h2>{n}. Clause</h2><p>Its words.</p></section>" for n in range(clauses))
    return drawn.replace('<div class="signatures">', f'{body}{after}<div class="signatures">')


def in_two_languages(clauses: int) -> str:
    """A paper in two languages, with an annex of its own sheet."""
    drawn = render_to_string("ui/paper.html", {"paper": {"language": "en", "title": "Record", "number": "X"}})
    body = "".join(f"<section><h2>{n}. Clause</h2><p>Words {n}.</p></section>" for n in range(clauses))
    annex = '<section class="new-page"><h2>Annex</h2><p class="mute">As of today</p><p>Its plan</p></section>'
    page = drawn.replace("</main>", f"{body}{annex}</main>")
    return beside(page, page, ("en", "fr"))


@pytest.fixture(scope="module")
def papers():
    """Each paper of each length, printed once: signed, with a table, in two languages."""
    pages = [
        *(signed(n) for n in CLAUSES),
        *(signed(n, BAND) for n in CLAUSES),
        *(in_two_languages(n) for n in CLAUSES),
    ]
    made = printed(pages)
    size = len(CLAUSES)
    return made[:size], made[size : 2 * size], made[2 * size :]


def test_signatures_never_stand_on_a_sheet_without_words_of_what_is_signed(papers):
    for sheets in papers[0]:
        held = [words for words in sheets if "(signed)" in words]
        assert [("Its words." in words, words.count("(signed)")) for words in held] == [(True, 2)]


def test_the_line_that_names_a_paper_once_more_takes_no_sheet_of_its_own(papers):
    """Each sheet has the document's number at its foot already."""
    assert [" ".join(sheets).count("Record") for sheets in papers[0]] == [1] * len(CLAUSES)


def test_a_heading_inside_a_table_stays_with_its_first_row(papers):
    for sheets in papers[1]:
        assert ["Its input" in words for words in sheets if "A party" in words] == [True]


def test_in_two_languages_too_a_heading_keeps_its_words_and_an_annex_begins_a_sheet(papers):
    for clauses, sheets in zip(CLAUSES, papers[2], strict=True):
        together = [
            f"{n}. Clause" in words and f"Words {n}." in words for n in range(clauses) for words in sheets
        ]
        assert together.count(True) == clauses
        assert [words.count("Annex") for words in sheets] == [0] * (len(sheets) - 1) + [2]
        assert [sheets[-1].count(words) for words in ("Clause", "As of today", "Its plan")] == [0, 2, 2]
