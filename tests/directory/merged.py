"""Doubles for tests: a person or an organisation entered twice, and the administrators who merge them."""

from typing import Any

from taawun.directory import actions, merges
from taawun.directory.models import Merge, Organisation
from taawun.foundation.models import User
from tests.cycle.made import body, everything
from tests.factories import a_person, who

REASON = "Entered twice"
# What a merge and its undoing write of themselves, beside what they move.
OF_ITSELF = (
    *("directory.Merge", "directory.MergedRow", "foundation.AuditEvent", "foundation.AuditDetail"),
    *("foundation.OnceKey", "foundation.OutboxMessage", "foundation.Notice", "jobs"),
)


def a_double(slug: str, **changes: Any) -> Organisation:
    """The same body entered a second time: same country, same side, same names."""
    held = body(slug)
    values = {
        "names": held.names,
        "kind": held.kind,
        "country_id": held.country_id,
        "parent_id": held.parent_id,
        "serves_id": held.serves_id,
        "on_paper": held.on_paper,
    }
    return Organisation.objects.create(slug=f"{slug}-double", **values | changes)


def an_administrator(house: str = "jica") -> User:
    """The administrator of the cast where there is one, else a new one."""
    return who("jica-admin") if house == "jica" else a_person("administrator", house)


def merge(gone: Any, kept: Any, actor: User | None = None, **more: Any) -> Merge:
    """Merge two persons by their accounts, or two organisations; by the agency's administrator."""
    gone, kept = (one.person if isinstance(one, User) else one for one in (gone, kept))
    given = {"reason": REASON} | more
    return actions.merge(gone, kept, actor=actor or who("jica-admin"), **given)


def unmerge(made: Merge, actor: User | None = None, reason: str = "They are two") -> Merge:
    """Undo it, by the agency's administrator."""
    return actions.unmerge(made, actor=actor or who("jica-admin"), reason=reason)


def obstacles(gone: Any, kept: Any, actor: User | None = None) -> list[str]:
    """What stands against a merge."""
    gone, kept = (one.person if isinstance(one, User) else one for one in (gone, kept))
    return merges.plan_of(gone, kept, actor or who("jica-admin")).obstacles


def untouched() -> dict[str, list[Any]]:
    """Every row but those a merge writes of itself."""
    return {table: rows for table, rows in everything().items() if table not in OF_ITSELF}
