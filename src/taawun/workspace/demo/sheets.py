"""A template filled in, as people of the demonstration fill it in."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from taawun.batches.definitions import Definition, Scope
from taawun.batches.template import FIRST_ROW, put, saved, write_template


def filled(definition: Definition, scope: Scope, rows: Iterable[dict[str, Any]]) -> bytes:
    """The template with these rows, each choice by the name its list offers."""
    book = load_workbook(BytesIO(write_template(definition, scope)))
    sheet = book.worksheets[0]
    sheet.delete_rows(FIRST_ROW)
    offered = {
        one.slug: {str(value): str(label) for value, label in one.choices(scope)}
        for one in definition.fields
        if one.choices
    }
    for number, values in enumerate(rows, start=FIRST_ROW):
        for column, field in enumerate(definition.fields, start=2):
            value = values.get(field.slug)
            told = offered.get(field.slug, {})
            put(sheet.cell(number, column), told.get(value, value) if isinstance(value, str) else value)
    return saved(book)
