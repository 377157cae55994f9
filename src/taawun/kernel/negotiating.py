"""What was accepted of a counter-text brought into the text as it stands: clause by clause, nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from taawun.kernel.clause_changes import Change, Comparison, Row
from taawun.kernel.clauses import Clause, keyed, numbered
from taawun.kernel.wording import said, seen


class Overtaken(Exception):
    """Clauses that were written anew here since the text went out, whose change there was accepted."""

    def __init__(self, clauses: list[Clause]) -> None:
        super().__init__(", ".join(one.title or one.key for one in clauses))
        self.clauses = clauses


def open_places(comparison: Comparison) -> list[int]:
    """The places of the rows that ask for an answer."""
    return [n for n, row in enumerate(comparison.rows) if row.differs]


def merged(current: Sequence[Clause], comparison: Comparison, accepted: Collection[int]) -> list[Clause]:
    """The text as it stands, with the accepted rows of the comparison in it (places in `comparison.rows`).

    A changed clause takes its wording, one taken out goes, a new one stands after the clause it followed in the text
    that came back, a moved one goes to its place there. Whatever was not accepted stays as it is. Raises `Overtaken`
    where an accepted clause is no longer as it went out: nobody's words are written over.
    """
    rows = [(row, n in accepted and row.differs) for n, row in enumerate(comparison.rows)]
    _refuse_overtaken(current, [row for row, yes in rows if yes])
    text = list(current)
    follows: Clause | None = None
    for row, yes in rows:
        if yes:
            follows = _take(text, row, follows)
        elif row.ours and row.theirs:
            follows = next((one for one in text if one.key == row.ours.key), follows)
    return numbered(keyed(text))


def _refuse_overtaken(current: Sequence[Clause], accepted: Sequence[Row]) -> None:
    held = {one.key: one for one in current}
    wrong = [row.ours for row in accepted if row.ours and not _same(held.get(row.ours.key), row.ours)]
    if wrong:
        raise Overtaken(wrong)


def _same(held: Clause | None, sent: Clause) -> bool:
    return held is not None and _seen(held) == _seen(sent)


def _seen(clause: Clause) -> tuple[str, str]:
    return seen(clause.title), said(clause.text)


def _take(text: list[Clause], row: Row, follows: Clause | None) -> Clause | None:
    """Bring one row in; the clause that the next one follows."""
    if row.theirs is None:
        text[:] = [one for one in text if row.ours is None or one.key != row.ours.key]
        return follows
    if row.ours is None:
        made = replace(row.theirs, key=_free(row.theirs, text), origin="")
        text.insert(_after(text, follows), made)
        return made
    place = next(n for n, one in enumerate(text) if row.ours and one.key == row.ours.key)
    held = text[place]
    made = held
    if row.change == Change.CHANGED:
        made = replace(held, title=row.theirs.title, text=row.theirs.text, origin="")
        text[place] = made
    if row.moved:
        del text[place]
        text.insert(_after(text, follows), made)
    return made


def _free(clause: Clause, text: Sequence[Clause]) -> str:
    """A key of its own for a clause they put in; theirs means nothing here."""
    taken, n = {one.key for one in text}, 1
    while f"added-{n}" in taken:
        n += 1
    return f"added-{n}"


def _after(text: Sequence[Clause], follows: Clause | None) -> int:
    if follows is None:
        return 0
    return next((n + 1 for n, one in enumerate(text) if one.key == follows.key), len(text))
