"""The benchmark can be run: what it builds stands, what it measures has its columns. It measures times, we do not."""

import os
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from bench import __main__ as bench, documents, large, many, pages, reading

from taawun.foundation import working
from taawun.papers.many import PRINTER

TEMPLATES = Path(bench.__file__).parent / "templates"


@pytest.mark.django_db
def test_the_large_installation_is_built_and_its_pages_and_a_job_are_measured(
    monkeypatch, settings, tmp_path
):
    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}]
    monkeypatch.setattr(pages, "ROUNDS", 2)

    size = large.build(copies=60, events=240)
    rows, _notes = pages.measure()

    assert size["operations"] == 60
    assert {tuple(row) for row in rows} == {bench.COLUMNS}
    assert [row["name"] for row in rows if row["sql"] > 15 or row["requests"] > 10] == []
    few, _notes = pages.measure("agreements, searched")
    assert [row["name"] for row in few] == ["baseline: plain ListView", "agreements, searched"]
    settings.MEDIA_ROOT = tmp_path
    _measure_a_job(monkeypatch)


def _measure_a_job(monkeypatch):
    """Four letters, by the worker's own loop, in this process."""

    def ran(job, worker, seen, until=None):
        while working.run(job.pk, 0) and until is None:
            pass
        seen.look(worker)
        job.refresh_from_db()
        return 1.0

    monkeypatch.setattr(many, "_ran", ran)
    monkeypatch.setattr(many, "_first_mail", lambda user: None)
    monkeypatch.setattr(many, "_worker", lambda: nullcontext(SimpleNamespace(pid=os.getpid())))

    rows, notes = many.measure(4, 50.0)
    PRINTER.end()

    assert [tuple(row) for row in rows] == [("name", "p50_ms", "p95_ms", "ratio")]
    assert notes[0].startswith("4 letters as one job: 3.0 s, cancelled after 1 and gone on with")


def test_documents_are_measured(monkeypatch):
    monkeypatch.setattr(documents, "ROUNDS", 1)
    rows, notes = documents.measure(letters=2)

    assert {tuple(row) for row in rows} == {("name", "p50_ms", "p95_ms", "ratio")}
    assert (len(rows), notes[0].startswith("the agreement has ")) == (4, True)


def test_reading_of_files_is_measured_beside_lxml(monkeypatch):
    monkeypatch.setattr(reading, "ROUNDS", 1)

    rows, notes = reading.measure(20)

    assert {tuple(row) for row in rows} == {("name", "p50_ms", "p95_ms", "ratio")}
    assert rows[0]["name"] == "baseline: iterparse and XSD by lxml"
    assert (len(rows), notes[0].startswith("20 activities, 0.1 MB: ")) == (3, True)
