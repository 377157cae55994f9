"""The databases of the tests: made once for a set of migrations, copied for every run.

A *mould* is a finished data folder, kept under var/test and named after what it was made from. A run copies
it and starts a server of its own over the copy, so that runs beside each other know nothing of one another;
what a killed run left is cleared away by the next. Three moulds:

* `empty`: the migrated tables and nothing in them;
* `bare`: what a demo needs to start (code lists, static files), without its world;
* `world`: what `make demo` makes (code lists, the demonstration world, its files and the static files).
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from taawun.config import due
from taawun.foundation import embedded

NAME = "taawun"
KEPT_MOULDS = 2


@dataclass(frozen=True)
class Mould:
    name: str
    made_from: Callable[[], str]
    steps: tuple[str, ...]
    environment: dict[str, str]
    noted: tuple[str, ...] = ()  # steps noted as done without being done


def _whole_source() -> str:
    kinds = {".py", ".html", ".txt", ".json", ".csv", ".toml", ".po", ".css", ".js", ".svg"}
    return due.digest(path for path in due.PACKAGE.rglob("*") if path.suffix in kinds)


def _what_a_start_looks_at() -> str:
    return "-".join([due.migrations_digest(), due.reference_digest(), due.static_digest()])


MOULDS = {
    "bare": Mould(
        "bare",
        _what_a_start_looks_at,
        ("messages", "static", "migrations", "reference"),
        {"TAAWUN_DEMO": "1"},
        noted=("demo",),
    ),
    "empty": Mould("empty", due.migrations_digest, ("migrations",), {"TAAWUN_TESTING": "1"}),
    "world": Mould("world", _whole_source, (), {"TAAWUN_DEMO": "1"}),
}


@contextmanager
def running_copy(name: str, settings: dict[str, str] | None = None) -> Iterator[embedded.Server]:
    """A server of our own over a copy of a mould; its database is `taawun`, and `home` is its var folder."""
    wanted = embedded.FOR_TESTS | (settings or {})
    with copy(name) as home, embedded.Server(home, settings=wanted) as server, server.running():
        yield server


@contextmanager
def copy(name: str) -> Iterator[Path]:
    """A copy of a mould: a whole var folder, with `postgres` in it. Removed at the end."""
    place = _place()
    with _locked(place / f"{name}.lock", fcntl.LOCK_EX):
        _clear_away(place, name)
        mould = _find_or_make(place, MOULDS[name])
    home = Path(tempfile.mkdtemp(prefix=f"run-{os.getpid()}-", dir=place))
    home.chmod(0o755)  # the server's own user passes through; the data folder itself is closed
    try:
        with _locked(place / f"{name}.lock", fcntl.LOCK_SH):
            subprocess.run(["cp", "-a", *mould.iterdir(), home], check=True)
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _place() -> Path:
    return embedded.find_home(due.ROOT / "var" / "test")


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    with path.open("a") as lock:
        fcntl.flock(lock, kind)
        yield


def _clear_away(place: Path, name: str) -> None:
    """Remove what killed runs left, and all but the last moulds of this name."""
    for left in [*place.glob("run-*"), *place.glob("new-*")]:
        if not _lives(int(left.name.split("-")[1])):
            embedded.forget_socket(left)
            shutil.rmtree(left, ignore_errors=True)
    moulds = sorted(place.glob(f"mould-{name}-*"), key=lambda path: path.stat().st_mtime)
    for old in moulds[:-KEPT_MOULDS]:
        shutil.rmtree(old, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _find_or_make(place: Path, mould: Mould) -> Path:
    for _ in range(2):  # a source that changed meanwhile is begun again, once
        key = mould.made_from()
        found = place / f"mould-{mould.name}-{key}"
        if found.exists():
            os.utime(found)
            return found
        made = Path(tempfile.mkdtemp(prefix=f"new-{os.getpid()}-", dir=place))
        made.chmod(0o755)
        _make(made, mould)
        if mould.made_from() == key:
            return made.rename(found)
    return made  # it changes all the time: good for this run, kept for no other


def _make(home: Path, mould: Mould) -> None:
    with embedded.Server(home, settings=embedded.FOR_TESTS) as server, server.running():
        server.make_database(NAME)
        prepare(server.url(NAME), *mould.steps, TAAWUN_VAR=str(home), **mould.environment)
        _note(server, mould.noted)
    (home / "postgres.lock").unlink()


def _note(server: embedded.Server, steps: tuple[str, ...]) -> None:
    notes = due.read_notes(server.query(f"{due.READ_NOTES} '{NAME}'"))
    notes |= {name: wanted for name, wanted in due.database_wants(demo=True).items() if name in steps}
    server.query(f"COMMENT ON DATABASE {NAME} IS '{json.dumps(notes)}'")


def prepare(url: str, *steps: str, **environment: str) -> None:
    """Run `taawun prepare` on a database, as a start does."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("TAAWUN_", "DJANGO_"))}
    subprocess.run(
        [sys.executable, "-m", "taawun", "prepare", *steps],
        env={**kept, **environment, "DATABASE_URL": url, "PYTHONPATH": str(due.ROOT / "src")},
        stdout=subprocess.DEVNULL,
        check=True,
    )


@contextmanager
def clone(url: str, template: str, name: str) -> Iterator[None]:
    """A database of the same content on the same server, dropped at the end."""
    _execute(url, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        yield
    finally:
        _execute(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def template_on(url: str) -> str:
    """The migrated template on a server of the reader's own (DATABASE_URL), made where it is missing."""
    name = f"test_taawun_{due.migrations_digest()}"
    with psycopg.connect(url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"{name}"]).fetchone():
            _execute(url, "CREATE DATABASE {}", f"{name}_new")
            prepare(at(url, f"{name}_new"), "migrations", TAAWUN_TESTING="1")
            _execute(url, "ALTER DATABASE {} RENAME TO {}", f"{name}_new", name)
    return name


def at(url: str, database: str) -> str:
    """The same server's address, another database."""
    address, _, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/{database}" + (f"?{options}" if options else "")


def _execute(url: str, statement: str, *names: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
