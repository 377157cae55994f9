"""One small supervisor: it starts the parts of the program, starts again what died, leaves nothing behind.

A part is a child in a session of its own, so that Ctrl-C at the terminal reaches the supervisor alone and the
parts stop in order, the last started first. Should the supervisor itself be killed, the kernel tells each
part by its death signal (Linux). One thread, one loop: signals and the ends of children arrive on a pipe.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 15.0
STEADY_AFTER = 30.0  # a part that lived so long starts again at once
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(number: int, parent: int) -> None:
    """Ask the kernel to send this process a signal when its parent ends, however it ends.

    To be called in the child, after any change of user (which clears it).
    """
    if _LIBC is None:
        return
    _LIBC.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os.kill(os.getpid(), number)


def start_process(arguments: list[str], *, death_signal: int, **options: Any) -> subprocess.Popen[bytes]:
    """Start a child in its own session that does not outlive us."""
    parent = os.getpid()
    return subprocess.Popen(
        arguments,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: die_with_parent(death_signal, parent),
        **options,
    )


class Stopped(Exception):
    """Somebody asked the program to stop."""


class PartFailed(Exception):
    """A part ended that was needed."""

    def __init__(self, part: Part, code: int) -> None:
        super().__init__(f"{part.name} ended with {code}")
        self.part, self.code = part, code


@dataclass
class Part:
    """How one part is started and stopped, and what became of it."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_signal: int = signal.SIGTERM
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float | None = None

    def launch(self) -> None:
        self.again_at, self.started = None, time.monotonic()
        try:
            self.process = self.start()
        except OSError:
            self.schedule()
            raise

    def schedule(self) -> float:
        """Set the moment of the next start; returns the pause in seconds."""
        now = time.monotonic()
        self.failures = 0 if now - self.started > STEADY_AFTER else self.failures
        pause: float = min(FIRST_PAUSE * 2**self.failures, LONGEST_PAUSE)
        self.failures += 1
        self.again_at = now + pause
        return pause


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether a child ended. What it left in its process group is killed before its number is free."""
    if process.returncode is not None:
        return True
    if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        return False
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True


@dataclass
class Supervisor:
    """Holds the parts. `say` is told, in a sentence, whatever a person at the terminal should know."""

    say: Callable[[str], None] = print
    parts: list[Part] = field(default_factory=list)
    _ears: tuple[socket.socket, socket.socket] | None = None
    _before: dict[int, Any] = field(default_factory=dict)

    def __enter__(self) -> Supervisor:
        reader, writer = socket.socketpair()
        reader.setblocking(False)
        writer.setblocking(False)
        self._ears = (reader, writer)
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        # A shell starts background commands with SIGINT ignored, so every handler is set explicitly.
        heard = [signal.SIGINT, signal.SIGTERM, signal.SIGCHLD]
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup means: stay
            heard.append(signal.SIGHUP)
        self._before = {number: signal.signal(number, lambda *_: None) for number in heard}
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        for end in self._ears or ():
            end.close()

    def start(self, part: Part) -> None:
        self.parts.append(part)
        part.launch()

    def listen(self, seconds: float) -> None:
        """Sleep until something happens or the time is up. Raises Stopped when asked to stop."""
        if self._ears is None:
            raise RuntimeError("The supervisor is used as a context manager.")
        reader = self._ears[0]
        if not select.select([reader], [], [], max(seconds, 0))[0]:
            return
        with contextlib.suppress(BlockingIOError):
            if set(reader.recv(4096)) & {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}:
                raise Stopped

    def wait_for(self, what: Callable[[], bool], *, needed: Part, seconds: float) -> bool:
        """Wait until `what` holds. Raises PartFailed as soon as the part it hangs on has ended."""
        deadline = time.monotonic() + seconds
        while not what():
            if needed.process is not None and _ended(needed.process):
                raise PartFailed(needed, needed.process.returncode)
            if time.monotonic() > deadline:
                return False
            self.listen(0.02)
        return True

    def run_once(self, part: Part) -> None:
        """Run a part to its end; raises PartFailed when it does not end well."""
        self.start(part)
        while part.process and not _ended(part.process):
            self.listen(1.0)
        self.parts.remove(part)
        if part.process and part.process.returncode:
            raise PartFailed(part, part.process.returncode)

    def watch(self) -> None:
        """Keep every part running until asked to stop."""
        while True:
            for part in self.parts:
                self._look_after(part)
            pauses = [part.again_at - time.monotonic() for part in self.parts if part.again_at is not None]
            self.listen(min(pauses, default=60.0))

    def _look_after(self, part: Part) -> None:
        if part.again_at is None and part.process and _ended(part.process):
            pause = part.schedule()
            self.say(
                f"The {part.name} ended ({_how(part.process.returncode)}); it starts again in {pause:.1f} s."
            )
        if part.again_at is not None and time.monotonic() >= part.again_at:
            try:
                part.launch()
            except OSError as error:
                self.say(f"The {part.name} could not be started: {error}.")

    def stop(self) -> None:
        """Stop every part, the last started first, and wait for each; one that does not listen is killed."""
        for part in reversed(self.parts):
            if part.process:
                stop_process(part.process, part.stop_signal, part.patience)
        self.parts.clear()


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


def stop_process(process: subprocess.Popen[bytes], number: int, patience: float) -> None:
    """Ask a child to stop, wait for it, and kill it when it does not."""
    for attempt in (number, signal.SIGKILL):
        if _ended(process):
            return
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(attempt)
        deadline = time.monotonic() + patience
        while not _ended(process) and time.monotonic() < deadline:
            time.sleep(0.02)
