"""The whole program on one machine: database, web server and job worker under one supervisor.

It serves on loopback only, which is what allows the demo's sign-in links and settable clock.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from taawun.config import due
from taawun.foundation import embedded
from taawun.foundation.supervisor import (
    Part,
    PartFailed,
    Stopped,
    Supervisor,
    die_with_parent,
    start_process,
)

LONG_LOG = 5_000_000
WORDS = {
    "messages": "translations",
    "static": "static files",
    "migrations": "database tables",
    "reference": "code lists",
    "demo": "the demonstration world",
}


class Refused(Exception):
    """Why the demo cannot start here, in a sentence for the person at the terminal."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m taawun demo", description=__doc__)
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)
    parser.add_argument("--stop-with-parent", action="store_true", help="stop when the starting process ends")
    options = parser.parse_args(arguments)
    if options.stop_with_parent:
        die_with_parent(signal.SIGTERM, os.getppid())
    try:
        Demo(options.port, due.var_folder(), _moment_of_start()).run()
    except Stopped:
        say("Stopped. Your data stay where they are.")
    except PermissionError as why:
        say(f"{why}. Does this folder belong to another user?")
        return 1
    except (Refused, embedded.CannotStart) as why:
        say(str(why))
        return 1
    return 0


def _moment_of_start() -> float:
    """When `make` began (the shell writes it in its own locale), else now."""
    return float(os.environ.get("TAAWUN_STARTED", "").replace(",", ".") or time.time())


def say(sentence: str) -> None:
    print(sentence, flush=True)


@dataclass
class Demo:
    """One run of the demo."""

    port: int
    var: Path
    started: float

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.port}"
        self.note = self.var / "run" / "demo.json"
        self.links = self.var / "run" / "links.json"
        self.environment = dict(os.environ)

    def run(self) -> None:
        """Start everything, say where it is, and keep it running until asked to stop."""
        with self._this_checkout(), Supervisor(say) as supervisor, ExitStack() as stack:
            self._look_at_the_port()
            for sentence in missing_here():
                say(sentence)
            try:
                self._start(supervisor, stack)
                supervisor.watch()
            except PartFailed as failed:
                raise Refused(self._why(failed.part.name)) from failed

    def _this_checkout(self) -> IO[Any]:
        try:
            return embedded.hold(self.var / "run" / "lock")
        except BlockingIOError:
            running = json.loads(self.note.read_text()) if self.note.exists() else {}
            where = f" at {running['address']} (process {running['pid']})" if running else ""
            raise Refused(
                f"Taawun already runs from this folder{where}. Stop it there with Ctrl-C."
            ) from None

    def _look_at_the_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except (OSError, OverflowError) as error:
                raise Refused(f"Port {self.port} cannot be used: {error}. Try: make demo PORT=8001") from None

    def _start(self, supervisor: Supervisor, stack: ExitStack) -> None:
        self.links.unlink(missing_ok=True)
        self.environment.pop("TAAWUN_TESTING", None)
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "taawun.config.settings",
            "PORT": str(self.port),
            "TAAWUN_BASE_URL": self.address,
            "TAAWUN_DEMO": "1",
            "TAAWUN_LINKS": str(self.links),
            "TAAWUN_SECRET_KEY": self._secret(),
            "TAAWUN_VAR": str(self.var),
        }
        work = self._start_database(supervisor, stack)
        self._write_note(stack)
        if work:
            say(f"Preparing {', '.join(WORDS[name] for name in work)} …")
            supervisor.run_once(self._part("preparation", "taawun", "prepare"))
        web = self._part(
            "web server", "gunicorn", "--config", "python:taawun.config.web", "taawun.config.wsgi"
        )
        supervisor.start(web)
        supervisor.start(self._part("job worker", "taawun", "worker", death_signal=signal.SIGKILL))
        if not supervisor.wait_for(self._answers, needed=web, seconds=60):
            raise Refused(self._why("web server"))
        self._greet()

    def _start_database(self, supervisor: Supervisor, stack: ExitStack) -> list[str]:
        """Start the embedded server, unless DATABASE_URL names one. Returns what is due."""
        if "DATABASE_URL" in os.environ:
            say("Using the database that DATABASE_URL names.")
            stack.callback(supervisor.stop)
            return list(WORDS)  # the preparation looks by itself
        home = embedded.find_home(self.var)
        if not (home / "postgres").exists():
            say("Making the database …")
        server = stack.enter_context(embedded.Server(home, log=self._log("database")))
        stack.callback(supervisor.stop)  # before the server's socket is taken away
        database = server.part()
        supervisor.start(database)
        if not supervisor.wait_for(server.ready, needed=database, seconds=60):
            raise Refused(self._why("database"))
        server.make_database()
        self.environment["DATABASE_URL"] = server.url()
        notes = due.read_notes(server.query(f"{due.READ_NOTES} '{embedded.DATABASE}'"))
        return due.files_due() + due.database_due(notes, demo=True)

    def _write_note(self, stack: ExitStack) -> None:
        """Tell other commands of this folder where the demo and its database are."""
        note = {"pid": os.getpid(), "address": self.address, "database": self.environment["DATABASE_URL"]}
        with open(os.open(self.note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(note, file)
        stack.callback(self.note.unlink, missing_ok=True)

    def _part(self, name: str, *module: str, death_signal: int = signal.SIGTERM) -> Part:
        def start() -> subprocess.Popen[bytes]:
            log = self._log(name)
            try:
                return start_process(
                    [sys.executable, "-m", *module],
                    death_signal=death_signal,
                    env=self.environment,
                    stdout=log,
                    stderr=log,
                )
            finally:
                log.close()

        return Part(name, start)

    def _log_path(self, name: str) -> Path:
        return self.var / "log" / f"{name.replace(' ', '-')}.log"

    def _log(self, name: str) -> IO[Any]:
        path = self._log_path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LONG_LOG:
            path.replace(path.with_suffix(".old.log"))
        return path.open("a")

    def _why(self, name: str) -> str:
        lines = self._log_path(name).read_text(errors="replace").splitlines()[-15:]
        return "\n".join([f"The {name} failed. The end of {self._log_path(name)}:", *lines])

    def _secret(self) -> str:
        path = self.var / "secret"
        if not path.exists():
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        return path.read_text()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/")
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if status >= 500:
            raise Refused(self._why("web server"))
        return True

    def _greet(self) -> None:
        say(f"\nTaawun is at {self.address}/\n")
        links = json.loads(self.links.read_text(encoding="utf-8")) if self.links.exists() else []
        wide = [max((len(row[column]) for row in links), default=0) for column in (0, 1)]
        if links:
            say("Sign in, each in a browser window of its own (these links work on this machine only):\n")
        for role, person, url in links:
            say(f"  {role:{wide[0]}}  {person:{wide[1]}}  {url}")
        say(f"\nReady in {time.time() - self.started:.1f} s. Ctrl-C stops everything; your data stay.")


def missing_here() -> list[str]:
    """What this machine lacks, and what that means. Nothing of it keeps the program from working."""
    lacking = {
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0": (
            find_library("pango-1.0") and find_library("pangoft2-1.0"),
            "Pango is missing: papers are printed from the browser or made as Word; the server cannot write PDF.",
        ),
        "fonts-noto-core": (
            _arabic_font(),
            "A good Arabic font is missing: a browser on this machine shows Arabic in a plain one.",
        ),
    }
    packages = [package for package, (found, _) in lacking.items() if not found]
    if not packages:
        return []
    return [*(lacking[package][1] for package in packages), f"To add: apt-get install {' '.join(packages)}"]


def _arabic_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":lang=ar", "family"], capture_output=True, text=True, check=False)
    return any(line and not line.startswith("DejaVu") for line in listed.stdout.splitlines())
