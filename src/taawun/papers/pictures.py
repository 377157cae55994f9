"""Pictures are drawn anew: what hides in them (places, names, other files) does not come along."""

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from taawun.papers.models import FileKind

PIXELS = 50_000_000  # an A4 page at 600 dots an inch has 35 million
FORMATS = {FileKind.PNG: "PNG", FileKind.JPEG: "JPEG"}
OPTIONS: dict[str, dict[str, Any]] = {"PNG": {"compress_level": 4}, "JPEG": {"quality": 90}}
MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}, "JPEG": {"L", "RGB"}}


def cleaned(data: bytes, kind: str) -> bytes:
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


def _drawn_anew(data: bytes, form: str) -> bytes:
    with Image.open(BytesIO(data), formats=[form]) as picture:
        picture.load()
        resolution = picture.info.get("dpi")
        upright = ImageOps.exif_transpose(picture)
        bare = upright if upright.mode in MODES[form] else upright.convert("RGB")
        options = dict(OPTIONS[form])
        if resolution:
            options["dpi"] = resolution
        bare.info = {key: value for key, value in bare.info.items() if key == "transparency"}
        out = BytesIO()
        bare.save(out, form, **options)
    return out.getvalue()
