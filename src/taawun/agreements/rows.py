"""Language versions and signatories as lines: to tell whether anything changed, and to show another's version."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from taawun.cycle.models import LANGUAGES
from taawun.cycle.rows import values_of
from taawun.ui import words

VERSION = ("language", "authentic", "text")
SIGNATURE = ("party", "name", "title", "signed_on")


def version_lines(rows: Iterable[Any]) -> str:
    """Each language with what its version is worth, and its text; whatever the order they were sent in."""
    names = dict(LANGUAGES)
    held = sorted(values_of(rows, VERSION), key=lambda row: row["language"])
    return "\n\n".join(
        "\n".join(
            [
                words.labelled(
                    names[row["language"]], _("authentic") if row["authentic"] else _("translation")
                ),
                row["text"],
            ]
        )
        for row in held
    )


def signature_lines(rows: Iterable[Any]) -> str:
    """Who signed for whom, one a line."""
    return "\n".join(
        words.listed(
            [
                *filter(None, [row["name"], row["title"], row["party"].organisation.name]),
                words.written(row["signed_on"], "d MMM y"),
            ]
        )
        for row in values_of(rows, SIGNATURE)
    )


def component_lines(rows: Iterable[dict[str, Any]]) -> str:
    """What is proposed for each component, one a line."""
    return "\n".join(
        words.listed(
            [
                row["component"].title,
                words.period(row["starts_on"], row["ends_on"]),
                words.figure(row["ceiling"]),
                (row["currency_id"] or words.NOTHING).rpartition(":")[2],
            ]
        )
        for row in sorted(rows, key=lambda row: row["component"].pk)
    )
