"""What an officer typed of a covering letter before its list leaves: kept for them alone, as their draft."""

from typing import Any

from taawun.cycle.models import CooperationRequest
from taawun.foundation import editing
from taawun.foundation.models import Draft, User

PART = "covering-letter"
FIELDS = ("letter_number", "letter_date")


def typed(user: User, requests: list[CooperationRequest]) -> dict[str, Any]:
    """The letter as they left it, from whichever request of the list they wrote it; nothing where they did not."""
    draft = _drafts(user, requests).order_by("-saved_at").first()
    return draft.data if draft else {}


def keep(user: User, requests: list[CooperationRequest], values: dict[str, Any]) -> None:
    """Keep what is typed, in place of what was kept before; an empty letter is none."""
    drop(user, requests)
    letter = {name: str(values.get(name) or "") for name in FIELDS}
    if requests and any(letter.values()):
        editing.keep_draft(user, requests[0], PART, base_version=0, data=letter)


def drop(user: User, requests: list[CooperationRequest]) -> None:
    """The list has left, or another text takes the place of this one."""
    _drafts(user, requests).delete()


def _drafts(user: User, requests: list[CooperationRequest]) -> Any:
    ids = [coop_request.pk for coop_request in requests]
    return Draft.objects.filter(user=user, kind=CooperationRequest.kind, subject_id__in=ids, part=PART)
