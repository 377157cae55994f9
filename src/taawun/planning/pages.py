"""The editing pages of a design, each a `FormPage`: draft, conflict and double submit come from there."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from taawun.cycle import rights
from taawun.cycle.models import Operation
from taawun.foundation.bundle import Bundle
from taawun.foundation.pages import FormPage
from taawun.foundation.requests import SignedRequest, there
from taawun.planning.actions import edit_part
from taawun.planning.bundles import BUILDERS, Stored
from taawun.planning.models import DesignVersion
from taawun.planning.parts import PARTS, Part
from taawun.planning.queries import (
    is_open,
    lock_of,
    right_of,
    values_of,
    version_written,
)
from taawun.reference.forms import code_choices


def part_page(request: SignedRequest, operation: Operation, slug: str) -> FormPage:
    """The page that edits a part. Unknown: 404; not this person's to write: 403."""
    part = there(PARTS.get(slug))
    design = version_written(operation, part)
    if rights.seat_for(operation, request.user, right_of(design, part)) is None:
        raise PermissionDenied
    stored, lock = values_of(operation, design, slug), lock_of(operation, design, slug)
    return FormPage(
        case=operation,
        part=_draft_of(design, slug),
        title=part.title,
        version=lock.version if lock else 1,
        build=lambda data, files: BUILDERS[slug](Stored(operation, design, stored, data)),
        save=lambda bundle, base: _save(request, operation, slug, bundle, base),
        done=_home_of(operation, design, part),
        template="planning/part.html",
        shut=not is_open(operation, design, part),
        why_shut=_why_shut(operation, design, part),
        extra=_around(operation, design, part),
    )


def _draft_of(design: DesignVersion | None, slug: str) -> str:
    """A person's draft belongs to one version: its rows are not another's."""
    return f"design-{slug}-{design.number}" if design and design.is_revision else f"design-{slug}"


def _home_of(operation: Operation, design: DesignVersion | None, part: Part) -> str:
    """Where a part is read: its tab, or the page of the revision being written."""
    if design and design.is_revision and not design.frozen_on:
        return reverse("planning:version", args=[operation.pk, design.number])
    return reverse(f"planning:{part.tab}", args=[operation.pk])


def _why_shut(operation: Operation, design: DesignVersion | None, part: Part) -> str:
    """What a part that cannot be edited says of itself."""
    if design and design.frozen_on and not part.when_frozen:
        return _("This version of the design is frozen: it changes by a revision of its own.")
    text = _("The operation is now “%(state)s”: this part cannot be edited in this state.")
    return text % {"state": operation.state_label}


def _save(request: SignedRequest, operation: Operation, slug: str, bundle: Bundle, base: int) -> None:
    actor: Any = request.user
    values = dict(bundle.form.cleaned_data)
    for rows in bundle.rows:
        values[rows.prefix] = rows.values()
    edit_part(operation=operation, part=slug, values=values, actor=actor, base_version=base)


def _around(operation: Operation, design: DesignVersion | None, part: Part) -> dict[str, Any]:
    return {
        "text_language": operation.language,
        "currencies": code_choices("currency") if part.slug == "inputs" else [],
        "crumbs": [
            (reverse("cycle:operations"), _("Operations")),
            (operation.get_absolute_url(), operation.code),
            (_home_of(operation, design, part), TABS[part.tab]),
            ("", part.title),
        ],
    }


TABS = {
    "design": gettext_lazy("Design (PDM)"),
    "plan": gettext_lazy("Plan"),
    "ex-ante": gettext_lazy("Ex-ante evaluation"),
}
