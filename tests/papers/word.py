"""Word files made for the tests: templates of an agency, and ones that mean harm."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document


def docx(*lines: str, header: str = "", footer: str = "", title: str = "") -> bytes:
    """A Word file of these paragraphs."""
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    if footer:
        made.sections[0].footer.paragraphs[0].text = footer
    made.core_properties.title = title
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def in_runs(*pieces: str) -> bytes:
    """A Word file whose one paragraph is cut into these runs, as Word does after spelling."""
    made = Document()
    paragraph = made.add_paragraph()
    for n, piece in enumerate(pieces):
        paragraph.add_run(piece).bold = bool(n % 2)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_parts(parts: dict[str, bytes], data: bytes = b"") -> bytes:
    """A Word file with these parts put in, or in the place of its own."""
    out = BytesIO()
    with ZipFile(BytesIO(data or docx("Text."))) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def said(data: bytes) -> list[str]:
    """The paragraphs of a Word file."""
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]
