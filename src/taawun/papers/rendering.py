"""Asking the printer: one child process for a batch, with limits of memory and time, begun anew when it failed."""

import json
import logging
import os
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Any, Self, cast

from taawun.papers import printer

log = logging.getLogger("taawun.papers")

MEMORY = 300  # megabytes the printer may hold
SECONDS = 60  # for one document
PIECE = 4096  # what a pipe takes at once without waiting


@dataclass(frozen=True)
class Made:
    """What the printer made: its bytes and pages; or why not (`reason`: machine, memory, time, page)."""

    data: bytes = b""
    pages: int | None = None
    reason: str = ""
    detail: str = ""


class Printer:
    """A printer for as long as a batch lasts; the process begins with the first page.

    One that holds half of what it may is ended after its page, so that no page of a long batch meets the limit.
    """

    def __init__(self, *, memory: int = MEMORY, seconds: float = SECONDS) -> None:
        self.memory, self.seconds = memory, seconds
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self._end()

    @property
    def process_id(self) -> int:
        """The process that renders now; 0 while there is none."""
        return self._child.pid if self._child else 0

    def render(self, asked: dict[str, Any]) -> Made:
        """One frozen page in one format. Never raises for what the page holds: a refusal is an answer."""
        child = self._running()
        deadline = time.monotonic() + self.seconds
        try:
            self._ask(child, asked | {"seconds": self.seconds}, deadline)
            head = json.loads(self._take(child, self._length(child, deadline), deadline))
            data = self._take(child, head["size"], deadline)
        except TimeoutError:
            self._end()
            return Made(reason="time", detail=f"more than {self.seconds} s")
        except EOFError:
            self._end()  # the machine or the limit ended it
            return Made(reason="memory", detail="the printer ended")
        if head["held"] * 2 > self.memory:
            self._end()  # the libraries keep something of every page: the next one finds a fresh process
        return Made(data, head.get("pages"), head["reason"], head.get("detail", ""))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            command = [sys.executable, "-m", "taawun.papers.printer", str(self.memory)]
            kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept
            )
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], asked: dict[str, Any], deadline: float) -> None:
        text = json.dumps(asked).encode()
        waiting = memoryview(printer.LENGTH.pack(len(text)) + text)
        sink = cast("IO[bytes]", child.stdin)
        try:
            while waiting:
                if not select.select([], [sink], [], max(0, deadline - time.monotonic()))[1]:
                    raise TimeoutError
                waiting = waiting[os.write(sink.fileno(), waiting[:PIECE]) :]
        except BrokenPipeError as error:
            raise EOFError from error

    def _length(self, child: subprocess.Popen[bytes], deadline: float) -> int:
        number: int = printer.LENGTH.unpack(self._take(child, printer.LENGTH.size, deadline))[0]
        return number

    def _take(self, child: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
        source = cast("IO[bytes]", child.stdout)
        taken = bytearray()
        while len(taken) < size:
            if not select.select([source], [], [], max(0, deadline - time.monotonic()))[0]:
                raise TimeoutError
            piece = os.read(source.fileno(), min(size - len(taken), PIECE))
            if not piece:
                raise EOFError
            taken += piece
        return bytes(taken)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()
            child.wait()
