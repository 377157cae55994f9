import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from taawun.foundation import clock
from taawun.foundation.steps import Refused
from taawun.papers import actions
from taawun.papers.models import File
from tests.papers import made

pytestmark = pytest.mark.django_db


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_kept_file_knows_its_digest_its_size_and_whose_it_is(officer, files_folder):
    file = actions.keep(made.sent(made.pdf(), "note.pdf"), actor=officer, gate="instrument", subject_id=7)

    assert file.sha256 == hashlib.sha256(made.pdf()).hexdigest()
    assert (file.size, file.kind, file.original_name) == (len(made.pdf()), "pdf", "note.pdf")
    assert (file.gate, file.subject_id, file.uploaded_by) == ("instrument", 7, officer)
    assert [path.read_bytes() for path in stored(files_folder)] == [made.pdf()]


def test_the_stored_name_tells_nothing(officer, files_folder):
    actions.keep(made.sent(made.pdf(), "secret.pdf"), actor=officer, gate="instrument", subject_id=7)
    actions.keep(made.sent(made.pdf(), "secret.pdf"), actor=officer, gate="instrument", subject_id=8)

    names = [path.name for path in stored(files_folder)]

    assert len(set(names)) == 2
    assert [len(name) for name in names] == [38, 38]


def test_a_refused_file_leaves_nothing(officer, files_folder):
    with pytest.raises(ValidationError):
        actions.keep(made.sent(b"<html>"), actor=officer, gate="instrument", subject_id=7)

    assert (File.objects.count(), stored(files_folder)) == (0, [])


def test_a_file_over_the_limit_is_refused_unread(officer, settings):
    settings.MAX_UPLOAD_BYTES = 100

    with pytest.raises(ValidationError) as caught:
        actions.keep(made.sent(made.pdf()), actor=officer, gate="instrument", subject_id=7)

    assert caught.value.code == "size"


def test_bytes_are_removed_at_once_when_their_row_cannot_enter(officer, files_folder):
    with pytest.raises(IntegrityError):
        actions.keep(made.sent(made.pdf()), actor=officer, gate="", subject_id=7)

    assert stored(files_folder) == []


def roll_back(officer) -> None:
    """An act that fails after its file was kept."""
    with transaction.atomic():
        actions.keep(made.sent(made.pdf()), actor=officer, gate="instrument", subject_id=7)
        transaction.set_rollback(True)


def age(folder: Path, monkeypatch, by: timedelta) -> None:
    later = timezone.now() + by
    monkeypatch.setattr(actions.timezone, "now", lambda: later)


def test_an_act_that_fails_leaves_no_row_and_its_bytes_are_swept(officer, files_folder, monkeypatch):
    roll_back(officer)
    assert (File.objects.count(), len(stored(files_folder))) == (0, 1)
    age(files_folder, monkeypatch, timedelta(days=2))

    removed = actions.sweep()

    assert (removed, stored(files_folder)) == (1, [])


def test_sweeping_leaves_bytes_of_an_act_that_may_still_be_under_way(officer, files_folder):
    roll_back(officer)

    removed = actions.sweep()

    assert (removed, len(stored(files_folder))) == (0, 1)


def test_sweeping_leaves_what_has_a_row(officer, files_folder, monkeypatch):
    actions.keep(made.sent(made.pdf()), actor=officer, gate="instrument", subject_id=7)
    age(files_folder, monkeypatch, timedelta(days=400))

    removed = actions.sweep()

    assert (removed, len(stored(files_folder))) == (0, 1)


def test_a_file_whose_form_was_given_up_is_swept_after_a_month(
    officer, files_folder, django_capture_on_commit_callbacks
):
    held = actions.hold(made.sent(made.pdf()), actor=officer)
    File.objects.filter(pk=held.pk).update(uploaded_at=clock.now() - timedelta(days=29))
    assert actions.sweep() == 0
    File.objects.filter(pk=held.pk).update(uploaded_at=clock.now() - timedelta(days=31))

    with django_capture_on_commit_callbacks(execute=True):
        removed = actions.sweep()

    assert (removed, File.objects.count(), stored(files_folder)) == (1, 0, [])


def test_sweeping_an_installation_without_files_finds_nothing(db):
    assert actions.sweep() == 0


def test_the_same_file_sent_again_is_held_once(officer, colleague, files_folder):
    first = actions.hold(made.sent(made.pdf()), actor=officer)
    again = actions.hold(made.sent(made.pdf()), actor=officer)
    other = actions.hold(made.sent(made.pdf()), actor=colleague)

    assert again == first
    assert other != first


def test_a_held_file_is_handed_to_one_thing_alone(officer):
    held = actions.hold(made.sent(made.pdf()), actor=officer)
    actions.hand_over(held, actor=officer, gate="instrument", subject_id=7)
    actions.hand_over(held, actor=officer, gate="instrument", subject_id=7)

    with pytest.raises(Refused):
        actions.hand_over(held, actor=officer, gate="instrument", subject_id=8)

    held.refresh_from_db()
    assert (held.gate, held.subject_id) == ("instrument", 7)


def test_nobody_hands_over_what_another_sent(officer, colleague):
    held = actions.hold(made.sent(made.pdf()), actor=officer)

    with pytest.raises(Refused):
        actions.hand_over(held, actor=colleague, gate="instrument", subject_id=7)

    held.refresh_from_db()
    assert held.is_pending
