"""Operations that were taken over from what was published about them."""

from django.conf import settings
from django.db import models

from taawun.cycle.models import Operation
from taawun.foundation import clock
from taawun.interchange.models.loads import Load


class Taking(models.Model):
    """From which text of which activity an operation was taken over, and what of it found no place.

    The activity is named by its identifier, and its text kept here too: whatever is loaded or taken back later, every
    number of the design can be looked up. `left`: [slug, of what, as written]; `not_said`: slugs. `last_event`: the
    last entry of the operation's record that belongs to the taking over; after a later one nothing is undone.
    """

    operation = models.OneToOneField(Operation, on_delete=models.PROTECT, related_name="+")
    identifier = models.CharField(max_length=500, db_index=True)
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    standard = models.CharField(max_length=500, blank=True)
    deflated = models.BinaryField()
    left = models.JSONField(default=list)
    not_said = models.JSONField(default=list)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)
    last_event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.identifier}"
