"""Files made for the tests: honest ones, and ones that lie."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo


def pdf(*, catalog: bytes = b"", objects: tuple[bytes, ...] = (), text: bytes = b"") -> bytes:
    """A whole PDF of one empty page; `catalog` adds to its root, `objects` are further objects from number 4 on."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        *objects,
    ]
    out, places = b"%PDF-1.5\n" + text, []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table)


def stream(content: bytes, described: bytes = b"") -> bytes:
    """The body of a packed stream."""
    packed = zlib.compress(content)
    return b"<< /Filter /FlateDecode /Length %d %s >>\nstream\n%s\nendstream" % (
        len(packed),
        described,
        packed,
    )


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **options) -> bytes:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", size, (0, 80, 40)).save(out, form, **options)
    return out.getvalue()


def located_jpeg() -> bytes:
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "A maker of telephones"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 48.0, 0.0), 3: "E", 4: (96.0, 9.0, 0.0)})
    return picture("JPEG", exif=exif)


def huge_png(side: int) -> bytes:
    """A few bytes that claim to be a picture of side × side dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def archive() -> bytes:
    """A zip with a program in it."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("run.exe", b"MZ")
    return out.getvalue()


def sent(data: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    """As a browser sends it; it says of every file that it is a PDF."""
    return SimpleUploadedFile(name, data, content_type="application/pdf")


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="16,48N"/></rdf:RDF></x:xmpmeta>'
)


def where() -> Image.Exif:
    """What a telephone notes of the place."""
    exif = Image.Exif()
    exif[0x010F] = "A maker of telephones"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 48.0, 0.0), 3: "E", 4: (96.0, 9.0, 0.0)})
    return exif


def located_pngs() -> dict[str, bytes]:
    """PNG pictures that say where they were taken: in an eXIf chunk, in XMP plain and packed."""
    made = {"exif": picture("PNG", exif=where())}
    for name, packed in (("xmp", False), ("xmp-packed", True)):
        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=packed)
        made[name] = picture("PNG", pnginfo=notes)
    return made


def located_jpegs() -> dict[str, bytes]:
    """JPEG pictures that say where they were taken: in EXIF, in XMP, by the name of the town."""
    town = b"\x1c\x02\x5a\x00\x06Yangon"
    block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(town)) + town + b"\x00" * (len(town) % 2)
    photoshop = b"Photoshop 3.0\x00" + block
    plain = picture("JPEG")
    segment = b"\xff\xed" + struct.pack(">H", len(photoshop) + 2) + photoshop
    return {
        "exif": picture("JPEG", exif=where()),
        "xmp": picture("JPEG", xmp=XMP),
        "iptc": plain[:2] + segment + plain[2:],
    }
