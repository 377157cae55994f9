import pytest
from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from taawun.papers import actions
from taawun.papers.forms import HoldsScans, ScanField, token_of
from taawun.papers.models import File
from tests.papers import made

pytestmark = pytest.mark.django_db


class Letter(HoldsScans, forms.Form):
    number = forms.CharField()
    scan = ScanField(label="Signed scan")


class Optional(HoldsScans, forms.Form):
    scan = ScanField(label="Signed scan", required=False)


def filled(user, form_class=Letter, upload=None, initial=None, **data) -> forms.Form:
    post = QueryDict(mutable=True)
    post.update(data)
    files = MultiValueDict({"scan": [upload]} if upload else {})
    return form_class(post, files, user=user, initial={"scan": initial})


def test_a_checked_upload_is_a_file_held_for_its_sender(officer):
    form = filled(officer, upload=made.sent(made.pdf()), number="12")

    assert form.is_valid()
    assert (form.cleaned_data["scan"].gate, form.cleaned_data["scan"].uploaded_by) == ("pending", officer)


def test_an_upload_that_lies_is_an_error_of_its_field(officer):
    form = filled(officer, upload=made.sent(b"<html><script>"), number="12")

    assert form.errors == {"scan": ["By its content this is a web page: send PDF, PNG or JPEG."]}
    assert File.objects.count() == 0


def test_a_file_is_not_lost_when_another_field_is_wrong(officer):
    first = filled(officer, upload=made.sent(made.pdf(), "note.pdf"), number="")
    assert list(first.errors) == ["number"]
    page = str(first["scan"])
    assert "Kept for you: <bdi>note.pdf</bdi>" in page

    second = filled(officer, number="12", **first.held_data())

    assert second.is_valid()
    assert second.cleaned_data["scan"] == File.objects.get()


def test_the_page_carries_the_token_of_the_held_file(officer):
    form = filled(officer, upload=made.sent(made.pdf()), number="")
    form.is_valid()

    token = form.held_data()["scan_held"]

    assert f'<input type="hidden" name="scan_held" value="{token}">' in str(form["scan"])


def test_a_draft_shown_again_without_being_checked_says_what_is_held(officer):
    held = actions.hold(made.sent(made.pdf(), "note.pdf"), actor=officer)

    form = filled(officer, scan_held=token_of(held))
    form._errors = ErrorDict()

    assert "Kept for you: <bdi>note.pdf</bdi>" in str(form["scan"])


def test_a_new_upload_counts_over_the_held_one(officer):
    held = actions.hold(made.sent(made.pdf()), actor=officer)

    form = filled(
        officer, upload=made.sent(made.picture(), "scan.png"), number="12", scan_held=token_of(held)
    )

    assert form.is_valid()
    assert form.cleaned_data["scan"].kind == "png"


def test_a_wrong_upload_does_not_lose_the_one_held_before(officer):
    held = actions.hold(made.sent(made.pdf(), "note.pdf"), actor=officer)

    form = filled(officer, upload=made.sent(b"<html>"), number="12", scan_held=token_of(held))

    assert list(form.errors) == ["scan"]
    assert "Kept for you: <bdi>note.pdf</bdi>" in str(form["scan"])


@pytest.mark.parametrize("how", ["another's", "forged", "unsigned", "handed over"])
def test_a_token_is_worth_nothing_in_other_hands(how, officer, colleague):
    held = actions.hold(made.sent(made.pdf()), actor=colleague if how == "another's" else officer)
    if how == "handed over":
        actions.hand_over(held, actor=officer, gate="instrument", subject_id=7)
    token = {"forged": token_of(held)[:-3] + "abc", "unsigned": str(held.pk)}.get(how, token_of(held))

    form = filled(officer, number="12", scan_held=token)

    assert form.errors == {"scan": ["The file sent before is no longer held: choose it again."]}
    assert "Kept for you" not in str(form["scan"])


def test_a_required_scan_that_is_missing_is_said(officer):
    assert filled(officer, number="12").errors == {"scan": ["This field is required."]}


def test_the_file_already_there_stays_when_none_is_sent(officer):
    there = actions.keep(made.sent(made.pdf(), "signed.pdf"), actor=officer, gate="instrument", subject_id=7)

    form = filled(officer, number="12", initial=there)

    assert form.is_valid()
    assert form.cleaned_data["scan"] == there
    assert f'On file: <a href="/files/{there.pk}/"><bdi>signed.pdf</bdi></a>' in str(form["scan"])


def test_an_optional_scan_may_be_missing(officer):
    form = filled(officer, Optional)

    assert form.is_valid()
    assert form.cleaned_data == {"scan": None}


def test_the_hint_says_what_can_be_sent_and_that_places_are_removed(officer):
    assert str(Letter(user=officer).fields["scan"].help_text).replace("\xa0", " ") == (
        "PDF, PNG or JPEG, at most 20.0 MB. Pictures are stored anew: the place where they were taken and other hidden "
        "data are removed."
    )
