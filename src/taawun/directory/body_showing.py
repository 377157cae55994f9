"""What the pages of organisations show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory import bodies
from taawun.directory.models import Organisation
from taawun.directory.queries import posts_held_on
from taawun.foundation import clock
from taawun.reference.names import code_name


def crumbs(*page: str) -> list[tuple[str, Any]]:
    """Under the desk."""
    here = reverse("directory:organisations") if page else ""
    return [("/desk/", _("My desk")), (here, _("Organisations")), *(("", name) for name in page)]


def bodies_page(user: Any) -> dict[str, Any]:
    """The organisations in reach, the merged ones last."""
    found = list(bodies.organisations_visible_to(user))
    return {
        "bodies": sorted(found, key=lambda body: (body.is_merged, body.name)),
        "crumbs": crumbs(),
    }


def body_page(body: Organisation, user: Any) -> dict[str, Any]:
    """One organisation: what it is, who serves it, what was merged into it."""
    posts = posts_held_on(clock.today()).filter(organisation=body).select_related("person")
    return {
        "body": body,
        "facts": [
            {"label": _("Kind"), "value": body.get_kind_display()},
            {"label": _("Country"), "value": code_name(body.country_id)},
            {"label": _("Part of"), "value": body.parent.name if body.parent else "–"},
        ],
        "posts": sorted(posts, key=lambda post: (post.role, post.person.name)),
        "merged": bodies.merged_into(body),
        "crumbs": crumbs(body.name),
    }
