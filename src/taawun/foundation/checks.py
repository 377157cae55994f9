"""System checks: a workflow that names a slug nobody supplies must not start."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from taawun.foundation.ports import registry
from taawun.kernel.workflow import slugs_used


def every_slug_has_one_provider(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """One error for each requirement, effect, consent, form or condition that a table names and no app provides.

    And one for each effect of which no app says what undoes it, or that nothing does.
    """
    held: dict[str, dict[str, Any]] = {
        "requirement": registry.requirements,
        "effect": registry.effects,
        "joint": registry.joints,
        "form": registry.forms,
        "condition": registry.conditions,
        "undo": registry.undos,
    }
    used = slugs_used(table for kind in registry.kinds.values() for table in kind.workflows)
    used["undo"] = used["effect"]
    return [
        Error(f"No app provides the {sort} “{slug}”.", id="taawun.E001")
        for sort, slugs in used.items()
        for slug in sorted(slugs)
        if slug not in held[sort]
    ]
