"""The real portfolio of the demonstration: `python tools/portfolio.py FOLDER` packs it from the standards' examples.

FOLDER holds `iati/examples`. Each file is the publisher's own, without its contact persons (personal data are not
shipped); the same source gives the same bytes.
"""

import gzip
import sys
import tomllib
from pathlib import Path

from lxml import etree

TARGET = Path(__file__).resolve().parent.parent / "src" / "taawun" / "workspace" / "demo" / "portfolio"


def packed(source: bytes) -> bytes:
    """A file without its `contact-info`, packed."""
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
    for contact in root.findall("iati-activity/contact-info"):
        contact.getparent().remove(contact)
    text = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return gzip.compress(text, compresslevel=9, mtime=0)


def entries() -> list[dict[str, str]]:
    """What the manifest says of each file."""
    return list(tomllib.loads((TARGET / "manifest.toml").read_text(encoding="utf-8"))["file"])


def pack(folder: Path) -> dict[str, bytes]:
    """Every file of the manifest by its name."""
    return {
        one["name"]: packed((folder / "iati" / "examples" / one["example"]).read_bytes()) for one in entries()
    }


if __name__ == "__main__":
    for name, content in pack(Path(sys.argv[1])).items():
        (TARGET / name).write_bytes(content)
