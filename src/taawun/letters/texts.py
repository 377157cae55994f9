"""The texts of letters and questions, as search finds them.

What they are about (the case, its country) is left out: not everybody who reads a letter may know of it.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from taawun.cycle.texts import names_of
from taawun.foundation.readable import Readable, joined
from taawun.letters.models import Letter, Question


def of_letters(rows: QuerySet[Letter]) -> Iterable[Readable]:
    """The subject of a letter, its two numbers, from whom and to whom."""
    for each in rows.select_related("organisation", "correspondent"):
        bodies = names_of(each.organisation, each.correspondent)
        yield Readable(
            object_id=each.pk,
            address=each.get_absolute_url(),
            language=each.text_language,
            title=each.subject,
            body=joined(each.number, each.correspondent_name),
            names=bodies,
            code=each.code,
            day=each.dated_on,
        )


def of_questions(rows: QuerySet[Question]) -> Iterable[Readable]:
    """What was asked and answered, in the language of its case."""
    for each in rows.select_related("operation", "coop_request"):
        yield Readable(
            object_id=each.pk,
            address=each.get_absolute_url(),
            language=each.case.language,
            title=each.subject or each.text[:200],
            body=joined(each.text, each.answer),
            state=each.state,
            day=each.asked_on,
        )
