"""How fast files of published activities are taken in, and in how much memory: `python -m bench.published 2000 10000`.

Repeats the activities of the real files beside the checkout, with suffixed identifiers, and takes each file in (twice:
the second time nothing is new) with a migrated, empty database; the larger file must not take more memory. Beside it
lxml's own streaming parse and XSD of the same file in the same run, and, where `TAAWUN_PEERS` names a virtual
environment that has them, iatikit and okfn-iati, each in a process of its own.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import django
from lxml import etree
from tests import database

from taawun.interchange.iati import reading
from taawun.interchange.iati.records import Read
from taawun.interchange.iati.validity import schema

SIZES = (2_000, 10_000)
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
IDENTIFIER = re.compile(rb"(<iati-identifier[^>]*>\s*)([^<]*?)(\s*</iati-identifier>)")


def examples() -> Path | None:
    """Where the standard's example files lie; nothing where they do not lie beside the checkout."""
    places = (each / "shared/standards/iati/examples" for each in Path(__file__).resolve().parents)
    return next((place for place in places if place.is_dir()), None)


def repeated(number: int) -> Iterator[bytes]:
    """So many activities of real files, each with an identifier of its own."""
    reads = [read for path in sorted((examples() or Path()).glob("*.xml")) for read in _sound(path)]
    found = [read.activity.xml for read in reads if read.activity]
    print(f"{len(found)} real activities, repeated")
    for count, one in enumerate(islice(cycle(found), number)):
        yield IDENTIFIER.sub(rb"\g<1>\g<2>-%d-%d\g<3>" % (number, count), one, count=1)


def _sound(path: Path) -> list[Read]:
    """What a file without an error says."""
    reads = list(reading.read(path, today=date.today()))  # noqa: DTZ011 (of the real world, not of a demo's clock)
    return [] if any(finding.fatal for read in reads for finding in read.findings) else reads


def written(path: Path, number: int) -> Path:
    """The same as a file."""
    with path.open("wb") as file:
        file.write(HEAD)
        for one in repeated(number):
            file.write(one + b"\n")
        file.write(b"</iati-activities>\n")
    return path


def measure(path: Path, number: int) -> list[dict[str, Any]]:
    """Take the file in: seconds by the clock and of this process's work, activities a second, peak memory so far."""
    from taawun.interchange.actions import take_in  # noqa: PLC0415 (models need the settings)
    from taawun.interchange.sources import file_source  # noqa: PLC0415

    source = file_source(path)
    ways: dict[str, Callable[[], int]] = {
        "baseline: iterparse and XSD by lxml": lambda: _floor(path),
        "read": lambda: sum(1 for _read in source.read()),
        "taken in": lambda: take_in(source, actor=None).counts["added"],
        "the same again": lambda: take_in(source, actor=None).counts["unchanged"],
    }
    rows: list[dict[str, Any]] = []
    for what, way in ways.items():
        start, worked = time.perf_counter(), time.process_time()
        met = way()
        took, worked = time.perf_counter() - start, time.process_time() - worked
        if met != number:
            raise RuntimeError(f"{what}: {met} of {number} activities")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows.append({"name": f"published, {number:,}: {what}", "s": took, "work_s": worked, "peak_mb": peak})
    for row in rows:
        row |= {"ratio": row["s"] / rows[0]["s"], "work_ratio": row["work_s"] / rows[0]["work_s"]}
    return rows


def _floor(path: Path) -> int:
    """What nobody does without who reads such files: parse one activity after the other and hold it to the schema."""
    valid = 0
    for _event, element in etree.iterparse(path, tag="iati-activity"):
        valid += schema().validate(element)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return valid


PEERS = {
    "iatikit": (
        "import sys, iatikit; all = iatikit.Dataset(sys.argv[1]).activities; "
        "print(sum(1 for a in all if (a.iati_identifier, a.title, a.start, a.end)))"
    ),
    "okfn-iati": (
        "import sys, tempfile; from okfn_iati.multi_csv_converter import IatiMultiCsvConverter as C; "
        "print(C().xml_to_csv_folder(sys.argv[1], tempfile.mkdtemp()))"
    ),
}


def beside(path: Path, number: int) -> list[str]:
    """What others' programs need for the same file, as sentences; that they are not installed, where they are not."""
    python = Path(os.environ.get("TAAWUN_PEERS", "")) / "bin" / "python"
    if not os.environ.get("TAAWUN_PEERS") or not python.exists():
        return [f"{' and '.join(PEERS)}: not installed (TAAWUN_PEERS names no virtual environment)"]
    return [_peer(name, [str(python), "-c", code, str(path)], number) for name, code in PEERS.items()]


def _peer(name: str, command: list[str], number: int) -> str:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    took, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        return f"{name}: not installed, or it failed: {done.stderr.strip().splitlines()[-1:]}"
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = done.stdout.strip().splitlines()[-1][:40]
    return f"{name}: {took:.1f} s, {worked:.1f} s of work, {number / worked:.0f}/s of work ({said})"


def main(numbers: list[int]) -> list[dict[str, Any]]:
    """Measure a file of each size in turn, in one process: the smaller first, or the memory would say nothing."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder, database.running_copy("empty") as server:
        os.environ |= {"DATABASE_URL": server.url(database.NAME), "TAAWUN_TESTING": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
        django.setup()
        from taawun.reference.actions import load_code_lists  # noqa: PLC0415 (models need the settings)

        load_code_lists()
        for number in sorted(numbers):
            path = written(Path(folder) / f"published-{number}.xml", number)
            print(f"{number:,} activities, {path.stat().st_size / 1e6:.0f} MB", flush=True)
            rows += measure(path, number)
        for row in rows:
            print(_told(row), flush=True)
        print("\n".join(beside(path, number)), flush=True)
    return rows


def measure_apart(numbers: tuple[int, ...] = SIZES) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows and notes for `python -m bench`, from a process of its own: what others held would count as memory."""
    if examples() is None:
        return [], ["published activities: the standard's examples do not lie beside this checkout"]
    command = [sys.executable, "-m", "bench.published", *map(str, numbers), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *notes, last = done.stdout.splitlines()
    rows = [
        {
            "name": row["name"],
            "p50_ms": round(row["s"] * 1000),
            "p95_ms": round(row["s"] * 1000),
            "ratio": round(row["ratio"], 2),
        }
        for row in json.loads(last)
    ]
    return rows, notes


def _told(row: dict[str, Any]) -> str:
    number = int(row["name"].partition(", ")[2].partition(":")[0].replace(",", ""))
    return (
        f"{row['name']}: {row['s']:.1f} s ({row['work_s']:.1f} s of work here), {number / row['s']:.0f}/s by the "
        f"clock, {row['ratio']:.1f} times lxml ({row['work_ratio']:.1f} by work), peak {row['peak_mb']} MB"
    )


if __name__ == "__main__":
    measured = main([int(number) for number in sys.argv[1:] if number != "--json"] or list(SIZES))
    if "--json" in sys.argv:
        print(json.dumps(measured))
