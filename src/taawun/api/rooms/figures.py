"""Figures: the same engine as on their pages. A number with its definition, its rates, and what was left out."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field, create_model

from taawun.api.listing import given_in
from taawun.api.problems import misunderstood
from taawun.api.room import Room
from taawun.api.scopes import Scope
from taawun.api.shapes import Coded, exact, word
from taawun.figures.address import AND_BY, BY, CURRENCY, DAY
from taawun.figures.asking import Asked, asked_by
from taawun.figures.counting import Cell, Figure as Number, Grouped
from taawun.figures.definitions import Definition, definition_of, definitions
from taawun.figures.showing import rate_text, time_of, unit_of, unrated_of, why_none
from taawun.foundation.requests import there
from taawun.kernel.tallies import rounded

room = Room("Figures", Scope.FIGURES)


class FigureDefinition(Schema):
    """What can be counted, in words."""

    slug: str
    name: str
    says: str
    unit: str
    is_money: bool
    dimensions: list[Coded] = Field(description="What it can be narrowed to and grouped by.")
    page: str


class LeftOut(Schema):
    """Rows that do not count, and why."""

    reason: Coded
    rows: int


class FigureCell(Schema):
    """One number of a grouped figure. A value that is not stated is null."""

    of: list[Coded | None]
    value: str | None
    rows: int
    page: str


class Figure(FigureDefinition):
    """A number with all that it needs to be understood."""

    value: str | None
    why_none: str
    currency: str
    rates_of: date | None = Field(
        description="Of sums of money: the day of the rates, where an amount has none."
    )
    rates: list[str]
    without_rate: list[str]
    rows: int
    counted_on: date
    origin: str
    narrowed_to: dict[str, str]
    left_out: list[LeftOut]
    cells: list[FigureCell]
    not_shared_out: str | None = Field(
        description="What shares leave to nobody: cells and this make the whole."
    )


class Figures(Schema):
    items: list[FigureDefinition]


def _asking() -> Any:
    """The dimensions of all figures, and how they are grouped."""
    slugs = sorted({one.slug for each in definitions() for one in each.dimensions})
    dimension = Field(
        "", max_length=200, description="Only the rows of this value; “none”: where it is not stated."
    )
    fields: dict[str, Any] = {
        BY: (str, Field("", max_length=60, description="Group by this dimension.")),
        AND_BY: (str, Field("", max_length=60, description="And by this one.")),
        CURRENCY: (str, Field("", max_length=3, description="Convert into this currency.")),
        DAY: (date | None, Field(None, description="At the rates of this day.")),
        **dict.fromkeys(slugs, (str, dimension)),
    }
    return create_model("FigureAsked", __base__=Schema, **fields)


FigureAsked = _asking()


@room.reads("/figures", Figures, "figures")
def figures(request: HttpRequest) -> Any:
    """What can be counted."""
    return {"items": [defined(request, one) for one in definitions()]}


@room.reads("/figures/{slug:slug}", Figure, "figure")
def figure(request: HttpRequest, slug: str, asked: Query[FigureAsked]) -> Any:  # type: ignore[valid-type]
    """One number, of the rows that you may see, narrowed and grouped as on its page."""
    definition = there(definition_of(slug))
    given = given_in(request, asked)
    question = asked_by(definition, request.user, given)
    _check(definition, question, given)
    grouped = question.asking.grouped(question.by) if question.by else None
    return told(request, question, grouped.whole if grouped else question.asking.figure(), grouped)


def _check(definition: Definition, question: Asked, given: dict[str, str]) -> None:
    """What a page would leave out, a program is told."""
    understood = {**question.asking.filters, **{name: question.options.get(name) for name in (DAY, CURRENCY)}}
    grouped = [name for name in (BY, AND_BY) if given.get(name) in question.by]
    unknown = [name for name in given if not understood.get(name) and name not in grouped]
    if unknown:
        raise misunderstood((name, _("There is no such value.")) for name in unknown)


def defined(request: HttpRequest, definition: Definition) -> dict[str, Any]:
    """A definition as it is told."""
    return {
        "slug": definition.slug,
        "name": str(definition.label),
        "says": str(definition.says),
        "unit": str(definition.unit),
        "is_money": definition.is_money,
        "dimensions": [word(one.slug, one.label) for one in definition.dimensions],
        "page": request.build_absolute_uri(reverse("figures:figure", args=[definition.slug])),
    }


def told(request: HttpRequest, question: Asked, number: Number, grouped: Grouped | None) -> dict[str, Any]:
    """A figure as it is told."""
    definition = question.asking.definition
    return {
        **defined(request, definition),
        "unit": unit_of(number),
        "value": exact(number.value),
        "why_none": why_none(number),
        "currency": number.currency,
        "rates_of": number.day if definition.is_money else None,
        "rates": [f"{rate_text(rate)} ({time_of(rate.of)})" for rate in number.rates],
        "without_rate": unrated_of(number),
        "rows": number.rows,
        "counted_on": number.counted_on,
        "origin": str(definition.origin),
        "narrowed_to": dict(number.filters),
        "left_out": [{"reason": word(one.slug, one.sentence), "rows": one.rows} for one in number.left],
        "cells": [_cell(request, grouped, cell) for cell in grouped.cells] if grouped else [],
        "not_shared_out": _unshared(grouped),
        "page": request.build_absolute_uri(
            question.asking.address(question.asking.filters, by=question.by, show="")
        ),
    }


def _cell(request: HttpRequest, grouped: Grouped, cell: Cell) -> dict[str, Any]:
    pairs = zip(grouped.names, cell.values, strict=True)
    return {
        "of": [
            None if value is None else word(str(value), names.get(value, value)) for names, value in pairs
        ],
        "value": exact(cell.figure.value),
        "rows": cell.figure.rows,
        "page": request.build_absolute_uri(cell.figure.address),
    }


def _unshared(grouped: Grouped | None) -> str | None:
    if grouped is None or not grouped.unshared:
        return None
    return exact(rounded(grouped.unshared, grouped.whole.digits))
