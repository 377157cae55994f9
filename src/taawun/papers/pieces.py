"""Files that come in pieces: opened, appended to, gone on with after a cut line, inspected when whole."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.papers.actions import hold
from taawun.papers.inspection import refuse_too_large
from taawun.papers.large import LARGE, limit_for, refuse_larger
from taawun.papers.models import File, FileKind, Upload, UploadPiece

PIECE = 256 * 1024  # what the page sends at once: seconds on a bad line
MOST_PIECE = 1024 * 1024
MOST_OPEN = 5  # of one person; opening another gives up the oldest
GIVEN_UP = timedelta(days=2)


class Elsewhere(Exception):
    """A piece that does not begin where the upload stands: `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(str(offset))
        self.offset = offset


def open_upload(name: str, size: int, kinds: tuple[str, ...], *, actor: User) -> Upload:
    """Begin to take in a file in pieces. Refuses (`ValidationError`) an empty one and one beyond the limit."""
    if size < 1:
        raise ValidationError(_("The file is empty."), code="empty")
    refuse = refuse_larger if kinds == LARGE else refuse_too_large
    refuse(size, limit_for(kinds, actor))
    with transaction.atomic():
        made = Upload.objects.create(owner=actor, name=name[:200], size=size, kinds=list(kinds))
        kept = Upload.objects.filter(owner=actor).order_by("-pk").values("pk")[:MOST_OPEN]
        Upload.objects.filter(owner=actor).exclude(pk__in=list(kept.values_list("pk", flat=True))).delete()
    return made


def upload_of(user: Any, key: Any) -> Upload | None:
    """The gate: an upload is its sender's alone."""
    return Upload.objects.filter(owner_id=user.pk, key=key).first()


def append(upload: Upload, offset: int, data: bytes, *, actor: User) -> Upload:
    """Add a piece where the upload stands; the last one makes it a held file, checked like any other.

    A piece for another place is refused (`Elsewhere`), so that one sent twice counts once; an empty one at the end
    asks for the file again. A file that does not pass is refused (`ValidationError`) and gone.
    """
    with transaction.atomic():
        held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk, owner=actor)
        if offset != held.offset:
            raise Elsewhere(held.offset)
        if len(data) > min(MOST_PIECE, held.size - offset):
            raise ValidationError(_("More was sent than was announced. Choose the file again."), code="size")
        if data:
            UploadPiece.objects.create(upload=held, offset=offset, data=data)
            held.offset, held.touched_at = offset + len(data), clock.now()
            held.save(update_fields=["offset", "touched_at"])
    return held if held.offset < held.size or held.file_id else _whole(held, actor)


def _whole(upload: Upload, actor: User) -> Upload:
    """Inspect what arrived, in a transaction of its own: a refusal takes the pieces away too."""
    try:
        with transaction.atomic():
            held = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
            if held.file_id is None:
                held.file = _held_file(held, actor)
                held.save(update_fields=["file"])
                held.pieces.all().delete()
    except ValidationError:
        Upload.objects.filter(pk=upload.pk).delete()
        raise
    return held


def _held_file(upload: Upload, actor: User) -> File:
    kinds = tuple(FileKind(kind) for kind in upload.kinds)
    if kinds == LARGE:
        return hold(_Joined(upload), actor=actor, allowed=kinds)
    data = b"".join(_Joined(upload).chunks())
    return hold(ContentFile(data, name=upload.name), actor=actor, allowed=kinds)


class _Joined:
    """The pieces of an upload as one file, a few in memory at a time."""

    def __init__(self, upload: Upload) -> None:
        self.name, self.size, self._upload = upload.name, upload.size, upload

    def chunks(self) -> Iterator[bytes]:
        """Its bytes in their order."""
        rows = self._upload.pieces.order_by("offset").values_list("data", flat=True)
        return (bytes(piece) for piece in rows.iterator(chunk_size=4))


def sweep_uploads() -> int:
    """Remove uploads nobody went on with. Safe to run at any time and twice."""
    return Upload.objects.filter(touched_at__lt=clock.now() - GIVEN_UP).delete()[0]
