from datetime import date
from decimal import Decimal

from django import forms
from django.http import QueryDict

from taawun.ui.conflict import conflict_rows, merged


class PartForm(forms.Form):
    purpose = forms.CharField(label="Purpose")
    baseline = forms.DecimalField(label="Baseline", required=False)
    day = forms.DateField(label="Date", required=False)
    country = forms.ChoiceField(label="Country", choices=[("sn", "Senegal"), ("ml", "Mali")])
    sites = forms.MultipleChoiceField(label="Sites", choices=[("1", "Thiès"), ("2", "Kayes")])
    agreed = forms.BooleanField(label="Agreed", required=False)


MINE = QueryDict("purpose=Mine&baseline=58&day=2026-03-15&country=sn&sites=1&sites=2&agreed=on")
THEIRS = {
    "purpose": "Theirs",
    "baseline": Decimal("58.0"),
    "day": date(2026, 3, 16),
    "country": "ml",
    "sites": ["2"],
    "agreed": False,
}


def test_both_versions_stand_side_by_side_as_people_read_them():
    rows = conflict_rows(PartForm(MINE), THEIRS)

    assert [(r.name, r.mine_text, r.theirs_text) for r in rows if not r.same] == [
        ("purpose", "Mine", "Theirs"),
        ("day", "15 Mar 2026", "16 Mar 2026"),
        ("country", "Senegal", "Mali"),
        ("sites", "Thiès, Kayes", "Kayes"),
        ("agreed", "Yes", "–"),
    ]


def test_the_choices_become_what_the_form_would_have_sent():
    rows = conflict_rows(PartForm(MINE), THEIRS)
    post = QueryDict(mutable=True)
    for row in rows:
        post.setlist(f"mine-{row.name}", row.mine)
        post.setlist(f"theirs-{row.name}", row.theirs)
        post[f"pick-{row.name}"] = "theirs" if row.name in {"purpose", "sites", "agreed"} else "mine"

    form = PartForm(merged(post))

    assert form.is_valid()
    assert form.cleaned_data == {
        "purpose": "Theirs",
        "baseline": Decimal("58"),
        "day": date(2026, 3, 15),
        "country": "sn",
        "sites": ["2"],
        "agreed": False,
    }


def test_what_the_other_did_not_touch_stays_as_i_sent_it():
    rows = {row.name: row for row in conflict_rows(PartForm(MINE), {"purpose": "Theirs"})}

    assert rows["sites"].theirs == ["1", "2"]
    assert [name for name, row in rows.items() if not row.same] == ["purpose"]


def test_a_usual_post_passes_unchanged():
    assert merged(MINE) is MINE


def test_the_page_offers_one_choice_for_each_field_that_differs(draw, ask):
    rows = conflict_rows(PartForm(MINE), THEIRS)

    page = draw('{% include "ui/conflict.html" %}', ask(), rows=rows, base_version=5)

    assert page.count('value="theirs"') == 5
    assert '<input type="hidden" name="baseline" value="58">' in page
    assert '<input type="hidden" name="base_version" value="5">' in page
