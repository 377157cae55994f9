import re

import pytest
from django import forms

from taawun.ui.widgets import Day, Figure, Lines


class AnswerForm(forms.Form):
    reason = forms.CharField(label="Reason", help_text="The partner reads it.", widget=Lines(3))
    acted_on = forms.DateField(label="Date of the act", required=False, widget=Day)
    answer = forms.ChoiceField(
        label="Answer",
        help_text="One of two.",
        choices=[("a", "Applied"), ("b", "Not applicable")],
        widget=forms.RadioSelect,
    )
    share = forms.DecimalField(label="Share", required=False, widget=Figure)
    sure = forms.BooleanField(label="I have read it")


def order_of(html, *marks):
    return [mark for _place, mark in sorted((html.index(mark), mark) for mark in marks)]


def test_a_field_is_label_hint_error_control_in_this_order(draw):
    html = draw("{% field form.reason %}", form=AnswerForm({}))

    parts = ["<label", 'class="hint"', 'class="err sm"', "<textarea"]
    assert order_of(html, *reversed(parts)) == parts


def test_a_bad_field_tells_its_control_what_is_wrong(draw):
    html = draw("{% field form.reason %}", form=AnswerForm({}))

    assert 'aria-describedby="id_reason_error id_reason_helptext"' in html
    assert 'aria-invalid="true"' in html
    assert html.strip().startswith('<div class="mb-4 bad">')
    assert 'id="id_reason_error"' in html
    assert 'id="id_reason_helptext"' in html


def test_a_good_field_is_not_marked(draw):
    html = draw("{% field form.reason %}", form=AnswerForm({"reason": "x"}))

    assert "bad" not in html
    assert 'aria-describedby="id_reason_helptext"' in html


def test_choices_stand_in_a_fieldset_with_a_legend(draw):
    html = draw("{% field form.answer %}", form=AnswerForm({}))

    assert html.count('<input type="radio"') == 2
    assert (
        '<fieldset class="mb-4 bad" id="id_answer" aria-describedby="id_answer_error id_answer_helptext">'
        in html
    )
    assert '<legend class="form-label fs-6">Answer</legend>' in html
    assert '<label class="form-check-label" for="id_answer_0">Applied</label>' in html


def test_a_field_can_say_which_language_its_text_is_in(draw):
    assert 'lang="fr"' in draw('{% field form.reason lang="fr" %}', form=AnswerForm())


def test_what_was_typed_is_escaped(draw):
    html = draw("{% field form.reason %}", form=AnswerForm({"reason": "</textarea><script>"}))

    assert "<script>" not in html


def test_the_summary_leads_to_every_bad_field(draw):
    html = draw("{% errors form %}", form=AnswerForm({"acted_on": "32 13"}))

    assert "4 things to put right" in html
    assert re.findall(r'href="#([^"]+)"', html) == ["id_reason", "id_acted_on", "id_answer_0", "id_sure"]
    assert 'role="alert"' in html


def test_no_errors_no_summary(draw):
    assert draw("{% errors form %}", form=AnswerForm()).strip() == ""


def test_the_summary_counts_the_rows_of_a_formset(draw):
    rows = forms.formset_factory(AnswerForm, extra=0)
    sent = {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-1-reason": "x",
        "form-1-answer": "a",
        "form-1-sure": "on",
    }

    html = draw("{% errors rows %}", rows=rows(sent))

    assert re.findall(r'href="#([^"]+)"', html) == [
        "id_form-0-reason",
        "id_form-0-answer_0",
        "id_form-0-sure",
    ]


def test_a_day_is_shown_as_the_browser_wants_it(draw):
    html = draw("{% field form.acted_on %}", form=AnswerForm({"acted_on": "2026-11-24"}))

    assert 'type="date"' in html
    assert 'value="2026-11-24"' in html


def test_the_once_key_of_a_refused_form_is_kept(draw, ask):
    request = ask(method="post", data={"once": "k1"})

    assert draw("{% hidden_once %}", request) == '<input type="hidden" name="once" value="k1">'


def test_a_fresh_form_gets_a_key_of_its_own(draw, ask):
    first, second = draw("{% hidden_once %}", ask()), draw("{% hidden_once %}", ask())

    assert first != second


@pytest.mark.parametrize("state", ["complete", "here", "todo", "blocked"])
def test_a_form_page_shows_its_parts_and_where_one_is(draw, ask, state):
    parts = [{"url": "/p/1/", "label": "Who asks", "state": state}]

    page = draw('{% include "ui/form_page.html" %}', ask(), title="Who asks", form=AnswerForm(), parts=parts)

    words = {
        "complete": "Complete",
        "here": "You are here",
        "todo": "Not started",
        "blocked": "Cannot start yet",
    }
    assert words[state] in page
    assert ('href="/p/1/"' in page) == (state != "blocked")
    assert page.count("<h1") == 1


def test_a_form_page_carries_its_base_version_and_the_autosave_address(draw, ask):
    page = draw(
        '{% include "ui/form_page.html" %}',
        ask(),
        title="T",
        form=AnswerForm(),
        base_version=0,
        autosave_url="/a/",
    )

    assert '<input type="hidden" name="base_version" value="0">' in page
    assert 'data-autosave="/a/"' in page
    assert re.search(r'<script src="[^"]*autosave[^"]*" defer></script>', page)
    assert 'data-state="cut" hidden' in page


def test_a_page_without_autosave_loads_no_script(draw, ask):
    assert "<script" not in draw('{% include "ui/form_page.html" %}', ask(), title="T", form=AnswerForm())
