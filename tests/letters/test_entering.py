from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from taawun.foundation import clock, editing
from taawun.foundation.models import AuditEvent
from taawun.foundation.steps import Refused
from taawun.letters import actions
from taawun.letters.models import Letter
from taawun.letters.showing import history
from taawun.ui import words
from taawun.workspace.demo.cast import organisation, user
from tests.cycle.made import in_words
from tests.letters.made import a_file, a_letter, facts
from tests.meetings.made import an_operation

pytestmark = pytest.mark.usefixtures("world")


def test_letters_in_and_out_of_an_organisation_share_one_series_without_gap():
    year = clock.today().year

    codes = [
        a_letter().code,
        a_letter(direction="out").code,
        a_letter("mm-post", "post-officer").code,
        a_letter().code,
    ]

    assert codes == [f"{year}-0001", f"{year}-0002", f"{year}-0001", f"{year}-0003"]


def test_the_series_begins_anew_with_the_year():
    year = clock.today().year
    a_letter()

    clock.set_today(clock.today().replace(year=year + 1, month=1, day=3))

    assert a_letter().code == f"{year + 1}-0001"


def test_an_entry_that_is_refused_leaves_no_gap():
    a_letter()
    with pytest.raises(Refused):
        a_letter(passed_on=clock.today() + timedelta(days=1))

    assert a_letter().entry == 2


def test_the_record_tells_who_entered_a_letter():
    letter = a_letter(scan=a_file())

    event = AuditEvent.objects.get(kind="letter", subject_id=letter.pk)
    assert (event.step, event.actor, event.organisation_id) == (
        "letter-entered",
        user("mm-office"),
        organisation("jica-mm").pk,
    )
    assert event.detail.data["scan"] == letter.scan.sha256
    assert (letter.scan.gate, letter.scan.subject_id) == ("letter", letter.pk)


@pytest.mark.parametrize("actor", ["knowledge", "post-officer", "desk", "mofa-approver"])
def test_only_who_keeps_a_register_enters_in_it(actor):
    with pytest.raises(PermissionDenied):
        a_letter("jica-mm", actor)

    assert not Letter.objects.exists()


def test_nobody_enters_a_letter_about_a_case_they_do_not_see():
    laos = an_operation(country="LA")

    with pytest.raises(PermissionDenied):
        a_letter("mm-post", "post-officer", case=laos)

    assert not Letter.objects.exists()


def test_impossible_dates_and_a_letter_of_nobody_are_refused_at_once():
    tomorrow = clock.today() + timedelta(days=1)

    with pytest.raises(Refused) as refused:
        a_letter(dated_on=tomorrow, passed_on=clock.today(), correspondent_name=" ")

    assert in_words(refused) == [
        "The date of the letter lies in the future.",
        "The letter bears a later date than the day on which it passed.",
        "Say from whom the letter came, or to whom it went.",
    ]


def test_a_letter_of_another_side_cannot_be_answered():
    theirs = a_letter("mm-post", "post-officer")

    with pytest.raises(Refused) as refused:
        a_letter(answers=theirs)

    assert in_words(refused) == ["The letter answered is not in a register you may read."]


# ── Correcting ──


def correct(letter, actor="mm-office", base=1, **more):
    held = {name: getattr(letter, name) for name in facts()}
    case = more.pop("case", letter.case_held)
    return actions.correct_letter(letter, held | more, actor=user(actor), base_version=base, case=case)


def test_a_correction_keeps_in_the_record_what_the_entry_said_before():
    letter = a_letter()

    done = correct(letter, subject="Opening hours", dated_on=clock.today(), scan=a_file())

    assert (done.subject, done.version, done.code) == ("Opening hours", 2, letter.code)
    changes = history(done, user("mm-office"))[0]["changes"]
    days = [words.written(day, "d MMM y") for day in (letter.dated_on, clock.today())]
    assert [(str(c["label"]), c["before"], c["after"]) for c in changes] == [
        ("Date of the letter", *days),
        ("Subject", "Opening hours of the counters", "Opening hours"),
        ("Scan", "–", "letter.pdf"),
    ]


def test_a_correction_that_says_the_same_changes_nothing():
    letter = a_letter()

    correct(letter)

    letter.refresh_from_db()
    assert (letter.version, AuditEvent.objects.filter(kind="letter").count()) == (1, 1)


def test_a_lost_correction_is_told_with_both_versions():
    letter = a_letter()
    correct(letter, subject="First")

    with pytest.raises(editing.Conflict) as caught:
        correct(letter, subject="Second")

    assert (caught.value.theirs["Subject"], caught.value.mine["Subject"]) == ("First", "Second")
    assert Letter.objects.get().subject == "First"


def test_another_office_corrects_nothing_it_only_reads():
    letter = a_letter()

    with pytest.raises(PermissionDenied):
        correct(letter, actor="desk", subject="Mine")


def test_a_correction_moves_a_letter_to_a_case_its_writer_sees_alone():
    letter = a_letter()
    operation, laos = an_operation(), an_operation(country="LA")

    assert correct(letter, case=operation).operation == operation
    with pytest.raises(PermissionDenied):
        correct(letter, base=2, case=laos)


# ── Striking out ──


def test_a_struck_entry_keeps_its_number_and_its_reason():
    letter = a_letter()

    struck = actions.strike_letter(letter, " Entered twice. ", actor=user("mm-office"))

    assert (struck.code, struck.struck_on, struck.struck_reason) == (
        letter.code,
        clock.today(),
        "Entered twice.",
    )
    assert a_letter().entry == 2
    assert history(struck, user("mm-office"))[0]["reason"] == "Entered twice."


def test_a_struck_entry_is_neither_struck_again_nor_corrected():
    letter = a_letter()
    actions.strike_letter(letter, "Entered twice.", actor=user("mm-office"))

    with pytest.raises(Refused):
        actions.strike_letter(letter, "Again.", actor=user("mm-office"))
    with pytest.raises(editing.Frozen):
        correct(letter, base=2, subject="Other")


def test_an_entry_is_not_struck_without_a_reason_nor_by_another():
    letter = a_letter()

    with pytest.raises(Refused):
        actions.strike_letter(letter, "  ", actor=user("mm-office"))
    with pytest.raises(PermissionDenied):
        actions.strike_letter(letter, "Mine.", actor=user("desk"))

    letter.refresh_from_db()
    assert letter.struck_on is None


# ── The other side's register ──


def test_a_letter_sent_to_us_is_entered_in_our_register_without_typing():
    operation = an_operation()
    sent = a_letter(direction="out", case=operation, to="mm-post", scan=a_file())

    ours = actions.take_in(sent, actor=user("post-officer"))

    assert (ours.organisation.slug, ours.direction, ours.correspondent.slug, ours.number, ours.code) == (
        "mm-post",
        "in",
        "jica-mm",
        "AB/7",
        f"{clock.today().year}-0001",
    )
    assert (ours.scan, ours.operation, ours.shared) == (sent.scan, operation, True)


def test_it_is_entered_once_and_only_by_whom_it_names():
    operation = an_operation()
    sent = a_letter(direction="out", case=operation, to="mm-post")

    with pytest.raises(PermissionDenied):
        actions.take_in(sent, actor=user("mm-coordinator"))
    actions.take_in(sent, actor=user("post-officer"))
    with pytest.raises(Refused):
        actions.take_in(sent, actor=user("post-officer"))

    assert Letter.objects.count() == 2


@pytest.mark.parametrize(
    "broken",
    [
        {"entry": 1},
        {"entry": 0},
        {"direction": "up"},
        {"correspondent_name": ""},
        {"dated_on": clock.timezone.now().date() + timedelta(days=9)},
    ],
    ids=str,
)
def test_the_database_itself_refuses_an_impossible_entry(broken):
    letter = a_letter()
    values = {
        "organisation": letter.organisation,
        "year": letter.year,
        "entry": 2,
        "direction": "in",
        "dated_on": letter.dated_on,
        "passed_on": letter.passed_on,
        "correspondent_name": "Somebody",
        "subject": "x",
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(**values | broken)
