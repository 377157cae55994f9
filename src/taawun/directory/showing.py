"""What the pages of an absence show."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory import absence
from taawun.directory.models import Delegation, Post
from taawun.directory.naming import acting_name
from taawun.directory.queries import names_of
from taawun.foundation.audit import timeline
from taawun.foundation.standing import standing
from taawun.ui import words

PAST_SHOWN = 10


def absence_page(user: Any) -> dict[str, Any]:
    """One's posts with their deputies, for whom one stands in, and what is over: four SQL statements."""
    visible = absence.delegations_visible_to(user)
    now, me = list(absence.current(visible)), standing(user).person_id
    by_post: dict[int, list[Delegation]] = {}
    for each in reversed(now):
        by_post.setdefault(each.post_id, []).append(each)
    over = [each for each in visible[: PAST_SHOWN + len(now)] if each.is_over]
    return {
        "posts": [_post_line(post, by_post.get(post.pk, [])) for post in absence.own_posts(user)],
        "acting": [each for each in now if each.to_person_id == me],
        "over": over[:PAST_SHOWN],
        "crumbs": crumbs(),
    }


def crumbs(*page: str) -> list[tuple[str, str]]:
    """Where the pages of an absence stand: under the desk."""
    here = reverse("directory:absence") if page else ""
    return [("/desk/", _("My desk")), (here, _("Absence and deputies")), *(("", name) for name in page)]


def _post_line(post: Post, delegations: list[Delegation]) -> dict[str, Any]:
    return {"post": post, "delegations": delegations, "personal": post.role in absence.PERSONAL}


def delegation_page(delegation: Delegation, user: Any) -> dict[str, Any]:
    """One delegation: its facts, whether the reader may end it, its record."""
    post = delegation.post
    return {
        "delegation": delegation,
        "facts": [
            {"label": _("Holder of the post"), "value": post.person.name},
            {"label": _("Post"), "value": words.listed((post.get_role_display(), post.organisation.name))},
            {"label": _("Deputy"), "value": delegation.to_person.name},
            {"label": _("First day"), "value": words.written(delegation.starts_on, "d MMM y")},
            {"label": _("Last day"), "value": words.written(delegation.ends_on, "d MMM y")},
            {"label": _("Reason"), "value": delegation.reason},
        ],
        "timeline": history(delegation, user),
        "crumbs": crumbs(_("Delegation")),
    }


def history(delegation: Delegation, user: Any) -> list[dict[str, Any]]:
    """What was done with it, newest first."""
    entries = timeline(delegation, standing(user))  # type: ignore[arg-type]  # a kind without states
    houses = names_of({entry.organisation_id for entry in entries})
    return [
        {
            "when": entry.recorded_at,
            "title": entry.title,
            "who": words.listed(
                filter(
                    None,
                    [
                        acting_name(entry.who, entry.by_delegation_of),
                        houses.get(entry.organisation_id or 0, ""),
                    ],
                )
            ),
        }
        for entry in entries
    ]
