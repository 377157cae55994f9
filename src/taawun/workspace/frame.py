"""What the masthead says of the person signed in."""

from django.http import HttpRequest

from taawun.directory.models import in_readers_language, in_readers_script
from taawun.foundation.standing import standing


def house(request: HttpRequest) -> str:
    """The organisation a person acts for; of several, all."""
    return " · ".join(sorted(in_readers_language(names) for names in standing(request.user).houses))


def person(request: HttpRequest) -> str:
    """Who is signed in, in the script of the reader's language."""
    names = standing(request.user).names
    return in_readers_script(names) if names else str(request.user)
