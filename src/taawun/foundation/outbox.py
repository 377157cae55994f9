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
from taawun.foundation.models import OutboxMessage, Task, User
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


def _write(case: Any, task: Task, user: User) -> None:
    kind = registry.kinds[task.kind]
    step = kind.workflow.named(task.act) if kind.workflow else None
    with translation.override(user.language or settings.LANGUAGE_CODE):
        act = str(step.label if step else kind.acts[task.act].label)
        subject = _("Taawun: something waits on you (%(code)s)") % {"code": task.code or task.subject_id}
        body = _("%(act)s\n\n%(title)s\n\nSign in and open your desk to see what is needed.\n") % {
            "act": act,
            "title": task.title,
        }
    message, made = OutboxMessage.objects.get_or_create(
        dedupe=f"task:{task.pk}:{user.pk}", defaults={"user": user, "subject": subject, "body": body}
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
