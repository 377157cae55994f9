"""The dry run: what a workbook says, set beside what stands there, and nothing changed."""

from collections import Counter
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from taawun.batches.actions.shared import locked, remember, require
from taawun.batches.definitions import Definition, Judgement, Line, Scope
from taawun.batches.models import STOPS, Batch, BatchRow, Stage, Verdict
from taawun.batches.queries import GATE
from taawun.batches.reading import Problem, Reading, ReadLine, read_workbook
from taawun.directory.models import Organisation
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.papers.actions import hand_over
from taawun.papers.models import File


def preview_batch(definition: Definition, organisation: Organisation, file: File, *, actor: User) -> Batch:
    """Read a workbook and keep what would become of each row. Changes nothing but the list of batches.

    For whoever holds one of the sheet's roles in the organisation (else 403). `file` is a held workbook
    (`papers.actions.hold`); it stays with the batch. Records the preview.
    """
    require(definition, organisation.pk, actor)
    scope = Scope(organisation, actor)
    reading = read_workbook(_bytes_of(file), definition, scope)
    with transaction.atomic():
        batch = Batch.objects.create(
            definition_slug=definition.slug,
            organisation=organisation,
            file=file,
            made_by=actor,
            is_example=organisation.is_example,
        )
        hand_over(file, actor=actor, gate=GATE, subject_id=batch.pk)
        _keep(batch, definition, scope, reading)
        remember(batch, "batch-previewed", actor, file=file.sha256, counts=batch.counts)
    return batch


def look_again(batch: Batch, *, actor: User) -> Batch:
    """Read the kept workbook anew and judge it by what stands there today. Refuses a batch that is no longer open."""
    with transaction.atomic():
        held, definition, scope = locked(batch, actor, Stage.PREVIEWED)
        reading = read_workbook(_bytes_of(held.file), definition, scope)
        held.rows.all().delete()
        held.looked_at = clock.now()
        _keep(held, definition, scope, reading)
    return held


def discard_batch(batch: Batch, *, actor: User) -> Batch:
    """Give a preview up: it stays in the list with its workbook, and is never applied."""
    with transaction.atomic():
        held, _definition, _scope = locked(batch, actor, Stage.PREVIEWED)
        held.stage, held.ended_at = Stage.DISCARDED, clock.now()
        held.save(update_fields=["stage", "ended_at"])
        remember(held, "batch-discarded", actor)
    return held


def _bytes_of(file: File) -> bytes:
    with default_storage.open(file.stored_name) as content:
        return bytes(content.read())


def _keep(batch: Batch, definition: Definition, scope: Scope, reading: Reading) -> None:
    rows = judged_rows(batch, definition, scope, reading)
    batch.problems = [_told(problem) for problem in reading.problems]
    batch.notices = [_told(problem) for problem in reading.notices]
    batch.counts = dict(Counter(str(row.verdict) for row in rows))
    batch.save(update_fields=["problems", "notices", "counts", "looked_at"])
    BatchRow.objects.bulk_create(rows)


def _told(problem: Problem) -> dict[str, Any]:
    return {"at": problem.at, "why": [problem.why[0], problem.why[1]]}


def judged_rows(batch: Batch, definition: Definition, scope: Scope, reading: Reading) -> list[BatchRow]:
    """Each row with its verdict: refused where a cell cannot be read, else as the sheet's own room judges it."""
    sound = [line for line in reading.lines if not line.why]
    judgements = judge(definition, scope, [_line(definition, line) for line in sound])
    by_number = {line.number: judgement for line, judgement in zip(sound, judgements, strict=True)}
    return [_row(batch, definition, line, by_number.get(line.number)) for line in reading.lines]


def judge(definition: Definition, scope: Scope, lines: list[Line]) -> list[Judgement]:
    """What the sheet's room says of these rows; a row made from an older version of its record conflicts."""
    if not lines:
        return []
    return [
        _stale(judgement) if line.version is not None and _is_older(line, judgement) else judgement
        for line, judgement in zip(lines, definition.judge(scope, lines), strict=True)
    ]


def _is_older(line: Line, judgement: Judgement) -> bool:
    return judgement.verdict in (Verdict.CHANGED, Verdict.UNCHANGED) and line.version != judgement.version


def _stale(judgement: Judgement) -> Judgement:
    why = {**judgement.why, "": [*judgement.why.get("", []), ("stale-row", {})]}
    return Judgement(Verdict.CONFLICTING, judgement.subject, judgement.version, judgement.before, why)


def _line(definition: Definition, line: ReadLine) -> Line:
    values = {f.slug: f.typed(line.cells[f.slug]["value"]) for f in definition.fields}
    return Line(line.number, values, line.version)


def _row(batch: Batch, definition: Definition, line: ReadLine, judgement: Judgement | None) -> BatchRow:
    judged = judgement or Judgement(Verdict.REFUSED)
    why = {slug: [*line.why.get(slug, []), *judged.why.get(slug, [])] for slug in {*line.why, *judged.why}}
    verdict = judged.verdict if not why or judged.verdict in STOPS else Verdict.REFUSED
    kind, subject_id = judged.subject or ("", None)
    return BatchRow(
        batch=batch,
        number=line.number,
        key=" · ".join(filter(None, (line.cells[slug]["raw"] for slug in definition.key)))[:300],
        verdict=verdict,
        cells={slug: _cell(slug, cell, judged, why) for slug, cell in line.cells.items()},
        why=[list(each) for each in why.get("", [])],
        base_version=line.version,
        subject_kind=kind,
        subject_id=subject_id,
        subject_version=judged.version,
    )


def _cell(slug: str, cell: dict[str, Any], judged: Judgement, why: dict[str, Any]) -> dict[str, Any]:
    told = dict(cell)
    if slug in judged.before and judged.before[slug] != cell["value"]:
        told["before"] = judged.before[slug]
    if why.get(slug):
        told["why"] = [list(each) for each in why[slug]]
    return told
