"""The whole program, started as `make demo` starts it, over folders of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from taawun.config import due

PATIENCE = 60.0  # seconds; a busy machine is no failure


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(what: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Look again and again, for things another process does. Whether it came about in time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def lives(pid: int) -> bool:
    try:
        return Path("/proc", str(pid), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    listed = Path("/proc", str(pid), "task", str(pid), "children")
    return [int(child) for child in listed.read_text().split()] if listed.exists() else []


def command(pid: int) -> str:
    try:
        return Path("/proc", str(pid), "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


class Program:
    """One run of the program over the folder `var`; leaving the block ends it, however it fares.

    `said` holds what it printed until it was ready (or had ended).
    """

    MARKS = {"database": "postgres", "web": "gunicorn", "worker": "taawun worker"}

    def __init__(
        self,
        var: Path,
        port: int | None = None,
        *,
        ignoring_interrupts: bool = False,
        settings: dict[str, str] | None = None,
    ) -> None:
        self.settings = settings or {}
        self.var, self.port = var, port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said: list[str] = []
        self._ignoring = ignoring_interrupts

    def __enter__(self) -> Program:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("TAAWUN_", "DJANGO_"))}
        kept.pop("DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "taawun", "demo", "--stop-with-parent", "--port", str(self.port)],
            env=kept | self.settings | {"TAAWUN_VAR": str(self.var), "PYTHONPATH": str(due.ROOT / "src")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=self._before,
        )
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Ready in"):
                break
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        self.process.stdout.close()

    def _before(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN if self._ignoring else signal.SIG_DFL)

    def links(self) -> list[tuple[str, str, str]]:
        """The sign-in links it offers: role, person, address."""
        return [tuple(row) for row in json.loads((self.var / "run" / "links.json").read_text())]

    def find(self, part: str) -> int | None:
        """The process of a part (database, web or worker), as it stands now."""
        found = [pid for pid in children(self.process.pid) if self.MARKS[part] in command(pid)]
        return found[0] if found else None

    def everyone(self) -> list[int]:
        """Every process of this run, the supervisor first."""
        found = [self.process.pid]
        for pid in found:
            found.extend(children(pid))
        return found

    def status(self, path: str = "/", seconds: float = PATIENCE) -> int | None:
        """The status a page answers with; None while nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()
