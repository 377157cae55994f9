"""Calendar feeds: what an address shows today, as iCalendar (RFC 5545), and the page of one's own addresses."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from taawun.cycle.queries import operations_visible_to
from taawun.foundation import clock, feeds, outbox
from taawun.foundation.deadline_rules import address_of, label_of
from taawun.foundation.deadlines import between, deadlines_visible_to, mine_among
from taawun.foundation.models import Deadline, FeedAddress
from taawun.reference.names import code_name

BACK, AHEAD, MOST = timedelta(days=366), timedelta(days=5 * 366), 2000


def feed_at(token: str, site: str) -> bytes | None:
    """What a calendar program reads at an address; None where there is no such address.

    In the language of its holder; what they may see today and no more. Who left their post gets an empty calendar, so
    that what they may no longer see goes from their device too.
    """
    address = feeds.find(token)
    if address is None:
        return None
    with outbox.in_language_of(address.user):
        name, rows = _of_operation(address) if address.kind else _of_person(address)
        return calendar_of(name, rows, site)


def _window(rows: Any) -> list[Deadline]:
    today = clock.today()
    return list(between(rows, today - BACK, today + AHEAD)[:MOST])


def _of_person(address: FeedAddress) -> tuple[str, list[Deadline]]:
    return _("Taawun: my deadlines"), _window(mine_among(deadlines_visible_to(address.user), address.user))


def _of_operation(address: FeedAddress) -> tuple[str, list[Deadline]]:
    operation = operations_visible_to(address.user).filter(pk=address.subject_id or 0).first()
    if operation is None:
        return "Taawun", []
    rows = deadlines_visible_to(address.user).filter(kind=address.kind, subject_id=address.subject_id or 0)
    return f"Taawun {operation.code}", _window(rows)


def calendar_of(name: str, rows: list[Deadline], site: str) -> bytes:
    """Deadlines as whole days: a day is the same day in every time zone. The same rows are the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Taawun//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT6H")
    for row in rows:
        calendar.add_component(_event(row, site))
    return bytes(calendar.to_ical())


def _event(row: Deadline, site: str) -> Event:
    event = Event()
    event.add("uid", uid_of(row))
    event.add("dtstamp", row.changed_at.replace(microsecond=0))
    event.add("last-modified", row.changed_at.replace(microsecond=0))
    event.add("dtstart", row.due)
    event.add("dtend", row.due + timedelta(days=1))
    event.add("summary", f"{label_of(row.rule)} – {row.code}" if row.code else str(label_of(row.rule)))
    event.add(
        "description", "\n".join(filter(None, [row.title, code_name(row.country) if row.country else ""]))
    )
    event.add("url", site + address_of(row.rule, row.kind, row.subject_id, row.ref))
    event.add("transp", "TRANSPARENT")
    return event


def uid_of(row: Deadline) -> str:
    """The same for the same thing for good, though its day moves or its row is made anew; it tells nothing."""
    thing = f"{row.kind}:{row.subject_id}:{row.rule}:{row.ref}"
    return salted_hmac("taawun.deadline", thing, algorithm="sha256").hexdigest()[:40] + "@taawun"


def etag_of(body: bytes) -> str:
    """The strong mark of what is sent."""
    return f'"{sha256(body).hexdigest()[:32]}"'


def page_for(user: Any, site: str, wanted: str) -> dict[str, Any]:
    """One's own addresses, what each is of, and the operation for which one may be made (`wanted`, its number)."""
    held = list(feeds.open_addresses(user).order_by("pk"))
    ids = [one.subject_id or 0 for one in held if one.kind]
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    seen = {one.pk: one for one in operations_visible_to(user).filter(pk__in=[*ids, number])}
    return {
        "addresses": [
            {
                "pk": one.pk,
                "operation": seen.get(one.subject_id or 0) if one.kind else None,
                "of_operation": bool(one.kind),
                "made_at": one.made_at,
                "address": site + reverse("calendar-feed", args=[feeds.token_of(one.nonce)]),
            }
            for one in held
        ],
        "has_own": any(not one.kind for one in held),
        "wanted": None if number in ids else seen.get(number),
    }


def make(user: Any, operation: str) -> bool:
    """Make an address of one's own dates, or of an operation one sees; False where one sees no such one."""
    if not operation:
        feeds.issue(user)
        return True
    number = int(operation) if operation.isascii() and operation.isdigit() and len(operation) < 10 else 0
    if not operations_visible_to(user).filter(pk=number).exists():
        return False
    feeds.issue(user, "operation", number)
    return True


def shut(user: Any, pk: int) -> bool:
    """Revoke one of one's own."""
    return feeds.revoke(user, pk)
