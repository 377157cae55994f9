"""How pages name who acted: a deputy with the one they acted for."""

from typing import Any

from django.utils.translation import gettext as _

from taawun.directory.models import in_readers_script


def acting_name(name: str, delegators_names: Any) -> str:
    """Who acted, and by whose delegation, in the reader's script."""
    if not delegators_names:
        return name
    return _("%(deputy)s, by delegation of %(holder)s") % {
        "deputy": name,
        "holder": in_readers_script(delegators_names),
    }
