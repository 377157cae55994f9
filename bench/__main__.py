"""`python -m bench`: the pages on a large installation, beside a plain Django list in the same run.

Prints a table and writes var/bench.json: a list of objects with name, p50_ms, p95_ms, ratio (to the baseline of the
same run) and, on page rows, sql, bytes (as transferred, compressed) and requests (of a first visit). It measures; it
does not judge: `docs/explanation/speed.md` holds the goals. Documents stand beside the letter of one page.
"""

import json
import os
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = ("name", "p50_ms", "p95_ms", "ratio", "sql", "bytes", "requests")


def main() -> None:
    """Make the large installation, measure its pages, measure documents, print, write."""
    os.environ["TAAWUN_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from tests import database  # noqa: PLC0415 (reads the environment set above)

    with database.running_copy("empty") as server:
        os.environ["DATABASE_URL"] = server.url(database.NAME)
        os.environ["TAAWUN_VAR"] = str(server.home)
        django.setup()
        from bench import documents, large, pages  # noqa: PLC0415 (models need the settings)

        size = large.build()
        large.tidy()
        print("  ".join(f"{count:,} {what}" for what, count in size.items()))
        rows, notes = pages.measure()
        made, more = documents.measure()
    rows, notes = rows + made, notes + more
    show(rows)
    for note in notes:
        print(note)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, indent=1), encoding="utf-8")


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
    main()
