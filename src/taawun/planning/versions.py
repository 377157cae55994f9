"""How the versions of a design are shown: their list, each of them, the revision being written, two compared."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _, override

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation.answers import whole
from taawun.planning import showing
from taawun.planning.differences import compare
from taawun.planning.models import DesignVersion
from taawun.planning.parts import PARTS, WHILE_DONE, WHILE_REVISED
from taawun.planning.queries import editable_parts, in_force, matrix_of, to_be_entered, versions_of
from taawun.planning.snapshots import snapshots


def design_tab(operation: Operation, user: Any) -> dict[str, Any]:
    """The design in force, the list of its versions, the revision being written."""
    versions = versions_of(operation)
    return showing.design_tab(operation, user) | _around(operation, versions, user)


def _around(operation: Operation, versions: list[DesignVersion], user: Any) -> dict[str, Any]:
    revision = next((one for one in versions if one.is_revision and one.frozen_on is None), None)
    first = next(iter(versions), None)
    agreed = first is not None and first.frozen_on is not None
    opens = agreed and operation.state in WHILE_REVISED and bool(rights.seat_for(operation, user, "revision"))
    entered = to_be_entered(operation, first)
    return {
        "to_be_entered": entered,
        "may_put_in_force": entered and bool(rights.seat_for(operation, user, "revision-adoption")),
        "versions": versions if agreed else [],
        "in_force": in_force(versions) if agreed else None,
        "revision": revision,
        "may_revise": opens,
        **(revision_acts(operation, user) if revision else {}),
    }


def revision_acts(operation: Operation, user: Any) -> dict[str, bool]:
    """What this person may do now with the revision being written."""
    decides = bool(rights.seat_for(operation, user, "revision-adoption"))
    return {
        "may_adopt": decides and operation.state in WHILE_REVISED,
        "may_discard": decides and operation.state in WHILE_DONE,
    }


def version_tab(operation: Operation, number: int, user: Any) -> dict[str, Any] | None:
    """One version as it reads, with the parts that may be written now; nothing where there is no such version."""
    versions = versions_of(operation)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        return None
    slugs = editable_parts(operation, version, user)
    slugs = slugs - {slug for slug in slugs if PARTS[slug].when_frozen}
    return {
        **showing.version_body(operation, matrix_of(operation, number)),
        **_around(operation, versions, user),
        "version": version,
        "parts": [part for part in PARTS.values() if part.slug in slugs],
        "edits": {
            slug.replace("-", "_"): reverse("planning:edit", args=[operation.pk, slug]) for slug in slugs
        },
        "is_revision": version.is_revision and version.frozen_on is None,
    }


def revision_act(operation: Operation, revision: DesignVersion) -> dict[str, Any]:
    """What whoever adopts or discards a revision reads first: what it changes."""
    before = in_force(versions_of(operation))
    return {
        "revision": revision,
        "base_version": revision.version,
        "back": reverse("planning:version", args=[operation.pk, revision.number]),
        "before": before,
        "changes": _differences(operation, before, revision) if before else [],
    }


def comparison(operation: Operation, asked: Any) -> dict[str, Any]:
    """Two versions beside each other: those asked for (`a` and `b`), else the last two."""
    versions = versions_of(operation)
    before, after = _chosen(versions, asked)
    changes = _differences(operation, before, after) if before and after else []
    return {"versions": versions, "before": before, "after": after, "changes": changes}


def _chosen(versions: list[DesignVersion], asked: Any) -> tuple[DesignVersion | None, DesignVersion | None]:
    by_number = {one.number: one for one in versions}
    before, after = (by_number.get(whole(asked.get(name), -1)) for name in ("a", "b"))
    if len(versions) < 2:
        return None, None
    return before or versions[-2], after or versions[-1]


def _differences(operation: Operation, before: DesignVersion, after: DesignVersion) -> list[dict[str, Any]]:
    """The parts in which they differ, in the order of the form."""
    found = compare(*snapshots(operation, [before, after]))
    return [
        {"slug": slug, "title": part.title, "changes": found[slug]}
        for slug, part in PARTS.items()
        if slug in found
    ]


def comparison_paper(operation: Operation, asked: Any) -> dict[str, Any]:
    """The comparison as a paper in the language of the operation."""
    with override(operation.language):
        shown = comparison(operation, asked)
        return (
            showing.paper(operation, _("Comparison of two versions of the design"), "planning:compare")
            | shown
        )
