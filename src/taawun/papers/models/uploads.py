"""A file that arrives in pieces over a bad line."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from taawun.foundation import clock
from taawun.papers.models.files import File


class Upload(models.Model):
    """A file on its way: how much of it is here. Its sender's alone; inspected when it is whole, then `file`.

    The pieces stand in the database, so that a piece and the place it moves the upload to are one transaction, on
    however many machines the program runs.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    kinds = models.JSONField()
    offset = models.PositiveBigIntegerField(default=0)
    touched_at = models.DateTimeField(default=clock.now)
    file = models.ForeignKey(File, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="upload_by_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=F("size")), name="upload_within_its_size")
        ]

    def __str__(self) -> str:
        return self.name


class UploadPiece(models.Model):
    """Bytes of an upload, from `offset` on."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="upload_piece_once")]

    def __str__(self) -> str:
        return str(self.offset)
