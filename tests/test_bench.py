"""The benchmark can be run: what it builds stands, what it measures has its columns. It measures times, we do not."""

from pathlib import Path

import pytest
from bench import __main__ as bench, documents, large, pages

TEMPLATES = Path(bench.__file__).parent / "templates"


@pytest.mark.django_db
def test_the_large_installation_is_built_and_every_page_is_measured(monkeypatch, settings):
    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}]
    monkeypatch.setattr(pages, "ROUNDS", 2)

    size = large.build(copies=60, events=240)
    rows, _notes = pages.measure()

    assert size["operations"] == 60
    assert {tuple(row) for row in rows} == {bench.COLUMNS}
    assert [row["name"] for row in rows if row["sql"] > 15 or row["requests"] > 10] == []


def test_documents_are_measured(monkeypatch):
    monkeypatch.setattr(documents, "ROUNDS", 1)
    rows, notes = documents.measure(letters=2)

    assert {tuple(row) for row in rows} == {("name", "p50_ms", "p95_ms", "ratio")}
    assert (len(rows), notes[0].startswith("the agreement has ")) == (4, True)
