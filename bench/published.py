"""How fast files of published activities are taken in, and in how much memory: `python -m bench.published 20000`.

Repeats the activities of the real files beside the checkout, with suffixed identifiers, and takes the file in (twice:
the second time nothing is new) with a migrated, empty database. Both readings and all writing are counted.
"""

import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import django
from tests import database

from taawun.interchange.iati import reading
from taawun.interchange.iati.records import Read

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
IDENTIFIER = re.compile(rb"(<iati-identifier[^>]*>\s*)([^<]*?)(\s*</iati-identifier>)")


def examples() -> Path:
    """Where the standard's example files lie."""
    here = Path(__file__).resolve()
    return next(p / "shared/standards/iati/examples" for p in here.parents if (p / "shared").is_dir())


def repeated(number: int) -> Iterator[bytes]:
    """So many activities of real files, each with an identifier of its own."""
    reads = [read for path in sorted(examples().glob("*.xml")) for read in _sound(path)]
    found = [read.activity.xml for read in reads if read.activity]
    print(f"{len(found)} real activities, repeated")
    for count, one in enumerate(islice(cycle(found), number)):
        yield IDENTIFIER.sub(rb"\g<1>\g<2>-%d\g<3>" % count, one, count=1)


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


def measure(path: Path, number: int) -> None:
    """Take the file in, and tell seconds, activities a second, peak memory of this process."""
    from taawun.interchange.actions import take_in  # noqa: PLC0415 (models need the settings)
    from taawun.interchange.sources import file_source  # noqa: PLC0415
    from taawun.reference.actions import load_code_lists  # noqa: PLC0415

    load_code_lists()
    source = file_source(path)
    for what in ("reading alone", "taken in", "the same again"):
        start, worked = time.perf_counter(), time.process_time()
        counts = _read(source) if what == "reading alone" else take_in(source, actor=None).counts
        took, worked = time.perf_counter() - start, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{what}: {took:.1f} s ({worked:.1f} s of work here), {number / took:.0f}/s, peak {peak} MB, {counts}",
            flush=True,
        )


def _read(source: object) -> dict[str, int]:
    return {"activities": sum(1 for _read in source.read())}  # type: ignore[attr-defined]


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder, database.running_copy("empty") as server:
        path = written(Path(folder) / "published.xml", number)
        print(f"{number} activities, {path.stat().st_size / 1e6:.0f} MB", flush=True)
        os.environ |= {"DATABASE_URL": server.url(database.NAME), "TAAWUN_TESTING": "1"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
        django.setup()
        measure(path, number)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
