"""Whether a PDF is a whole one, and nothing but pages: no program, no file inside, nothing it would start or send."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEADER = re.compile(rb"%PDF-[12]\.\d")
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF[\s\x00]*\Z")
TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
STREAM = re.compile(rb"\bstream\r?\n")
HEX_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
# Long enough not to occur by chance in packed bytes, so they are looked for everywhere.
ACTIVE = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|Rendition)(?![A-Za-z0-9_.\-])"
)
# Short names are looked for where names stand: outside streams.
ACTIVE_SHORT = re.compile(rb"/(JS|XFA|GoToE)(?![A-Za-z0-9_.\-])")
UNPACKED = 64 * 1024 * 1024


def check(data: bytes) -> None:
    """Raise `ValidationError` for a PDF that is cut short, locked, carries another file, or does more than show."""
    if not HEADER.match(data):
        raise ValidationError(_("This is not a proper PDF: its first line is wrong."), code="damaged")
    _refuse_cut_short(data)
    _refuse_a_second_file(data)
    if re.search(rb"/Encrypt\b", data):
        raise ValidationError(
            _(
                "The PDF is locked with a password or restrictions, so it cannot be checked. Send it unlocked."
            ),
            code="locked",
        )
    if _is_active(data):
        raise ValidationError(
            _(
                "The PDF carries a program, a form that sends data, or another file inside. "
                "Print it to a new PDF and send that."
            ),
            code="active",
        )


def _refuse_cut_short(data: bytes) -> None:
    end = END.search(data[-2048:])
    if not end:
        raise ValidationError(_("The PDF is cut short: its end is missing. Send it again."), code="damaged")
    at = int(end[1])
    if at >= len(data) or not TABLE.match(data[at : at + 64]):
        raise ValidationError(
            _("The PDF is damaged: its table of contents is not where it should be."), code="damaged"
        )


def _refuse_a_second_file(data: bytes) -> None:
    """An archive hung onto a PDF is read as an archive by other programs."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            hidden = bool(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return
    if hidden:
        raise ValidationError(
            _("The PDF has an archive hung onto it. Print it to a new PDF and send that."), code="active"
        )


def _is_active(data: bytes) -> bool:
    if ACTIVE.search(_names_in_clear(data)):
        return True
    texts = [_outside_streams(data), *_packed_objects(data)]
    return any(ACTIVE.search(text) or ACTIVE_SHORT.search(text) for text in map(_names_in_clear, texts))


def _names_in_clear(text: bytes) -> bytes:
    """Names may be written with hexadecimal signs (/J#61vaScript): read them as a reader would."""
    return HEX_SIGN.sub(lambda found: bytes([int(found[1], 16)]), text)


def _outside_streams(data: bytes) -> bytes:
    """The text in which names stand; packed bytes would only show them by chance."""
    outside, at = [], 0
    for found in STREAM.finditer(data):
        if found.start() >= at:
            outside.append(data[at : found.start()])
            at = data.find(b"endstream", found.end())
            if at < 0:
                return b"\n".join(outside)
    outside.append(data[at:])
    return b"\n".join(outside)


def _packed_objects(data: bytes) -> Iterator[bytes]:
    """The objects packed into streams, in clear. What cannot be unpacked is refused: it might hide anything."""
    left = UNPACKED
    for found in STREAM.finditer(data):
        described = _description_before(data, found.start())
        if b"/ObjStm" not in described and b"/First" not in described:
            continue
        if b"/Filter" not in described:
            continue  # it stands in clear, and was read with the rest
        if b"/FlateDecode" not in described or b"/DecodeParms" in described:
            raise ValidationError(_unreadable(), code="locked")
        try:
            text = zlib.decompressobj().decompress(data[found.end() :], left)
        except zlib.error as error:
            raise ValidationError(_unreadable(), code="damaged") from error
        left -= len(text)
        if left <= 0:
            raise ValidationError(_unreadable(), code="damaged")
        yield text


def _description_before(data: bytes, at: int) -> bytes:
    """The dictionary that describes a stream stands between the object's beginning and the stream."""
    before = data[max(0, at - 4096) : at]
    return _names_in_clear(before[max(0, before.rfind(b"obj")) :])


def _unreadable() -> str:
    return _("Parts of the PDF cannot be read, so it cannot be checked. Print it to a new PDF and send that.")
