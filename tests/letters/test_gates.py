"""Who reads a letter: every role, of the same and of another country, beside the registers it stands in."""

import pytest

from taawun.letters import actions, queries
from taawun.letters.models import Letter
from taawun.papers.queries import may_open
from taawun.workspace.demo.cast import BY_SLUG, user
from tests.factories import a_request
from tests.letters.made import a_file, a_letter
from tests.meetings.made import an_operation, join_team

pytestmark = pytest.mark.usefixtures("world")


def readers(letter: Letter) -> set[str]:
    return {slug for slug in BY_SLUG if queries.letters_visible_to(user(slug)).filter(pk=letter.pk).exists()}


def test_the_cast_has_people_of_other_countries_to_keep_letters_from():
    assert {"la-officer", "la-office", "la-coordinator", "sn-officer", "sn-embassy", "amci-desk"} <= set(
        BY_SLUG
    )


def test_a_letter_about_no_case_is_read_by_its_organisation_and_the_one_above():
    assert readers(a_letter()) == {"mm-office", "desk", "knowledge", "jica-admin", "jica-approver"}
    assert readers(a_letter("jica", "desk")) == {
        "desk",
        "knowledge",
        "jica-admin",
        "jica-approver",
        "mofa-approver",
    }
    assert readers(a_letter("mm-post", "post-officer")) == {"post-officer"}


def test_a_letter_about_an_operation_is_read_by_the_side_that_registered_it():
    letter = a_letter(case=an_operation())

    assert readers(letter) == {"mm-office", "desk", "knowledge", "jica-admin", "jica-approver"}


def test_the_other_side_of_the_case_reads_what_was_exchanged_with_it():
    operation = an_operation()
    ours = {"mm-office", "desk", "knowledge", "jica-admin", "jica-approver"}

    assert readers(a_letter(case=operation, direction="out", to="mm-post")) == ours | {"post-officer"}
    assert readers(a_letter(case=operation, direction="in", to="mm-post")) == ours | {"post-officer"}
    assert readers(a_letter(case=operation, to="mm-coordination")) == ours | {"mm-coordinator"}


def test_a_letter_between_two_offices_of_one_side_is_that_sides_alone():
    operation = an_operation()
    side = {"mm-office", "desk", "knowledge", "jica-admin", "jica-approver"}

    letter = a_letter("jica", "desk", case=operation, direction="out", to="jica-mm")

    assert readers(letter) == side | {"mofa-approver"}


def test_an_agencys_letter_about_a_case_is_not_read_by_its_office_in_another_country():
    letter = a_letter("jica", "desk", case=an_operation())

    assert "la-office" not in readers(letter)
    assert "mm-office" in readers(letter)


def test_a_letter_about_a_request_follows_the_requests_own_gate():
    draft = a_request("draft")
    letter = a_letter("mm-post", "post-officer", case=draft, direction="out", to="mm-coordination")
    assert readers(letter) == {"post-officer"}

    submitted = a_request("submitted")
    letter = a_letter("mm-post", "post-officer", case=submitted, direction="out", to="mm-coordination")
    assert readers(letter) == {"post-officer", "mm-coordinator"}


def test_who_serves_on_the_operation_without_a_post_in_its_organisations_reads_no_letter():
    operation = an_operation()
    join_team(operation, "evaluator")

    assert "evaluator" not in readers(a_letter(case=operation, to="mm-post"))


def test_a_struck_entry_is_no_longer_shown_to_the_other_side():
    letter = a_letter(case=an_operation(), direction="out", to="mm-post")
    assert "post-officer" in readers(letter)

    actions.strike_letter(letter, "Wrong addressee.", actor=user("mm-office"))

    assert readers(letter) == {"mm-office", "desk", "knowledge", "jica-admin", "jica-approver"}


def test_a_letter_held_by_both_sides_is_read_by_each_in_its_own_register():
    operation = an_operation()
    sent = a_letter(case=operation, direction="out", to="mm-post", scan=a_file())

    received = actions.take_in(sent, actor=user("post-officer"))

    assert "post-officer" not in readers(sent)
    assert readers(received) == {"post-officer"}
    tried = ("post-officer", "mm-office", "la-officer", "mm-coordinator")
    assert [may_open(user(slug), sent.scan) for slug in tried] == [True, True, False, False]


def test_a_scan_is_opened_through_the_letters_gate():
    letter = a_letter(scan=a_file(), case=an_operation(), to="mm-post")

    opened = {slug for slug in BY_SLUG if may_open(user(slug), letter.scan)}

    assert opened == readers(letter)
