"""Measuring papers for many cases: one real job through a real worker, and a mail that wants to pass meanwhile."""

import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.pages import BACKEND
from taawun.cycle.many import planned_for
from taawun.cycle.queries import operations_visible_to
from taawun.foundation import work
from taawun.foundation.models import Job, OutboxMessage, User
from taawun.foundation.ports import registry
from taawun.papers.many import OFFERS, Wanted, begin_many
from taawun.papers.models import Document, Format
from taawun.workspace.demo import cast

PATIENCE = 240.0  # seconds: a job that takes longer is told as it stands
KIND = "mission-letter"
MAIL_EVERY = 2.0  # seconds
LOOKS_EVERY = 0.1


@dataclass
class Seen:
    """What was seen of the worker while the job ran: kilobytes at most, and which processes printed."""

    worker: int = 0
    printer: int = 0
    printers: set[int] = field(default_factory=set)

    def look(self, worker: int) -> None:
        self.worker = max(self.worker, _peak(worker))
        for child in _children(worker):
            self.printers.add(child)
            self.printer = max(self.printer, _peak(child))


def measure(papers: int, plain: float) -> tuple[list[dict[str, Any]], list[str]]:
    """A row for one letter of the job, beside a printed one (`plain`); notes: the whole, memory, the wait of a mail.

    The job is cancelled when it is half through, and goes on; it is begun twice under one key. Raises when a paper is
    missing, stands twice, or has the number of another: a benchmark of wrong work says nothing.
    """
    before = set(Document.objects.values_list("pk", flat=True))
    desk, key = cast.user("desk"), str(uuid.uuid4())
    seen = Seen()
    with _worker() as process:
        _first_mail(desk)
        job = _begun(desk, papers, key)
        taken = _ran(job, process.pid, seen, until=job.total // 2)
        work.cancel(job, actor=desk)
        taken += _ran(job, process.pid, seen)
        half = job.done
        again = _begun(desk, papers, key)
        work.go_on(job, actor=desk)
        taken += _ran(job, process.pid, seen)
    _right(job, again, papers, Document.objects.exclude(pk__in=before))
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as asked:
        size = _fetched(desk, job)
    fetched = time.perf_counter() - begun
    rows = [{"name": "papers for many cases: one letter"} | _spread(job, plain)]
    return rows, [
        f"{job.done} letters as one job: {taken:.1f} s, cancelled after {half} and gone on with; each once",
        f"the worker held at most {seen.worker // 1024} MB, its printer {seen.printer // 1024} MB "
        f"({len(seen.printers)} begun)",
        f"a mail waited at most {_longest_wait(job):.1f} s meanwhile",
        f"their archive: {size // 1024} KB in {fetched:.1f} s, {len(asked)} SQL statements",
    ]


def _begun(desk: User, papers: int, key: str) -> Job:
    """The job, as the page of papers for many cases begins it."""
    cases = operations_visible_to(desk).order_by("-pk")[:papers]
    planned = [one for one in planned_for(desk, OFFERS[KIND], cases) if one.address][:papers]
    wanted = Wanted(Format.PDF.value, "", "", "http://localhost")
    with transaction.atomic():
        return begin_many(KIND, planned, wanted, actor=desk, key=key)


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    """The worker of an installation, in a process of its own; its mails become files."""
    mails = {"TAAWUN_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}
    command = [sys.executable, "-m", "taawun", "worker"]
    process = subprocess.Popen(command, env=os.environ | mails, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _ran(job: Job, worker: int, seen: Seen, until: int | None = None) -> float:
    """Wait for the job's end, or for so many of its papers; write a mail now and then. The seconds it took."""
    job.refresh_from_db()
    begun = mailed = time.perf_counter()
    while job.is_open and (until is None or job.done < until):
        now = time.perf_counter()
        if now - begun > PATIENCE:
            raise RuntimeError(f"{job.handled} of {job.total} after {PATIENCE} s")
        if now - mailed > MAIL_EVERY:
            mailed = now
            _mail(job.actor)
        seen.look(worker)
        time.sleep(LOOKS_EVERY)
        job.refresh_from_db()
    return time.perf_counter() - begun


def _mail(user: User, named: str = "bench") -> OutboxMessage:
    with transaction.atomic():
        message = OutboxMessage.objects.create(
            user=user, subject="Bench", body="Bench", dedupe=f"{named}:{uuid.uuid4()}", made_at=timezone.now()
        )
        registry.services["defer-mail"](message.pk)
    return message


def _first_mail(user: User) -> None:
    """Wait until the worker works: how long it takes to start is not the job's."""
    message, begun = _mail(user, "start"), time.perf_counter()
    while message.sent_at is None and time.perf_counter() - begun < PATIENCE:
        time.sleep(LOOKS_EVERY)
        message.refresh_from_db()


def _spread(job: Job, plain: float) -> dict[str, Any]:
    """From the end of one letter to the end of the next."""
    ends = list(job.items.order_by("ended_at").values_list("ended_at", flat=True))
    taken = [(end - before).total_seconds() * 1000 for before, end in pairwise(ends)]
    middle = statistics.median(taken)
    late = statistics.quantiles(taken, n=20)[-1]
    return {"p50_ms": round(middle, 2), "p95_ms": round(late, 2), "ratio": round(middle / plain, 2)}


def _longest_wait(job: Job) -> float:
    """Seconds from writing a mail to its being sent; one that never was sent counts until now."""
    mails = OutboxMessage.objects.filter(dedupe__startswith="bench:", made_at__gte=job.made_at)
    times = mails.values_list("made_at", "sent_at")
    return max((((sent or timezone.now()) - made).total_seconds() for made, sent in times), default=0.0)


def _right(job: Job, again: Job, papers: int, made: QuerySet[Document]) -> None:
    numbers = list(made.values_list("number", flat=True))
    found = (again.pk, job.stage, job.done, len(numbers), len(set(numbers)))
    if found != (job.pk, "done", papers, papers, papers):
        raise RuntimeError(f"expected {papers} papers, each once: {found}")


def _fetched(desk: User, job: Job) -> int:
    client = Client(SERVER_NAME="localhost")
    client.force_login(desk, backend=BACKEND)
    answer: Any = client.get(job.result_address)
    return sum(len(piece) for piece in answer.streaming_content)


def _children(pid: int) -> list[int]:
    """The processes a process began, where the system tells."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in path.read_text().split()]
    return found


def _peak(pid: int) -> int:
    """Kilobytes a process held at most, where the system tells; 0 elsewhere, and when it has ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)
