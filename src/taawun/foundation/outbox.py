"""Mail that leaves once: written with the act it tells of, sent by a job, never twice."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, OutboxMessage, Task, User
from taawun.foundation.ports import registry

_quiet: ContextVar[bool] = ContextVar("outbox_quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """No mail for what happens inside: loading example data, taking over old work."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def announce(case: Any, tasks: Iterable[Task]) -> None:
    """Tell each holder of a seat, in their language, that something waits on them. No case text in the subject."""
    holders = registry.services.get("holders")
    if _quiet.get() or holders is None:
        return
    for task in tasks:
        for user in holders(task.organisation_id, task.role, task.person_id):
            _write(case, task, user)


@contextmanager
def in_language_of(user: User) -> Iterator[None]:
    """Write in the language its reader chose."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        yield


def write(user: User, subject: str, body: str, *, dedupe: str) -> None:
    """Write one mail of its own, with the act it tells of; the same `dedupe` never leaves twice."""
    if not _quiet.get() and user.is_active:
        _queue(dedupe, user, subject[:200], body)


def _write(case: Any, task: Task, user: User) -> None:
    kind = registry.kinds[task.kind]
    with in_language_of(user):
        act = str(kind.asked(task.act))
        subject = _("Taawun: something waits on you (%(code)s)") % {"code": task.code or task.subject_id}
        body = _("%(act)s\n\n%(title)s\n\nSign in and open your desk to see what is needed.\n") % {
            "act": act,
            "title": task.title,
        }
    _queue(f"task:{task.pk}:{user.pk}", user, subject, body)


def tell(case: Any, event: AuditEvent) -> None:
    """Tell the other parties, each in their language, of a step that concerns them. No case text in the subject."""
    holders = registry.services.get("holders")
    if _quiet.get() or holders is None:
        return
    for organisation_id, role in case.notice_seats():
        if organisation_id not in (event.organisation_id, event.on_behalf_of_id):
            for user in holders(organisation_id, role, None):
                _write_notice(case, event, user)


def _write_notice(case: Any, event: AuditEvent, user: User) -> None:
    with in_language_of(user):
        subject = _("Taawun: notice (%(code)s)") % {"code": case.case_code() or case.pk}
        body = _("%(act)s\n\n%(title)s\n\nSign in and open the case to read why.\n") % {
            "act": str(registry.kinds[case.kind].told(event.step)),
            "title": case.case_title(),
        }
    _queue(f"notice:{event.pk}:{user.pk}", user, subject, body)


def _queue(dedupe: str, user: User, subject: str, body: str) -> None:
    message, made = OutboxMessage.objects.get_or_create(
        dedupe=dedupe, defaults={"user": user, "subject": subject, "body": body}
    )
    if made:
        registry.services["defer-mail"](message.pk)


def send(message_id: int) -> None:
    """Send one message: claim and commit first, so that a killed worker can never send it a second time."""
    with transaction.atomic():
        claimed = OutboxMessage.objects.filter(pk=message_id, status=OutboxMessage.State.QUEUED).update(
            status=OutboxMessage.State.CLAIMED, claimed_at=clock.now()
        )
    if not claimed:
        return
    message = OutboxMessage.objects.select_related("user").get(pk=message_id)
    try:
        EmailMessage(message.subject, message.body, to=[message.user.email]).send()
    except Exception as error:
        # Refused before it left or cut after it arrived: nobody can tell, so a person decides.
        _close(message_id, OutboxMessage.State.UNCERTAIN, error=str(error)[:300])
        return
    _close(message_id, OutboxMessage.State.SENT, sent_at=clock.now())


def _close(message_id: int, status: str, **fields: Any) -> None:
    OutboxMessage.objects.filter(pk=message_id).update(status=status, **fields)


def mark_abandoned(older_than: timedelta = timedelta(minutes=10)) -> int:
    """Messages claimed by a worker that died are shown as uncertain, not sent again."""
    return OutboxMessage.objects.filter(
        status=OutboxMessage.State.CLAIMED, claimed_at__lt=clock.now() - older_than
    ).update(status=OutboxMessage.State.UNCERTAIN, error="The worker stopped while sending.")
