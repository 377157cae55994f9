"""Sending the outbox, at most once (ADR 11, 23).

A message is claimed, and the claim committed, before anything is said to the mail server. What fails before the mail
itself was begun has certainly sent nothing, and is tried again; of what fails after, nobody knows
whether it arrived, and a person decides.
"""

import contextlib
import logging
import smtplib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from taawun.foundation import clock
from taawun.foundation.models import OutboxMessage
from taawun.foundation.ports import registry

log = logging.getLogger("taawun.mail")
State = OutboxMessage.State
PAUSE = timedelta(minutes=1)  # after a server that was not met: for so long the other mails do not knock
MOST = 500  # mails of one run of the clock
ABANDONED = gettext_noop("The worker stopped while sending.")


def send(message_id: int) -> None:
    """Send one message, if it is due and nobody else sends it. Never raises for what the mail server does."""
    message = _claim(message_id)
    if message is None:
        return
    line = get_connection()
    try:
        line.open()
    except Exception as error:
        _again(message, error, unreached=True)
    else:
        _hand_over(message, line)
    finally:
        with contextlib.suppress(
            Exception
        ):  # it was said to be taken, or it was not: how one parts changes nothing
            line.close()


def _claim(message_id: int) -> OutboxMessage | None:
    """Make it this worker's alone. None where it is not due, is kept by an agency's hold, or waits for the server."""
    due = Q(next_try__isnull=True) | Q(next_try__lte=clock.now())
    with transaction.atomic():
        queued = OutboxMessage.objects.select_for_update(of=("self",)).filter(due, status=State.QUEUED)
        message = queued.select_related("user").filter(pk=message_id).first()
        if message is None:
            return None
        if _is_held(message):
            _close(message_id, State.HELD)
            return None
        if unreached().filter(tried_at__gt=clock.now() - PAUSE).exclude(pk=message_id).exists():
            _close(message_id, State.QUEUED, next_try=clock.now() + PAUSE)
            return None
        _close(message_id, State.CLAIMED, claimed_at=clock.now())
    return message


def _is_held(message: OutboxMessage) -> bool:
    """Whether an agency keeps its mail back; what a person released goes all the same."""
    asked = registry.services.get("mail-is-held")
    return message.released_at is None and asked is not None and asked(message.house_id, message.acting_id)


def unreached() -> QuerySet[OutboxMessage]:
    """The messages whose last try met no mail server."""
    return OutboxMessage.objects.filter(status=State.QUEUED, unreached=True)


def _hand_over(message: OutboxMessage, line: Any) -> None:
    try:
        EmailMessage(message.subject, message.body, to=[message.user.email], connection=line).send()
    except Exception as error:
        _broken(message, error, begun=getattr(line, "begun", True))
        return
    _close(message.pk, State.SENT, sent_at=clock.now(), error="", unreached=False)
    unreached().update(
        next_try=clock.now()
    )  # the server is there again: what waited for it need wait no longer


def _broken(message: OutboxMessage, error: Exception, *, begun: bool) -> None:
    """What a failure means: the server's refusal of the address, nothing sent, or nobody knows."""
    code = _code(error)
    if code and 400 <= code < 500:
        _again(message, error, unreached=False)
    elif code or (isinstance(error, ValueError) and not begun):
        _close(message.pk, State.FAILED, error=_words(error))
    elif begun:
        _close(message.pk, State.UNCERTAIN, error=_words(error))
    else:
        _again(message, error, unreached=isinstance(error, OSError))


def _code(error: Exception) -> int:
    """The server's answer to sender or recipient, which comes before the mail itself; 0 where it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPSenderRefused) else 0


def _words(error: Exception) -> str:
    """What the server said, to be read by a person."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        answers = [_answer(code, words) for code, words in error.recipients.values()]
        return "; ".join(answers)[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)[:300]
    return (str(error) or type(error).__name__)[:300]


def _answer(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.replace(chr(0), '').split())}"


def _again(message: OutboxMessage, error: Exception, *, unreached: bool) -> None:
    """Nothing was sent: it waits for its next try; after the last it has failed, and a person may send it again."""
    now = clock.now()
    first, tries = message.first_refused_at or now, message.tries + 1
    held: dict[str, Any] = {
        "error": _words(error),
        "tries": tries,
        "tried_at": now,
        "first_refused_at": first,
    }
    if now - first >= timedelta(hours=settings.MAIL_TRIED_FOR_HOURS):
        _close(message.pk, State.FAILED, unreached=False, **held)
        return
    log.warning("mail %s waits: %s", message.pk, held["error"])
    _close(message.pk, State.QUEUED, next_try=now + delay_after(tries), unreached=unreached, **held)


def delay_after(tries: int) -> timedelta:
    """How long to wait after so many tries: by the ladder of the settings, then by its last rung."""
    ladder = settings.MAIL_TRIED_AFTER_MINUTES
    return timedelta(minutes=ladder[min(tries, len(ladder)) - 1])


def _close(message_id: int, status: str, **fields: Any) -> None:
    OutboxMessage.objects.filter(pk=message_id).update(status=status, **fields)


def send_due() -> int:
    """Send what waited for its next try, and what lost its job; how many were looked at."""
    now = clock.now()
    due = Q(next_try__lte=now) | Q(next_try__isnull=True, made_at__lt=now - timedelta(minutes=5))
    waiting = OutboxMessage.objects.filter(due, status=State.QUEUED).order_by("pk")
    pks = list(waiting.values_list("pk", flat=True)[:MOST])
    for pk in pks:
        send(pk)
    return len(pks)


def mark_abandoned(older_than: timedelta = timedelta(minutes=10)) -> int:
    """Messages claimed by a worker that died are shown as uncertain, not sent again."""
    return OutboxMessage.objects.filter(status=State.CLAIMED, claimed_at__lt=clock.now() - older_than).update(
        status=State.UNCERTAIN, error=ABANDONED
    )
