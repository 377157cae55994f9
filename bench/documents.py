"""Measuring documents: the time the worker's printer takes, and the memory it held at most."""

import resource
import statistics
import time
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from taawun.papers.freezing import Stamp, freeze
from taawun.papers.rendering import Printer

ROUNDS = 5
LETTERS = 500
CLAUSE = (
    "The parties provide the inputs named in the annex, each in its time, and keep up what was achieved. " * 6
)


def measure(letters: int = LETTERS) -> tuple[list[dict[str, Any]], list[str]]:
    """A row for each kind of document, its time beside the one-page letter's; and what is worth a note."""
    letter, agreement = page_of(4), page_of(226)
    rows, pages = [], 0
    with Printer() as printer:
        _one(printer, letter, "pdf")  # the libraries come in with the first
        for name, page, kind in (
            ("document: letter, one page, PDF", letter, "pdf"),
            ("document: letter, one page, Word", letter, "docx"),
            ("document: agreement, 51 pages, PDF", agreement, "pdf"),
            ("document: agreement, 51 pages, Word", agreement, "docx"),
        ):
            times = []
            for _ in range(ROUNDS):
                taken, made = _one(printer, page, kind)
                times.append(taken)
                pages = made.pages or pages
            rows.append({"name": name} | _spread(times, rows[0]["p50_ms"] if rows else None))
        begun = time.perf_counter()
        for _ in range(letters):
            _one(printer, letter, "pdf")
        whole = time.perf_counter() - begun
        notes = [f"the agreement has {pages} pages", f"{letters} letters: {whole:.1f} s", _memory(printer)]
    return rows, notes


def page_of(clauses: int) -> str:
    """A frozen paper of so many clauses, as the papers of the house are drawn."""
    paper = {"language": "en", "title": "Record of Discussions", "number": "BENCH-1"}
    drawn = render_to_string("ui/paper.html", {"paper": paper, "letterhead": ["The partner", "The provider"]})
    body = "".join(f"<section><h2>{n}. Clause</h2><p>{CLAUSE}</p></section>" for n in range(1, clauses + 1))
    return freeze(
        drawn.replace("</main>", f"{body}</main>"), Stamp("BENCH-1-D01", "http://localhost/check/X/"), "en"
    )


def _one(printer: Printer, page: str, kind: str) -> tuple[float, Any]:
    order = {"format": kind, "page": page, "identifier": "BENCH-1-D01", "title": "Paper", "language": "en"}
    begun = time.perf_counter()
    made = printer.render(order)
    taken = (time.perf_counter() - begun) * 1000
    if made.reason:
        raise RuntimeError(f"{made.reason}: {made.detail}")
    return taken, made


def _spread(times: list[float], plain: float | None) -> dict[str, Any]:
    middle = statistics.median(times)
    return {
        "p50_ms": round(middle, 2),
        "p95_ms": round(max(times), 2),
        "ratio": round(middle / (plain or middle), 2),
    }


def _memory(printer: Printer) -> str:
    """The most the printer's process held, where the system tells."""
    status = Path(f"/proc/{printer.process_id}/status")
    if not status.exists():
        return f"children held at most {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB"
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return f"the printer held at most {int(peak.split()[1]) // 1024} MB"
