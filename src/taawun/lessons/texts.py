"""The texts of lessons, as search finds them."""

from collections.abc import Iterable

from django.db.models import QuerySet

from taawun.cycle.texts import codes_of
from taawun.foundation.readable import Readable, joined
from taawun.lessons.models import Lesson


def of_lessons(rows: QuerySet[Lesson]) -> Iterable[Readable]:
    """What a lesson says; the operation it comes from is named on its page alone, to those who may open it."""
    for each in rows:
        yield Readable(
            object_id=each.pk,
            address=each.get_absolute_url(),
            language=each.language,
            title=each.title,
            body=joined(each.situation, each.cause, each.countermeasure, each.conditions, each.keywords),
            code=each.code,
            **codes_of(each),
            state=each.state,
            day=each.certified_on or each.noticed_on or each.created_at.date(),
        )
