"""Builds src/taawun/papers/data/reference.docx: pandoc's own reference document in the look of our papers.

Run it again when the look changes: `.venv/bin/python tools/reference_docx.py`.
"""

import subprocess
from io import BytesIO
from pathlib import Path

import pypandoc
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

TARGET = Path(__file__).parent.parent / "src" / "taawun" / "papers" / "data" / "reference.docx"
LATIN, ARABIC = "Times New Roman", "Arial"  # on every machine that opens Word documents
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="B9B0A0"'


def main() -> None:
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    document = Document(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
    for style in document.styles:
        if hasattr(style, "font"):
            _write_in(style)
    for name, size in (("Heading 1", 16), ("Heading 2", 12.5), ("Heading 3", 11), ("Title", 16)):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(size), True, RGBColor(0x1C, 0x26, 0x21)
        style.font.cs_bold = True
    document.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _table_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    document.core_properties.author, document.core_properties.title = "", ""
    document.save(str(TARGET))
    print(TARGET, TARGET.stat().st_size)


def _write_in(style) -> None:
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    names = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{LATIN}" w:cs="{ARABIC}"'
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))


def _table_styles(document) -> None:
    """Tables with thin lines; one without, for what only stands side by side."""
    styles = document.styles.element
    table = next(s for s in styles.iter(qn("w:style")) if s.get(qn("w:styleId")) == "Table")
    for old in table.findall(qn("w:tblPr")):
        table.remove(old)
    sides = "".join(f"<w:{s} {LINE}/>" for s in ("top", "left", "bottom", "right", "insideH", "insideV"))
    margins = "".join(f'<w:{s} w:w="80" w:type="dxa"/>' for s in ("left", "right"))
    table.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{sides}</w:tblBorders>"
            f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        )
    )
    styles.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Beside">'
            f'<w:name w:val="Beside"/><w:qFormat/><w:tblPr><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>'
        )
    )


if __name__ == "__main__":
    main()
