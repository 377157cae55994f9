"""Keeping files: checked, hashed, written, then entered; handed from an unfinished form to what they belong to."""

import hashlib
import logging
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.papers.inspection import SCANS, inspect, refuse_too_large
from taawun.papers.large import LARGE, limit_for, passing, refuse_larger
from taawun.papers.models import PENDING, File

log = logging.getLogger("taawun.papers")

PENDING_DAYS = 30  # how long a file waits for the form it was sent with
SETTLED = timedelta(days=1)  # no transaction is still open after that


def keep(
    upload: Any,
    *,
    actor: User,
    gate: str,
    subject_id: int,
    allowed: tuple[str, ...] = SCANS,
    example: bool = False,
) -> File:
    """Take in a file for something: checked by its content, cleaned, hashed, written, entered.

    `upload` is what a form received (or any Django `File`). Refuses with a `ValidationError` in the reader's language.
    The bytes are written first, under a name nobody can guess, and the row enters with the caller's transaction: a row
    never lacks its bytes. If the transaction fails later, the bytes without a row are removed by `sweep`. It records
    no event of its own: the act that needs the paper does.
    """
    whose = {"uploaded_by": actor, "gate": gate, "subject_id": subject_id, "is_example": example}
    if allowed == LARGE:
        return _keep_passing(upload, whose)
    refuse_too_large(upload.size, settings.MAX_UPLOAD_BYTES)
    upload.seek(0)
    seen = inspect(upload.read(settings.MAX_UPLOAD_BYTES + 1), upload.name or "", allowed=allowed)
    digest = hashlib.sha256(seen.data).hexdigest()
    if gate == PENDING and (same := _sent_already(actor, digest)):
        return _told_of_its_place(same) if seen.location_removed else same
    told = {"sha256": digest, "size": len(seen.data), "kind": seen.kind, "original_name": seen.name}
    return _entered(written(seen.data), **whose, **told, location_removed=seen.location_removed)


def _keep_passing(upload: Any, whose: dict[str, Any]) -> File:
    """The same for a large file, which is written as it passes and looked at by its beginning alone."""
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    refuse_larger(upload.size, limit_for(LARGE, whose["uploaded_by"]))
    coming = passing(upload)
    stored = default_storage.save(_new_name(), coming)
    if whose["gate"] == PENDING and (same := _sent_already(whose["uploaded_by"], coming.digest)):
        default_storage.delete(stored)
        return same
    told = {"sha256": coming.digest, "size": coming.passed, "kind": LARGE[0], "original_name": coming.name}
    return _entered(stored, **whose, **told)


def _entered(stored: str, **fields: Any) -> File:
    """The row of what was written; the bytes go again where it cannot be entered."""
    try:
        with transaction.atomic():
            return File.objects.create(stored_name=stored, **fields)
    except Exception:
        default_storage.delete(stored)
        raise


def hold(upload: Any, *, actor: User, allowed: tuple[str, ...] = SCANS) -> File:
    """Keep a file sent with a form that is not finished: its sender's alone until the form is accepted.

    The same file sent again is held once.
    """
    return keep(upload, actor=actor, gate=PENDING, subject_id=actor.pk, allowed=allowed)


def hand_over(file: File, *, actor: User, gate: str, subject_id: int) -> File:
    """Give a held file to what it belongs to, in the caller's transaction. Once: a file serves one thing.

    A file already there is left as it is. Refuses (`Refused`) one that is another's or serves elsewhere.
    """
    if (file.gate, file.subject_id) == (gate, subject_id):
        return file
    moved = File.objects.filter(pk=file.pk, gate=PENDING, uploaded_by=actor).update(
        gate=gate, subject_id=subject_id
    )
    if not moved:
        raise Refused([Obstacle(_("The file sent before is no longer held: choose it again."))])
    file.gate, file.subject_id = gate, subject_id
    return file


def hand_back(file: File) -> None:
    """Give a file back to whoever sent it, in the caller's transaction: as if its form were not finished yet.

    What nobody sends again goes after some days like any other such file.
    """
    owner = file.uploaded_by_id
    File.objects.filter(pk=file.pk).update(gate=PENDING, subject_id=owner, uploaded_at=clock.now())


def _sent_already(actor: User, digest: str) -> File | None:
    return File.objects.filter(gate=PENDING, uploaded_by=actor, sha256=digest).first()


def _told_of_its_place(held: File) -> File:
    """The same picture sent once more, this time with its place."""
    File.objects.filter(pk=held.pk).update(location_removed=True)
    held.location_removed = True
    return held


def written(data: bytes) -> str:
    """Write under a random name, in one of 256 folders so that none grows beyond use."""
    return default_storage.save(_new_name(), ContentFile(data))


def _new_name() -> str:
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name[2:]}"


def sweep() -> int:
    """Remove what nobody will ask for: files whose form was given up, and bytes whose row never came to be.

    Safe to run at any time and twice. Returns how many were removed.
    """
    return _drop_given_up() + _drop_without_row()


def _drop_given_up() -> int:
    old = clock.now() - timedelta(days=PENDING_DAYS)
    with transaction.atomic():
        rows = list(
            File.objects.select_for_update(skip_locked=True).filter(gate=PENDING, uploaded_at__lt=old)[:1000]
        )
        gone = [row for row in rows if _drop(row)]
        transaction.on_commit(lambda: _delete(gone))
    return len(gone)


def _drop(row: File) -> bool:
    """Remove one row; one that something still holds on to stays, and does not keep the others."""
    try:
        with transaction.atomic():
            File.objects.filter(pk=row.pk).delete()
    except ProtectedError:
        log.exception("a file given up is still held on to: %s", row.pk)
        return False
    return True


def _delete(rows: list[File]) -> None:
    for row in rows:
        default_storage.delete(row.stored_name)


def _drop_without_row() -> int:
    removed = 0
    for folder in _folders():
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        known = set(File.objects.filter(stored_name__in=names).values_list("stored_name", flat=True))
        for name in names:
            if name not in known and _is_settled(name):
                default_storage.delete(name)
                removed += 1
    if removed:
        log.info("%s files whose act was never completed were removed", removed)
    return removed


def _folders() -> list[str]:
    try:
        return [name for name in default_storage.listdir("")[0] if len(name) == 2]
    except FileNotFoundError:
        return []


def _is_settled(name: str) -> bool:
    """Old enough that the act which wrote it is over, one way or the other. By the machine's clock, as the file is."""
    return default_storage.get_modified_time(name) < timezone.now() - SETTLED
