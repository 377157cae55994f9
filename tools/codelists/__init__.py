"""The code lists in `src/taawun/reference/data`, made from the standards' own files and from CLDR, by Babel.

    python -m tools.codelists FOLDER_OF_THE_STANDARDS

Run by a developer when a standard changes; then the difference is read, and the version set in `manifest.toml`. The
program itself reads only the CSV files this writes. `modality.csv` and `decision-reason.csv` are our own and are not
written here.
"""

from pathlib import Path

from tools.codelists import iati, oecd, sdg, tossd, world
from tools.codelists.sheet import Row, write

DATA = Path(__file__).resolve().parents[2] / "src" / "taawun" / "reference" / "data"


def build(standards: Path, into: Path = DATA) -> None:
    """Write every list that is not our own into a folder."""
    for slug, rows in lists(standards).items():
        write(into / f"{slug}.csv", rows)


def lists(standards: Path) -> dict[str, list[Row]]:
    """The rows of every list by its slug, as the standards' files hold them."""
    from_iati = iati.lists(standards / "iati" / "codelists" / "xml")
    return {
        **world.lists(standards / "iso", standards / "oecd"),
        **oecd.lists(standards / "oecd", from_iati),
        **sdg.lists(standards / "sdg"),
        **tossd.lists(standards / "tossd"),
    }
