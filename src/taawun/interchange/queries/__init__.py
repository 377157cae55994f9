"""Reading what others publish: the gates, and what pages ask."""

from taawun.interchange.queries.activity import MOST, activity_for, original_of, parts_of
from taawun.interchange.queries.alike import Alike, published_like, published_seen
from taawun.interchange.queries.gates import (
    amounts_visible_to,
    loads_visible_to,
    may_load,
    may_open_file,
    published_visible_to,
    sendings_visible_to,
)
from taawun.interchange.queries.loads import (
    MOST_FINDINGS,
    feeds_held,
    feeds_of,
    findings_of,
    job_under_way,
    load_for,
    sending_for,
)
from taawun.interchange.queries.present import (
    codes_present,
    latest_published,
    years_of_amounts,
    years_present,
)

__all__ = [
    "MOST",
    "MOST_FINDINGS",
    "Alike",
    "activity_for",
    "amounts_visible_to",
    "codes_present",
    "feeds_held",
    "feeds_of",
    "findings_of",
    "job_under_way",
    "latest_published",
    "load_for",
    "loads_visible_to",
    "may_load",
    "may_open_file",
    "original_of",
    "parts_of",
    "published_like",
    "published_seen",
    "published_visible_to",
    "sending_for",
    "sendings_visible_to",
    "years_of_amounts",
    "years_present",
]
