"""How a state looks: done, waiting, ended against the wish. A table, so that no template decides."""

TONES = {
    "confirmed": "ok",
    "adopted": "ok",
    "completed": "ok",
    "evaluated": "ok",
    "closed": "ok",
    "reported": "ok",
    "suspended": "wait",
    "under_review": "wait",
    "ex_post_due": "wait",
    "completion_review": "wait",
    "deferred": "late",
    "declined": "late",
    "cancelled": "late",
    "not_retained": "late",
    "withdrawn": "late",
    "dropped": "late",
}


def tone_of(state: str) -> str:
    """The tone of a state's mark; plain where the table says nothing."""
    return TONES.get(state, "")
