"""The pictures and fonts inside a Word document: what a reader of it would decode, looked at before anybody does."""

import re
import struct
import warnings
from io import BytesIO
from zipfile import ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy
from PIL import Image

from taawun.papers.archives import part_of
from taawun.papers.pictures import PIXELS

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
MEDIA = re.compile(r"(?:^|/)media/", re.IGNORECASE)
FONT = re.compile(r"(?:^|/)fonts/|\.(?:odttf|ttf|otf|ttc)$", re.IGNORECASE)
FONT_KEY = re.compile(rb'fontKey="\{([0-9A-Fa-f-]{36})\}"')
FONT_BEGINS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
HIDDEN = 32  # bytes of an embedded font that Word mixes with its key
MOST_FONTS = 8 * 1024 * 1024
ENTRY = 16  # bytes of a line in a font's table of contents

DRAWING = gettext_lazy(
    "The document carries a drawing (EMF, WMF, SVG) or something else in the place of a picture. "
    "Insert it as PNG or JPEG and send the document again."
)
TOO_LARGE = gettext_lazy(
    "A picture in the document has too many dots. Make it smaller and send the document again."
)
CUT = gettext_lazy(
    "A picture in the document is damaged or cut short. Insert it again and send the document again."
)
FONTS_LARGE = gettext_lazy(
    "The fonts in the document are too large. Switch off “Embed fonts in the file” in Word and send it again."
)
FONT_DAMAGED = gettext_lazy(
    "A font in the document is damaged. Switch off “Embed fonts in the file” in Word and send it again."
)


def check_media(archive: ZipFile) -> None:
    """Raise `ValidationError` for a picture or font that is none, is damaged, or would fill the memory."""
    parts = [part for part in archive.infolist() if not part.is_dir()]
    fonts = [part for part in parts if FONT.search(part.filename)]
    if sum(part.file_size for part in fonts) > MOST_FONTS:
        raise ValidationError(FONTS_LARGE, code="fonts")
    keys = _keys(archive) if fonts else []
    for part in fonts:
        if not _is_font(part_of(archive, part), keys):
            raise ValidationError(FONT_DAMAGED, code="fonts")
    for part in parts:
        if MEDIA.search(part.filename):
            _check_picture(part_of(archive, part))


def _check_picture(data: bytes) -> None:
    """A picture by its content, read to its end without being drawn at its size."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_LARGE, code="pixels") from error
    except Exception as error:  # whatever it is, it is none of the pictures that are taken
        raise ValidationError(DRAWING, code="picture") from error
    with picture:
        if picture.width * picture.height > PIXELS:
            raise ValidationError(TOO_LARGE, code="pixels")
        try:
            if picture.format == "JPEG":
                picture.draft("L", (1, 1))  # an eighth of each side is enough to see that it is whole
                picture.load()
            else:
                picture.verify()
        except Exception as error:
            raise ValidationError(CUT, code="cut") from error


def _keys(archive: ZipFile) -> list[bytes]:
    """The keys with which Word hides the beginnings of fonts."""
    tables = [name for name in archive.namelist() if name.lower().endswith("fonttable.xml")]
    found = {key for name in tables for key in FONT_KEY.findall(archive.read(name))}
    return [bytes.fromhex(key.replace(b"-", b"").decode())[::-1] for key in sorted(found)]


def _is_font(data: bytes, keys: list[bytes]) -> bool:
    """Whether the bytes, as they are or freed of one of the keys, are a font whose tables lie within it."""
    freed = [data] + [
        bytes(byte ^ key[n % len(key)] for n, byte in enumerate(data[:HIDDEN])) + data[HIDDEN:]
        for key in keys
    ]
    return any(_has_its_tables(one) for one in freed)


def _has_its_tables(data: bytes) -> bool:
    if data[:4] not in FONT_BEGINS or len(data) < 12:
        return False
    count = struct.unpack(">H", data[4:6])[0]
    if not 0 < count <= 100 or len(data) < 12 + ENTRY * count:
        return False
    lines = (struct.unpack(">4sIII", data[at : at + ENTRY]) for at in range(12, 12 + ENTRY * count, ENTRY))
    return all(start + length <= len(data) for _name, _sum, start, length in lines)
