"""`python -m bench`: the pages on a large installation, beside a plain Django list in the same run.

Prints a table and writes var/bench.json: a list of objects with name, p50_ms, p95_ms, ratio (to the baseline of the
same run) and, on page rows, sql, bytes (as transferred, compressed) and requests (of a first visit). It measures; it
does not judge: `docs/explanation/speed.md` holds the goals. Documents stand beside the letter of one page.
`--only agreements` measures few pages; `--operations 100000` makes it ten times as large;
`--papers 100` makes a shorter job of letters.
"""

import argparse
import json
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("name", "p50_ms", "p95_ms", "ratio", "sql", "bytes", "requests")


def main(arguments: list[str]) -> None:
    """Make the large installation, measure what was asked for (everything, if nothing was), print, write."""
    asked = _asked(arguments)
    os.environ["TAAWUN_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from tests import database  # noqa: PLC0415 (reads the environment set above)

    with database.running_copy("empty") as server:
        os.environ["DATABASE_URL"] = server.url(database.NAME)
        os.environ["TAAWUN_VAR"] = str(server.home)
        django.setup()
        from bench import documents, large, many, pages, published, reading, texts  # noqa: PLC0415 (models need the settings)

        size = large.build(asked.operations, asked.operations * 10)
        if not asked.only or "search" in asked.only:
            size |= texts.build()
        large.tidy()
        print("  ".join(f"{count:,} {what}" for what, count in size.items()))
        rows, notes = pages.measure(asked.only)
        if not asked.only:
            made, more = documents.measure()
            rows, notes = rows + made, notes + more
            files, more = reading.measure()
            rows, notes = rows + files, notes + more
            taken, more = published.measure_apart()
            rows, notes = rows + taken, notes + more
            if asked.papers:
                job, more = many.measure(asked.papers, made[0]["p50_ms"])
                rows, notes = rows + job, notes + more
    show(rows)
    for note in notes:
        print(note)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure a large installation.")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the pages with this in their name")
    parser.add_argument(
        "--operations", type=int, default=10_000, metavar="N", help="how large the installation is"
    )
    parser.add_argument(
        "--papers", type=int, default=500, metavar="N", help="letters made as one job (0: none)"
    )
    return parser.parse_args(arguments)


def show(rows: list[dict[str, object]]) -> None:
    """The table, for a terminal."""
    cells = [COLUMNS, *(tuple(str(row.get(name, "")) for name in COLUMNS) for row in rows)]
    wide = [max(len(row[n]) for row in cells) for n in range(len(COLUMNS))]
    for row in cells:
        print(
            "  ".join(
                cell.ljust(w) if n == 0 else cell.rjust(w)
                for n, (cell, w) in enumerate(zip(row, wide, strict=True))
            )
        )


if __name__ == "__main__":
    main(sys.argv[1:])
