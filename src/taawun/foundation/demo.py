"""The people of a demonstration and the links that sign them in."""

from taawun.foundation.accounts_demo import link_for
from taawun.foundation.models import User
from taawun.foundation.ports import registry


def sign_in_links(base_url: str) -> list[tuple[str, str, str]]:
    """Role, person and address of each account, for the terminal: they work on this machine alone."""
    roles = registry.services["roles-of-users"]()
    return [
        (roles.get(u.pk, ""), str(u), base_url + link_for(u))
        for u in User.objects.filter(is_active=True).order_by("pk")
    ]
