"""What a job of many papers made, in one archive: put together while it is sent, each paper through its gate."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import IO, Any, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext as _

from taawun.foundation.models import Job
from taawun.papers.documents import opened_by
from taawun.papers.inspection import tidy
from taawun.papers.kinds import named
from taawun.papers.many import documents_of
from taawun.papers.models import File
from taawun.ui.columns import harmless

PIECE = 256 * 1024
STILL = (1980, 1, 1, 0, 0, 0)  # the same papers are the same bytes


class _Sink:
    """A file that hands over what was written to it, and keeps nothing."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: Any, /) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def taken(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def archive_of(job: Job, language: str) -> Iterator[bytes]:
    """The archive in pieces: every paper its owner may read today, and an index that names those left out.

    `language` is that of the index. Memory stays that of one piece, however many papers there are.
    """
    sink, lines = _Sink(), [_head(language)]
    made = documents_of(job)
    opened = opened_by(job.actor, made.values())
    with ZipFile(cast("IO[bytes]", sink), "w", ZIP_STORED) as archive:
        for item in job.items.order_by("number").iterator(chunk_size=500):
            document = made.get(item.address) if item.state == "done" else None
            file = _file(document, job.arguments["format"]) if document else None
            if document is None or file is None or document.pk not in opened:
                lines.append(["", "", str(item), "", "", "", item.reason])
                continue
            yield from _entry(archive, sink, file)
            kind = named(document.paper)
            lines.append(
                [
                    document.number,
                    document.case_code,
                    str(item),
                    kind,
                    document.sha256,
                    file.original_name,
                    "",
                ]
            )
        archive.writestr(_info("index.csv"), _index(lines, language))
        yield sink.taken()
    yield sink.taken()


def _file(document: Any, wanted: str) -> File | None:
    return next((row.file for row in document.renderings.all() if row.format == wanted), None)


def _info(name: str) -> ZipInfo:
    return ZipInfo(name, STILL)


def _entry(archive: ZipFile, sink: _Sink, file: File) -> Iterator[bytes]:
    with (
        archive.open(_info(tidy(file.original_name)), "w") as target,
        default_storage.open(file.stored_name) as source,
    ):
        while piece := source.read(PIECE):
            target.write(piece)
            yield sink.taken()


def _head(language: str) -> list[Any]:
    with translation.override(language):
        return [
            *(_("Number"), _("Case"), _("Title"), _("Kind")),
            *(_("SHA-256 hash"), _("File"), _("Why")),
        ]


def _index(lines: list[list[Any]], language: str) -> bytes:
    text = StringIO()
    writer = csv.writer(text, delimiter=";" if language == "fr" else ",")
    writer.writerows([harmless(str(cell)) for cell in line] for line in lines)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
