"""The preview as a workbook: what the page shows, to be passed on or worked through."""

from typing import Any

from django.utils.translation import get_language_bidi, gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from taawun.batches.models import Batch
from taawun.batches.rows import rows_page
from taawun.batches.showing import told_of
from taawun.batches.template import put, saved
from taawun.ui.columns import export_text


def write_preview(batch: Batch, user: Any) -> bytes:
    """Every row with its verdict and each cell's reason, the problems of the sheet above; text that runs nowhere."""
    page = rows_page(batch, user)
    book = Workbook(write_only=False)
    sheet = book.active
    assert sheet is not None  # noqa: S101  # a new workbook has one
    sheet.title = _("Preview")
    sheet.sheet_view.rightToLeft = get_language_bidi()
    number = 1
    for told in told_of(batch.definition, batch.problems):
        put(sheet.cell(number, 1), told["at"])
        put(sheet.cell(number, 2), told["text"])
        number += 1
    for column, each in enumerate(page.columns, start=1):
        cell = sheet.cell(number, column)
        put(cell, str(each.label))
        cell.font = Font(bold=True)
    for number, row in enumerate(page.queryset, start=number + 1):  # noqa: B020
        for column, each in enumerate(page.columns, start=1):
            put(sheet.cell(number, column), export_text(each, row))
    return saved(book)
