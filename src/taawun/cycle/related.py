"""What else belongs to a case: the request before, the operation it follows, the same asked of another provider."""

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Operation
from taawun.cycle.queries import operations_visible_to, requests_visible_to

ENDED = ("dropped", "withdrawn", "not_retained", "declined", "deferred")
ALIKE = 0.5  # half of the significant words in common: the same thing in other words
COMPARED = 200  # the newest of the country and sector


def words_of(text: str) -> frozenset[str]:
    """The significant words of a title and a purpose: four letters or more, in any script, case aside."""
    return frozenset(word for word in re.findall(r"\w+", text.casefold()) if len(word) > 3)


def alike(one: CooperationRequest, other: CooperationRequest) -> bool:
    """Whether two requests ask for much the same thing: their words, each title and purpose."""
    mine, theirs = (words_of(f"{each.title} {each.purpose}") for each in (one, other))
    return bool(mine and theirs) and len(mine & theirs) / min(len(mine), len(theirs)) >= ALIKE


def asked_elsewhere(coop_request: CooperationRequest, user: Any) -> list[CooperationRequest]:
    """The same asked of another provider, as far as this person may see both: one SQL statement.

    Same country, same sector, much the same words. Whoever may see but one of the two learns nothing of the other.
    """
    if coop_request.sector_id is None or coop_request.state in ENDED:
        return []
    others = (
        requests_visible_to(user)
        .filter(country_id=coop_request.country_id, sector_id=coop_request.sector_id)
        .exclude(provider_id=coop_request.provider_id)
        .exclude(state__in=ENDED)
        .select_related("provider")
        .order_by("-id")[:COMPARED]
    )
    return [other for other in others if alike(coop_request, other)]


def related_requests(coop_request: CooperationRequest, user: Any) -> list[dict[str, Any]]:
    """What a request's page says of others: submitted again, submitted before, asked of another provider."""
    found = []
    before, again = coop_request.resubmits, getattr(coop_request, "resubmitted", None)
    if before:
        found.append(_line(_("Submitted again after a deferral; before"), before))
    if again and requests_visible_to(user).filter(pk=again.pk).exists():
        found.append(_line(_("Prepared again as"), again))
    for other in asked_elsewhere(coop_request, user):
        label = _("Much the same is asked of %(provider)s") % {"provider": other.provider.name}
        found.append(_line(label, other) | {"warn": True})
    return found


def _line(label: str, case: Any) -> dict[str, Any]:
    return {
        "label": label,
        "url": case.get_absolute_url(),
        "title": case.case_title(),
        "code": case.case_code(),
        "language": case.case_language(),
        "warn": False,
    }


def related_operations(operation: Operation, user: Any) -> list[dict[str, Any]]:
    """The operation this one follows up, and those that follow it up, as far as this person may see them."""
    seen = operations_visible_to(user)
    linked = seen.filter(Q(follows_id=operation.pk) | Q(pk=operation.follows_id))
    before, after = _("Follow-up cooperation of"), _("Followed up by")
    return [_line(before if other.pk == operation.follows_id else after, other) for other in linked]
