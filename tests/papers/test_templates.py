"""An agency's own Word template: only the fields of its paper, whatever is written into it; filled in the child."""

import base64

import pytest
from hypothesis import given, strategies as st

from taawun.papers import filling
from taawun.papers.filling import Problem, problems_of, template_problems
from taawun.papers.rendering import Printer
from taawun.papers.shapes import SHAPES
from taawun.papers.template_files import TOLD, example_fields, offered
from tests.papers.word import docx, in_runs, said, with_parts

RECORD = SHAPES["record-of-discussions"]
GOOD = docx(
    "{{ number }} {{ title|upper }}",
    "{%p for clause in clauses %}",
    "{{ clause.number }}. {{ clause.title }}",
    "{{ clause.text }}",
    "{%p endfor %}",
    "{% if place %}In {{ place }}{% else %}Nowhere{% endif %}",
    header="{{ operation_title }}",
    footer="{{ check_address }}",
)
FIELDS = {
    "number": "R<1>&",
    "title": "été",
    "operation_title": "Posts",
    "check_address": "https://example.org/check/A/",
    "clauses": [
        {"number": "1", "title": "First", "text": "One\ntwo"},
        {"number": "2", "title": "{{ number }}", "text": "{% for %}"},
    ],
}
HOSTILE = {
    "{{ ''.__class__ }}": "unknown",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": "other",
    "{{ number.__class__ }}": "unknown",
    "{{ clauses[0] }}": "other",
    "{{ number['__class__'] }}": "other",
    "{{ number|attr('__class__') }}": "other",
    "{{ number.format(1) }}": "other",
    "{{ self }}": "unknown",
    "{{ self._TemplateReference__context }}": "unknown",
    "{{ cycler.__init__.__globals__ }}": "unknown",
    "{{ lipsum() }}": "other",
    "{{ loop }}": "unknown",
    "{{ range(10**9) }}": "other",
    "{% for i in range(10**9) %}x{% endfor %}": "no-list",
    "{% for c in clauses recursive %}{{ loop(clauses) }}{% endfor %}": "other",
    "{% for a in clauses %}{% for b in clauses %}x{% endfor %}{% endfor %}": "nested",
    "{% for c in clauses %}{{ c }}{% endfor %}": "row",
    "{% for c in clauses %}{{ c.items }}{% endfor %}": "unknown",
    "{% for number in clauses %}x{% endfor %}": "taken",
    "{{ 'a'*10**9 }}": "other",
    "{{ 'a' ~ 'b' }}": "other",
    "{{ clauses }}": "list",
    "{{ [1, 2] }}": "other",
    "{{ number|default(number.__class__) }}": "other",
    "{{ number|format }}": "other",
    "{% if number is defined %}x{% endif %}": "other",
    "{% include '/etc/passwd' %}": "other",
    "{% import 'os' as os %}": "other",
    "{% from 'os' import path %}": "other",
    "{% extends 'x' %}": "other",
    "{% set number = 1 %}": "other",
    "{% macro x() %}x{% endmacro %}": "other",
    "{% block x %}x{% endblock %}": "other",
    "{% filter upper %}x{% endfilter %}": "other",
    "{% vm %}": "syntax",
    "{% colspan 9 %}": "syntax",
    "{{ number": "syntax",
    "{% for c in clauses %}": "syntax",
    "{{ " + "(" * 5000 + "number" + ")" * 5000 + " }}": "long",
    "{{ " + "not " * 5000 + "number }}": "long",
    "{{ number }}" * 3000: "long",
    "{% if number %}" * 900 + "{% endif %}" * 900: "long",
}


def rendered(template: bytes, paper: str = "record-of-discussions", fields=None, **limits):
    with Printer(**limits) as printer:
        made = printer.render(order(template, paper, fields))
        alive = printer.render({"format": "pdf", "page": "<p>Small.</p>", "identifier": "x"})
    assert (alive.reason, alive.pages) == ("", 1)
    return made


def order(template: bytes, paper: str = "record-of-discussions", fields=None):
    packed = base64.b64encode(template).decode()
    return {"format": "template", "paper": paper, "template": packed, "fields": fields or FIELDS}


def test_it_is_filled_and_what_the_fields_say_is_never_read_as_a_mark():
    made = rendered(GOOD)
    assert made.reason == ""
    assert [text for text in said(made.data) if text] == [
        "R<1>& ÉTÉ",
        "1. First",
        "One\ntwo",
        "2. {{ number }}",
        "{% for %}",
        "Nowhere",
    ]


def test_the_same_fields_are_the_same_bytes():
    with Printer() as printer:
        made = [printer.render(order(GOOD)).data for _ in range(2)]
    with Printer() as other:
        made.append(other.render(order(GOOD)).data)
    assert (made[0][:2], made[0] == made[1] == made[2]) == (b"PK", True)


@pytest.mark.parametrize(("mark", "code"), [pytest.param(*one, id=one[0][:40]) for one in HOSTILE.items()])
def test_whatever_is_no_field_is_refused_before_anything_of_it_runs(mark, code):
    found = problems_of(mark, RECORD)
    assert [found[0].code, found[0].code in TOLD] == [code, True]


def test_every_place_of_a_file_that_is_filled_is_checked():
    bad = "{{ ''.__class__ }}"
    files = [docx(bad), docx("x", header=bad), docx("x", footer=bad), docx("x", title=bad)]
    files += [in_runs("{", "{ ''", ".__cl", "ass__ }", "}"), in_runs("{% inc", "lude 'x' %", "}")]
    assert [bool(template_problems(one, RECORD)) for one in files] == [True] * 6
    assert template_problems(in_runs("{", "{ num", "ber }", "}"), RECORD) == []
    assert template_problems(docx("{{ nobody }}", "{{ number.x }}"), RECORD) == [
        Problem("unknown", "nobody"),
        Problem("unknown", "number.x"),
    ]


def test_a_mark_hidden_from_the_check_is_refused_in_the_child():
    """In an attribute of the XML, and cut over two paragraphs: nothing reads so, but the filling would."""
    style = '<w:p><w:pPr><w:pStyle w:val="{{ cycler.__init__ }}"/></w:pPr></w:p>'
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{word}"><w:body>{style}</w:body></w:document>'.encode()
    hidden = with_parts({"word/document.xml": body})
    assert template_problems(hidden, RECORD) == []
    assert rendered(hidden).reason == "template"
    assert rendered(docx("{{ ''", ".__class__ }}")).reason == "template"


def test_a_template_that_swells_is_ended_and_the_worker_lives():
    """A list within limits, a text within limits, and together more than a document may be."""
    fields = FIELDS | {"clauses": [{"text": "x" * 20_000}] * 2000}
    assert rendered(GOOD, fields=fields).reason == "memory"


def test_a_template_that_takes_for_ever_is_ended_and_the_worker_lives():
    """Cells that never end: the marks of tables are looked for again from each of them."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    cells = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 60_000
    body = f'<w:document xmlns:w="{word}"><w:body><w:tbl><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl></w:body></w:document>'
    made = rendered(with_parts({"word/document.xml": body.encode()}), seconds=3)
    assert made.reason in ("time", "template", "memory")


def test_fields_on_offer_are_the_ones_that_can_be_filled_and_each_says_what_it_is():
    for paper, shape in SHAPES.items():
        marks = [row for one in offered(paper) for row in (one, *one["rows"])]
        assert [str(row["label"]) == "" for row in marks] == [False] * len(marks)
        source = "\n".join(
            one["mark"]
            if not one["loop"]
            else "\n".join([one["loop"][0], *(row["mark"] for row in one["rows"]), one["loop"][1]])
            for one in offered(paper)
        )
        assert problems_of(filling.PLACED.sub(r"\1", source), shape) == []
        assert set(example_fields(paper, "fr")) == set(shape)


names = st.sampled_from(["number", "title", "clauses", "clause", "amounts", "loop", "self", "x", "__class__"])
ends = st.sampled_from(
    ["", ".text", ".__class__", "[0]", "()", "|upper", "|attr('x')", "|default('-')", "*9"]
)
marks = st.builds("{{{{ {}{} }}}}".format, names, ends)
loops = st.builds(
    "{{% for {} in {} %}}{}{{% endfor %}}".format, names, st.one_of(names, st.just("range(9)")), marks
)


@given(st.lists(st.one_of(marks, loops, st.text(max_size=20)), max_size=6).map("".join))
def test_what_passes_the_check_can_be_filled_and_asks_for_nothing_else(source):
    if problems_of(source, RECORD):
        return
    plain = filling._plain(FIELDS, RECORD)
    made = filling.sandbox().from_string(source).render(plain)
    assert ["__class__" in made and "__class__" not in source, "built-in" in made] == [False, False]


@given(st.text(alphabet="{}%#().|_'\"[]abc \n-+*", max_size=80))
def test_no_text_upsets_the_check(source):
    assert [one.code in TOLD for one in problems_of(source, RECORD)].count(False) == 0


def test_a_row_of_a_list_is_called_by_a_word_that_can_be_read():
    loops = {one["loop"][0] for one in offered("record-of-discussions") if one["loop"]}

    assert loops == {
        "{%p for one in letterhead %}",
        "{%p for party in parties %}",
        "{%p for signatory in signatories %}",
        "{%p for clause in clauses %}",
        "{%p for amount in amounts %}",
    }
