"""What an agency's own Word template may show of the papers of requests and operations: text alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Lot, Operation, TeamMember
from taawun.kernel.money import Money
from taawun.ui import words

Fields = dict[str, Any]


def with_fields(context: Fields, own: Callable[[], Fields]) -> Fields:
    """A paper's context with the fields of a Word template, composed only where a document is made."""

    def composed() -> Fields:
        with translation.override(context["paper"]["language"]):
            return usual_fields(context) | own()

    return context | {"word_fields": composed}


def usual_fields(context: Fields) -> Fields:
    """What every paper has: number, title, date, heads, parties, signatories."""
    paper = context["paper"]
    heads = [str(text) for text in context.get("letterhead", [])]
    # A paper that says no more of its parties names them in its heads.
    parties = [one for one in context.get("parties", []) if isinstance(one, tuple)]
    parties = parties or [("", head, "") for head in heads]
    return {
        "number": paper.get("number") or "",
        "title": str(paper["title"]),
        "date": day(paper.get("date")),
        "letterhead": [{"line": head} for head in heads],
        "parties": [
            {"label": str(label), "name": str(name), "detail": str(detail)} for label, name, detail in parties
        ],
        "signatories": [
            {
                "side": str(one["side"]),
                "name": one.get("name") or "",
                "office": one.get("title") or "",
                "date": day(one.get("date")),
                "place": one.get("place") or "",
            }
            for one in context.get("signatures", [])
        ],
        "example": _("Example: not an official paper") if context.get("is_example") else "",
    }


def day(value: date | None) -> str:
    """A date in the language of the paper; nothing for no date."""
    return words.written(value, "d MMMM y") if value else ""


def operation_fields(operation: Operation) -> Fields:
    """Which operation it is about."""
    return {"operation_title": operation.title, "operation_number": operation.code}


def mission_fields(operation: Operation, member: TeamMember) -> Fields:
    """The mission of an expert."""
    return operation_fields(operation) | {
        "provider": operation.provider.name,
        "expert": member.person.name,
        "employer": member.organisation.name,
        "function": str(member.get_function_display()),
        "field": member.field,
        "period": words.period(member.held_from, member.held_to or operation.ends_on),
        "site": operation.site,
    }


def lot_fields(lot: Lot, requests: list[CooperationRequest]) -> Fields:
    """The ranked list that a covering letter forwards."""
    return {
        "round": lot.round.name if lot.round else "",
        "requests": [
            {
                "rank": str(row.rank or ""),
                "number": row.code or "",
                "title": row.title,
                "organisation": row.requesting.name,
            }
            for row in requests
        ],
    }


def amounts(operation: Operation) -> list[dict[str, str]]:
    """The ceilings of the operation's components, each with its currency: one SQL statement."""
    rows = [one for one in operation.components.all() if one.ceiling is not None and one.currency_id]
    return [
        {"title": one.title, "amount": words.money(Money(one.ceiling, one.currency_id.partition(":")[2]))}
        for one in rows
        if one.ceiling is not None and one.currency_id
    ]
