"""The names of organisations, as search finds them, each language's a text of its own."""

from collections.abc import Iterable

from django.db.models import QuerySet

from taawun.directory.models import Organisation
from taawun.foundation.readable import Readable


def of_organisations(rows: QuerySet[Organisation]) -> Iterable[Readable]:
    """What an organisation is called; one that was merged away is found under the name it had."""
    for each in rows:
        for language, name in each.names.items():
            yield Readable(
                object_id=each.pk,
                address=each.get_absolute_url(),
                language=language,
                title=name,
                country=each.serves_id or each.country_id,
            )
