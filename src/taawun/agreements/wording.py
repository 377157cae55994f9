"""The clauses of a paper's texts, kept beside them; what the last writing changed of them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from taawun.agreements.models import EarlierText, Instrument, LanguageVersion, VersionClause
from taawun.kernel.clause_changes import Comparison, compare
from taawun.kernel.clauses import Clause, cut, keyed

FIELDS = ("key", "number", "title", "text", "origin")


def as_clauses(rows: Iterable[VersionClause]) -> list[Clause]:
    """Rows as the comparing core reads them."""
    return [Clause(**{name: getattr(row, name) for name in FIELDS}) for row in rows]


def replace_texts(instrument: Instrument, versions: list[dict[str, Any]]) -> None:
    """The texts given replace those held; each text that changed, or is dropped, is kept as it was.

    `versions`: language, authentic, text and, where the text was written clause by clause, clauses: they keep their
    keys. Another text is read as clauses by its headings; a clause keeps its key as long as it keeps its title. The
    caller has claimed the instrument's next version: what is kept stood until the one before.
    """
    held: dict[str, Any] = {one.language: one for one in instrument.versions.prefetch_related("clauses")}
    known = {language: as_clauses(one.clauses.all()) for language, one in held.items()}
    texts = {row["language"]: row["text"] for row in versions}
    for language, one in held.items():
        if texts.get(language) != one.text:
            _keep(instrument, one)
    instrument.versions.all().delete()
    given = {row["language"]: row.get("clauses") for row in versions}
    made = LanguageVersion.objects.bulk_create(
        LanguageVersion(
            instrument=instrument, **{name: value for name, value in row.items() if name != "clauses"}
        )
        for row in versions
    )
    VersionClause.objects.bulk_create(
        row
        for version in made
        for row in rows_of_text(version, known.get(version.language, []), given[version.language])
    )


def _keep(instrument: Instrument, held: LanguageVersion) -> None:
    earlier = EarlierText.objects.create(
        instrument=instrument,
        language=held.language,
        of_version=max(instrument.version - 1, 1),
        text=held.text,
    )
    VersionClause.objects.filter(version=held).update(version=None, earlier=earlier)


def rows_of_text(
    version: LanguageVersion, known: list[Clause], given: list[Clause] | None = None
) -> Iterable[VersionClause]:
    """The clauses given, else the text read as clauses by its numbered headings; each under its key."""
    if given is None:
        origins = {one.key: one.origin for one in known}
        read = keyed(cut(version.text), known)
        given = [replace(one, origin=origins.get(one.key, "")) for one in read]
    for position, clause in enumerate(keyed(given), start=1):
        yield VersionClause(
            version=version, position=position, **{name: getattr(clause, name) for name in FIELDS}
        )


def last_change(instrument: Instrument, version: Any) -> tuple[EarlierText, Comparison] | None:
    """The text of a language beside the one before it; None where it is the first."""
    rows = EarlierText.objects.filter(instrument=instrument, language=version.language)
    earlier = rows.prefetch_related("clauses").order_by("-of_version").first()
    if earlier is None:
        return None
    return earlier, compare(as_clauses(earlier.clauses.all()), as_clauses(version.clauses.all()))
