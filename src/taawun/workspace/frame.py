"""What the masthead says of the person signed in."""

from django.http import HttpRequest

from taawun.directory.models import in_readers_language, in_readers_script
from taawun.directory.roles import Role
from taawun.foundation.standing import standing


def house(request: HttpRequest) -> str:
    """The organisation a person acts for; of several, all."""
    return " · ".join(sorted(in_readers_language(names) for names in standing(request.user).houses))


def person(request: HttpRequest) -> str:
    """Who is signed in: the name, and the role where there is one alone."""
    roles = standing(request.user).roles()
    labels = dict(Role.choices)
    role = labels[next(iter(roles))] if len(roles) == 1 else ""
    names = standing(request.user).names
    name = in_readers_script(names) if names else str(request.user)
    return f"{name} – {role}" if role else name
