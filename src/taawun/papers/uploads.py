"""Uploads beyond the limit are not written down, only counted, so that their sender can be told how large they were."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from taawun.papers.large import limit_of


class Bounded(FileUploadHandler):
    """The first of the upload handlers: lets nothing through to the others once a file is larger than can be taken."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0
        self.limit = limit_of(self.request)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.seen += len(raw_data)
        return raw_data if self.seen <= self.limit else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """For a file beyond the limit an empty one that tells its size; the others are left to the next handler."""
        if self.seen <= self.limit:
            return None
        for other in self.request.upload_handlers if self.request else ():
            other.upload_interrupted()  # what was written of it so far goes
        return UploadedFile(BytesIO(), self.file_name, self.content_type, self.seen, self.charset)
