"""What others publish, as they published it: the real portfolio the demonstration comes with."""

import gzip
import tempfile
import tomllib
from pathlib import Path

from taawun.interchange.actions import Terms, take_in
from taawun.interchange.sources import file_source
from taawun.workspace.demo import cast

PORTFOLIO = Path(__file__).parent / "portfolio"


def take_in_portfolio() -> None:
    """An agency's administrator takes in the files of three publishers, each under its own licence."""
    manifest = tomllib.loads((PORTFOLIO / "manifest.toml").read_text(encoding="utf-8"))
    admin = cast.user("jica-admin")
    with tempfile.TemporaryDirectory() as folder:
        for one in manifest["file"]:
            name = one["name"].removesuffix(".gz")
            path = Path(folder) / name
            path.write_bytes(gzip.decompress((PORTFOLIO / one["name"]).read_bytes()))
            take_in(
                file_source(path, name),
                actor=admin,
                terms=Terms(one["address"], one["licence"], one["attribution"]),
            )
