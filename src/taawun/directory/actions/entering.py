"""Entering somebody by name."""

import unicodedata

from taawun.directory.models import Person


def enter_person(name: str) -> Person:
    """Somebody without an account, by the name another wrote, under the script it is written in.

    Whoever calls it has the right to name people, and enters in the record of a case where they were named. It looks
    for nobody of the same name: two people may bear one; the caller offers those known before a name is written.
    """
    arabic = any(unicodedata.name(letter, "").startswith("ARABIC LETTER") for letter in name)
    return Person.objects.create(names={"ar" if arabic else "latin": name})
