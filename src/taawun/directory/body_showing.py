"""What the pages of organisations show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory import bodies
from taawun.directory.merges import reach_of
from taawun.directory.models import Organisation
from taawun.foundation.standing import standing
from taawun.reference.names import code_name


def crumbs(*page: tuple[str, Any]) -> list[tuple[str, Any]]:
    """Under the desk."""
    here = reverse("directory:organisations") if page else ""
    return [("/desk/", _("My desk")), (here, _("Organisations")), *page]


def bodies_page(user: Any) -> dict[str, Any]:
    """The organisations one administers, and the partners of one's offices; the merged ones last."""
    reach = reach_of(standing(user))
    found = sorted(
        bodies.organisations_visible_to(user).select_related("country"),
        key=lambda body: (body.is_merged, code_name(body.country_id), body.name),
    )
    shown = [
        (_("Ours"), [body for body in found if body.pk in reach]),
        (_("Partners, where our offices stand"), [body for body in found if body.pk not in reach]),
    ]
    return {"groups": [(label, rows) for label, rows in shown if rows], "crumbs": crumbs()}


def body_page(body: Organisation, user: Any) -> dict[str, Any]:
    """One organisation: what it is, who serves it, whether it signs in, what was merged into it."""
    return {
        "body": body,
        "facts": [
            {"label": _("Kind"), "value": body.get_kind_display()},
            {"label": _("Country"), "value": code_name(body.country_id)},
            {"label": _("Part of"), "value": body.parent.name if body.parent else "–"},
            {"label": _("Signs in"), "value": _("No: on paper") if body.on_paper else _("Yes")},
        ],
        "posts": bodies.posts_shown(body, user),
        "marks": list(bodies.marks_visible_to(user).filter(organisation=body)),
        "markable": bodies.marking_scope(body, standing(user)) is not None
        and (body.on_paper or body.kind not in bodies.SIGN_IN),
        "offices": bodies.recording_offices(body) if body.on_paper else [],
        "merged": bodies.merged_into(body) if body.pk in reach_of(standing(user)) else [],
        "crumbs": crumbs(("", body.name)),
    }


def marking_page(body: Organisation, user: Any) -> dict[str, Any]:
    """What marking it, or taking the mark off, would do."""
    wanted = not body.on_paper
    title = _("Mark on paper") if wanted else _("It signs in again")
    return {
        "body": body,
        "title": title,
        "wanted": wanted,
        "desks": bodies.desks_after(body),
        "accounts": bodies.accounts_in(body),
        "obstacles": bodies.marking_obstacles(body, wanted, standing(user)),
        "crumbs": crumbs((body.get_absolute_url(), body.name), ("", title)),
    }
