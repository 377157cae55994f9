"""First texts of notes, Records of Discussions and amendments: the agency's clauses, filled from what the case says.

They are drafts for the office to edit. What the case says keeps the language it was written in; the clauses stand in
the language asked for, and say so where they are not translated into it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import translation

from taawun.agreements.clausebook import book
from taawun.agreements.composing import Facts, composed, whole_text
from taawun.agreements.models import Amendment, InstrumentKind
from taawun.agreements.queries import record_of_discussions
from taawun.cycle.models import CooperationRequest, Operation, Party
from taawun.kernel.clauses import Clause
from taawun.planning.queries import Matrix, budget_of, matrix_of
from taawun.reference.names import code_name
from taawun.ui import words

Compose = Callable[[str], list[Clause]]


def note_text(coop_request: CooperationRequest, language: str) -> str:
    """The note by which the office tells the partner that its request was adopted."""
    held = book(coop_request.provider_id, InstrumentKind.NOTE_VERBALE, coop_request.modality_id)
    return whole_text(
        composed(held, lambda code: _note_facts(coop_request, code), language, coop_request.language)
    )


def _note_facts(coop_request: CooperationRequest, language: str) -> Facts:
    with translation.override(language):
        dated = coop_request.starts_on and coop_request.ends_on
        return Facts(
            {
                "office": coop_request.country_office.name,
                "body": coop_request.coordination.name,
                "provider": coop_request.provider.name,
                "requesting": coop_request.requesting.name,
                "title": coop_request.title,
                "number": coop_request.code or words.NOTHING,
                "country": code_name(coop_request.country_id, language),
                "purpose": coop_request.purpose,
                "period": words.period(coop_request.starts_on, coop_request.ends_on) if dated else "",
                "site": coop_request.site or words.NOTHING,
            }
        )


def record_clauses(operation: Operation) -> Compose:
    """The Record of Discussions by language: its clauses, filled from the operation and its design."""
    matrix = matrix_of(operation)
    held = book(operation.provider_id, InstrumentKind.RECORD_OF_DISCUSSIONS, operation.modality_id)
    return lambda language: composed(
        held, lambda code: _record_facts(operation, matrix, code), language, operation.language
    )


def record_text(operation: Operation, language: str) -> str:
    """The Record of Discussions as one text."""
    return whole_text(record_clauses(operation)(language))


def _record_facts(operation: Operation, matrix: Matrix | None, language: str) -> Facts:
    with translation.override(language):
        country = code_name(operation.country_id, language)
        dated = operation.starts_on and operation.ends_on
        return Facts(
            {
                **_case_values(operation, country),
                "place": f"{country} – {operation.site}" if operation.site else country,
                "period": words.period(operation.starts_on, operation.ends_on) if dated else "",
                **_framework(matrix),
                "inputs": _lines(_inputs(operation, matrix)) or words.NOTHING,
            },
            [party.organisation.name for party in _signing(operation)],
        )


def _case_values(operation: Operation, country: str) -> dict[str, str]:
    return {
        "title": operation.title,
        "number": operation.code,
        "provider": _provider(operation),
        "country": country,
        "parties": _lines(_party_line(party) for party in _signing(operation)),
    }


def _provider(operation: Operation) -> str:
    """Its name from the parties at hand: the provider is one of them."""
    names = [p.organisation.name for p in operation.party_rows if p.organisation_id == operation.provider_id]
    return names[0] if names else operation.provider.name


def _signing(operation: Operation) -> list[Party]:
    return [party for party in operation.party_rows if party.signs]


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _party_line(party: Party) -> str:
    return f"– {party.organisation.name} ({party.get_part_display()})"


def _framework(matrix: Matrix | None) -> dict[str, str]:
    """The design as it stands: goal, purpose, outputs. Without a design their clauses are left out."""
    if matrix is None:
        return {}
    goal, purpose = matrix.at("goal"), matrix.at("purpose")
    outputs = _lines(f"{output.number}) {output.text}" for output in matrix.outputs)
    return {
        "goal": goal.text if goal else words.NOTHING,
        "purpose": purpose.text if purpose else words.NOTHING,
        "outputs": outputs or words.NOTHING,
    }


def _inputs(operation: Operation, matrix: Matrix | None) -> Iterator[str]:
    for row in budget_of(operation, matrix.design) if matrix else ():
        yield words.labelled(row.party.organisation.name, "")
        yield from (f"– {_input_line(one)}" for one in row.inputs)


def _input_line(one: Any) -> str:
    """A kind, what it is, how much of it; no amount: the budget stands in its annex."""
    much = f" ({words.figure(one.quantity)} {one.unit})".replace(" )", ")") if one.quantity else ""
    return words.labelled(one.get_kind_display(), f"{one.text}{much}")


def amendment_clauses(operation: Operation, amendment: Amendment) -> Compose:
    """An amendment by language: parties, subject, reason. What it changes stands in its table and nowhere else."""
    record = record_of_discussions(operation)
    held = book(operation.provider_id, InstrumentKind.AMENDMENT, operation.modality_id)

    def facts(language: str) -> Facts:
        with translation.override(language):
            country = code_name(operation.country_id, language)
            signed = words.written(record.dated_on if record else None, "d MMMM y")
            return Facts(
                {
                    **_case_values(operation, country),
                    "day": signed,
                    "reason": amendment.reason or words.NOTHING,
                },
                [party.organisation.name for party in _signing(operation)],
            )

    return lambda language: composed(held, facts, language, operation.language)


def amendment_text(operation: Operation, amendment: Amendment, language: str) -> str:
    """An amendment as one text."""
    return whole_text(amendment_clauses(operation, amendment)(language))
