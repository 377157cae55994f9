"""Reminders of what is due: each rung of a ladder once for each person, in their language."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from taawun.foundation import clock, outbox
from taawun.foundation.deadline_rules import label_of
from taawun.foundation.deadlines import deadlines_visible_to, seat_in
from taawun.foundation.models import Deadline, User
from taawun.foundation.ports import registry
from taawun.kernel.deadlines import next_reminder, reminder_due
from taawun.ui import words


def remind(most: int = 500) -> int:
    """Remind of every deadline whose day of its ladder has come; how many deadlines were told.

    One transaction a deadline: a worker that is killed goes on where it stood, and nobody is told twice.
    """
    today = clock.today()
    due = Deadline.objects.filter(next_reminder__lte=today).order_by("next_reminder", "pk")
    return sum(_remind_of(pk) for pk in list(due.values_list("pk", flat=True)[:most]))


def _remind_of(pk: int) -> int:
    today = clock.today()
    with transaction.atomic():
        locked = Deadline.objects.select_for_update(skip_locked=True)
        row = locked.filter(pk=pk, next_reminder__lte=today).first()
        if row is None or row.next_reminder is None:
            return 0
        day = reminder_due(row.due, row.ladder, row.next_reminder, today)
        if day:
            for user in _told(row):
                _write(row, day.isoformat(), user)
        after = next_reminder(row.due, row.ladder, today + timedelta(days=1))
        Deadline.objects.filter(pk=pk).update(next_reminder=after)
    return 1 if day else 0


def _told(row: Deadline) -> list[User]:
    """Those who hold its seats today and may know of it."""
    holders = registry.services.get("holders")
    if holders is None:
        return []
    found = {user.pk: user for word in [*row.seats, *row.copied] for user in holders(*seat_in(word))}
    return [user for user in found.values() if deadlines_visible_to(user).filter(pk=row.pk).exists()]


def _write(row: Deadline, day: str, user: User) -> None:
    """The mail: its subject names a number and no more. `dedupe` names the day of the ladder, not of the sending."""
    with outbox.in_language_of(user):
        subject = _("Taawun: reminder (%(code)s)") % {"code": row.code or row.subject_id}
        left = words.due(row.due)[0]
        body = _("%(what)s: due on %(day)s (%(left)s).\n\n%(title)s\n\nSign in and open your calendar.\n") % {
            "what": label_of(row.rule),
            "day": words.written(row.due, "d MMMM y"),
            "left": left,
            "title": row.title,
        }
    thing = f"{row.kind}:{row.subject_id}:{row.rule}:{row.ref}"
    outbox.write(user, subject, body, dedupe=f"deadline:{thing}:{row.due}:{day}:{user.pk}")
