"""The text that is kept of an activity, read again."""

from io import BytesIO

from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.ports import Obstacle
from taawun.foundation.steps import Refused
from taawun.interchange.iati import reading
from taawun.interchange.iati.records import Activity


def activity_of(kept: bytes, standard: str) -> Activity:
    """An activity read again from the text that is kept of it."""
    version = standard.encode("ascii", "replace").replace(b'"', b"")
    text = b'<iati-activities version="%s">%s</iati-activities>' % (version, kept)
    read = next(reading.read(BytesIO(text), today=clock.today(), kept=True), None)
    if read is None or read.activity is None:
        raise Refused([Obstacle(_("A text that is kept can no longer be read."))])
    return read.activity
