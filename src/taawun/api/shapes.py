"""The shapes that answers are made of: codes with their names, organisations, amounts, texts, addresses."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from taawun.reference.names import code_name


class Coded(Schema):
    """A code of a list, or a word of ours, with its name in the language asked for."""

    code: str
    name: str


class Body(Schema):
    """An organisation, by its name in the language asked for."""

    id: int
    name: str


class Money(Schema):
    """An amount of money: never a number without its currency."""

    amount: str = Field(description="A decimal number, exact, as a string.", examples=["1250000.00"])
    currency: str = Field(description="Three letters (ISO 4217); empty where the source names none.")
    valued_on: date | None = Field(default=None, description="The day of its value, where one is known.")


class Case(Schema):
    """A request or an operation, named from elsewhere."""

    kind: str
    id: int
    number: str
    title: str
    language: str


def coded(code_id: str | None) -> Coded | None:
    """A code with its name; None where there is none."""
    return Coded(code=code_id, name=code_name(code_id)) if code_id else None


def word(value: str, label: Any) -> Coded:
    """A word of ours with its label."""
    return Coded(code=value, name=str(label))


def body(organisation: Any) -> Body | None:
    """An organisation; None where there is none."""
    return Body(id=organisation.pk, name=organisation.name) if organisation else None


def exact(number: Decimal | None) -> str | None:
    """A decimal as it is held, without an exponent."""
    return None if number is None else f"{number:f}"


def money(amount: Decimal | None, currency: str | None, valued_on: date | None = None) -> Money | None:
    """An amount in a currency, given as letters or as the code of the list; None where there is none."""
    if amount is None:
        return None
    letters = (currency or "").removeprefix("currency:")
    return Money(amount=f"{amount:f}", currency=letters, valued_on=valued_on)


def case(kind: str, row: Any) -> Case:
    """A request or an operation, to be named elsewhere."""
    return Case(kind=kind, id=row.pk, number=row.case_code(), title=row.title, language=row.language)


def page_of(request: HttpRequest, row: Any) -> str:
    """Where people read it."""
    return request.build_absolute_uri(row.get_absolute_url())
