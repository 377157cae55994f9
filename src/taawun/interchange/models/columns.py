"""Columns that many of these tables have."""

from typing import Any

from django.db import models

from taawun.reference.models import Code


def part_of_activity(**more: Any) -> Any:
    """The activity a row belongs to; the rows of an activity come and go with it."""
    return models.ForeignKey("interchange.PublishedActivity", on_delete=models.CASCADE, **more)


def known_code(**more: Any) -> Any:
    """The code of our lists that a raw one stands for; none where no list of ours has it."""
    return models.ForeignKey(Code, null=True, on_delete=models.PROTECT, related_name="+", **more)


RAW = 500


def raw() -> Any:
    """A code or reference as the file writes it, cut at `RAW` signs; the empty string where it writes none."""
    return models.CharField(max_length=RAW, blank=True)


def number(**more: Any) -> Any:
    """A decimal as the file writes it, up to what the column holds."""
    return models.DecimalField(max_digits=30, decimal_places=6, null=True, **more)
