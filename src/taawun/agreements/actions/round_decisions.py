"""Deciding of each clause of a text that came back: what is accepted is the text from now on, and nothing else."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.agreements import negotiation
from taawun.agreements.actions.rounds import State, close_round, lock_text, tell_round
from taawun.agreements.actions.shared import refuse
from taawun.agreements.models import Instrument, LanguageVersion, NegotiationRound, RoundDecision
from taawun.agreements.wording import as_clauses, replace_texts
from taawun.foundation import editing
from taawun.foundation.models import User
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks
from taawun.kernel.clause_changes import Row
from taawun.kernel.clauses import Clause, join
from taawun.kernel.negotiating import Overtaken, merged, open_places
from taawun.ui import words


@dataclass(frozen=True)
class Decision:
    """What was decided of one row of the comparison, by its place in it."""

    place: int
    accepted: bool
    remark: str = ""


def decide(
    held: NegotiationRound, decisions: list[Decision], *, actor: User, base_version: int
) -> NegotiationRound:
    """Decide of every clause that differs: what is accepted is the paper's text from now on, in one act.

    For whoever writes the paper. `base_version` is the version of the round that was read (`Conflict` when another
    document was entered since). Refuses a row left without an answer, and an accepted clause that was written anew
    here since the text went out: nobody's words are written over. What stands outside the clauses is never taken in.
    """
    with transaction.atomic():
        operation, seat, organisation_id = lock_text(held.operation, held.instrument, actor)
        locked = NegotiationRound.objects.select_for_update(of=("self",)).get(pk=held.pk)
        if locked.state != State.BACK:
            raise editing.Frozen
        editing.bump(locked, base_version)
        comparison = negotiation.comparison_of(locked)
        answers = {one.place: one for one in decisions}
        asked = open_places(comparison)
        if set(asked) - set(answers):
            raise Refused([_("Answer each clause that differs: accepted, or not.")])
        accepted = {place for place in asked if answers[place].accepted}
        changed = _write(locked, comparison, accepted)
        RoundDecision.objects.bulk_create(
            _row(locked, place, comparison.rows[place], answers[place]) for place in asked
        )
        close_round(locked, State.DECIDED, actor)
        tell_round(
            locked,
            operation,
            "text-decided",
            actor,
            seat.role,
            organisation_id,
            accepted=len(accepted),
            refused=len(asked) - len(accepted),
            changed=changed,
        )
        sync_tasks(operation)
    return locked


def _row(held: NegotiationRound, place: int, row: Row, answer: Decision) -> RoundDecision:
    return RoundDecision(
        round=held,
        position=place,
        change=row.change.value,
        moved=row.moved,
        title=row.clause.title or row.clause.text[:80],
        accepted=answer.accepted,
        remark=answer.remark,
    )


def _write(held: NegotiationRound, comparison: Any, accepted: set[int]) -> bool:
    """Bring the accepted rows into the text of the language; the other languages stay as they are."""
    if not accepted:
        return False
    paper = Instrument.objects.select_for_update(of=("self",)).get(rounds=held)
    versions: list[Any] = list(paper.versions.prefetch_related("clauses"))
    current = next((one for one in versions if one.language == held.language), None)
    if current is None:
        raise Refused([_("The paper has no text in this language any more.")])
    try:
        clauses = merged(as_clauses(current.clauses.all()), comparison, accepted)
    except Overtaken as overtaken:
        text = _(
            "“%(clause)s” was written anew here since the text went out: leave it, or send the text out again."
        )
        raise Refused(
            [text % {"clause": words.apart(one.title or one.text[:60])} for one in overtaken.clauses]
        ) from overtaken
    text = join(clauses)
    limit = LanguageVersion._meta.get_field("text").max_length or 0
    refuse(
        _("The text would be longer than %(limit)s characters.") % {"limit": limit}
        if len(text) > limit
        else ""
    )
    refuse("" if text else _("Nothing would be left of the text."))
    editing.bump(paper, paper.version)
    replace_texts(paper, [_row_of(one, clauses if one.pk == current.pk else None) for one in versions])
    return True


def _row_of(version: Any, clauses: list[Clause] | None) -> dict[str, Any]:
    """A text as it is written: its own clauses, or those given."""
    text = version.text if clauses is None else join(clauses)
    kept = as_clauses(version.clauses.all()) if clauses is None else clauses
    return {"language": version.language, "authentic": version.authentic, "text": text, "clauses": kept}
