"""What must be done before the program serves, and only when it is due.

The files know by themselves: a catalogue older than its source, static files whose content changed. What was
done to the database is noted in the database (the comment on it), so that a note cannot speak of another one.
Finding out costs milliseconds and needs neither Django nor a driver; `taawun.config.prepare` does the work.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
READ_NOTES = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = "


def var_folder() -> Path:
    return Path(os.environ.get("TAAWUN_VAR") or ROOT / "var").resolve()


def digest(paths: Iterable[Path]) -> str:
    """One hash over the names and contents of files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(ROOT)}\0{content}\n".encode())
    return total.hexdigest()[:16]


def _pins() -> list[Path]:
    """The locked dependencies: some bring migrations or static files of their own."""
    return [path for path in [ROOT / "requirements" / "run.txt"] if path.exists()]


def migrations_digest() -> str:
    return digest([*_pins(), *PACKAGE.glob("*/migrations/*.py")])


def reference_digest() -> str:
    return digest(_files_under(PACKAGE / "reference"))


def static_digest() -> str:
    return digest([*_pins(), *(path for folder in PACKAGE.glob("*/static") for path in _files_under(folder))])


def _files_under(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def database_wants(*, demo: bool) -> dict[str, str]:
    """The notes in a database for which nothing is due."""
    wanted = {"migrations": migrations_digest(), "reference": reference_digest()}
    return {**wanted, "demo": "made"} if demo else wanted


def read_notes(comment: str | None) -> dict[str, str]:
    try:
        return dict(json.loads(comment or "{}"))
    except ValueError:  # somebody else's comment
        return {}


def database_due(notes: dict[str, str], *, demo: bool) -> list[str]:
    return [name for name, wanted in database_wants(demo=demo).items() if notes.get(name) != wanted]


def stale_catalogues() -> list[Path]:
    """The translations whose compiled form is missing or older than the source."""
    sources = PACKAGE.glob("locale/*/LC_MESSAGES/*.po")
    return [path for path in sources if _age(path.with_suffix(".mo")) < _age(path)]


def _age(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0


def static_note() -> Path:
    """Where the digest of the collected static files is written down."""
    return var_folder() / "static.digest"


def files_due() -> list[str]:
    due = ["messages"] if stale_catalogues() else []
    note, collected = static_note(), var_folder() / "static" / "staticfiles.json"
    if not (note.exists() and collected.exists() and note.read_text() == static_digest()):
        due.append("static")
    return due
