"""Pictures are drawn anew: what hides in them (places, names, other files) does not come along."""

import re
from contextlib import suppress
from io import BytesIO
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageFile, ImageOps, IptcImagePlugin

from taawun.papers.models import FileKind

PIXELS = 50_000_000  # an A4 page at 600 dots an inch has 35 million
FORMATS = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}
OPTIONS: dict[str, dict[str, Any]] = {"PNG": {"compress_level": 4}, "JPEG": {"quality": 90}}
MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "JPEG": {"L", "RGB"}}

# Where a picture may say that it was taken: places of EXIF, of IPTC (district, place, province, country), names of XMP.
PLACES = {2, 4, 20, 22, 28}
TOWNS = {(2, 90), (2, 92), (2, 95), (2, 101)}
TOLD = re.compile(
    rb"GPS(?:Dest)?L(?:at|ong)itude|GPSAreaInformation|photoshop:(?:City|State|Country)"
    rb"|Location(?:Created|Shown)|Iptc4xmpCore:Location"
)


class Cleaned(NamedTuple):
    """A picture drawn anew, and whether it said where it was taken."""

    data: bytes
    located: bool


def cleaned(data: bytes, kind: str) -> Cleaned:
    """The same picture without anything but the picture: turned upright, its resolution kept.

    Refuses one that cannot be read to the end, and one so large that reading it would exhaust the machine.
    """
    form = FORMATS[FileKind(kind)]
    try:
        with Image.open(BytesIO(data), formats=[form]) as seen:
            width, height = seen.size
            if width * height <= PIXELS:
                seen.verify()
                return _drawn_anew(data, form)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        width = height = 0
    except Exception as error:  # decoders stumble in many ways, and each means the same to the sender
        raise ValidationError(
            _("The picture is damaged or cut short: it cannot be read to the end."), code="damaged"
        ) from error
    raise ValidationError(_too_large(width, height), code="pixels")


def _too_large(width: int, height: int) -> str:
    if not width:
        return _("The picture has far too many dots. Scan it again at a lower resolution.")
    return _(
        "The picture has %(width)s × %(height)s dots, which is too many. Scan it again at a lower resolution."
    ) % {
        "width": width,
        "height": height,
    }


def _drawn_anew(data: bytes, form: str) -> Cleaned:
    with Image.open(BytesIO(data), formats=[form]) as picture:
        picture.load()  # to the end: a PNG may say it after its dots
        located = _is_located(picture)
        resolution = picture.info.get("dpi")
        upright = ImageOps.exif_transpose(picture)
        bare = upright if upright.mode in MODES[form] else upright.convert("RGB")
        options = dict(OPTIONS[form])
        if resolution:
            options["dpi"] = resolution
        bare.info = {key: value for key, value in bare.info.items() if key == "transparency"}
        out = BytesIO()
        bare.save(out, form, **options)
    return Cleaned(out.getvalue(), located)


def _is_located(picture: ImageFile.ImageFile) -> bool:
    """Whether the picture says where it was taken, in any of the ways programs read."""
    with suppress(Exception):  # a damaged note beside a sound picture goes unread
        if PLACES & set(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)):
            return True
    with suppress(Exception):
        if TOWNS & set(IptcImagePlugin.getiptcinfo(picture) or {}):
            return True
    said = [*picture.info.values(), *(part for _name, part in getattr(picture, "applist", []))]
    return any(TOLD.search(_bytes(one)) for one in said)


def _bytes(value: Any) -> bytes:
    if isinstance(value, str):
        return value.encode(errors="replace")
    return value if isinstance(value, bytes) else b""
