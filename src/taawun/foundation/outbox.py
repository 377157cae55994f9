"""What people are told: a notice each, written with the act it tells of; a mail hangs on it where its reader wants one.

`foundation.sending` sends the mails: never twice. `foundation.digests` gathers what waits for a digest.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation

from taawun.foundation.mail_texts import LONGEST_SUBJECT, Text, built_in, one_line
from taawun.foundation.models import AuditEvent, Notice, OutboxMessage, Task, User
from taawun.foundation.models.accounts import ToldBy
from taawun.foundation.ports import registry

_quiet: ContextVar[bool] = ContextVar("outbox_quiet", default=False)

MAIL_OF = {
    ToldBy.AT_ONCE: Notice.Mail.WRITTEN,
    ToldBy.DAILY: Notice.Mail.WAITS,
    ToldBy.WEEKLY: Notice.Mail.WAITS,
    ToldBy.IN_APP: Notice.Mail.NONE,
}


@contextmanager
def quiet() -> Iterator[None]:
    """Nobody is told of what happens inside: loading example data, taking over old work."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


@contextmanager
def in_language_of(user: User) -> Iterator[None]:
    """Write in the language its reader chose."""
    with translation.override(language_of(user)):
        yield


def language_of(user: User) -> str:
    """The language a person is written to in."""
    return user.language or settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Told:
    """One notice to be, and what its mail is made of: a kind of text with its values, or words of its own."""

    notice: Notice
    text: str = ""
    own: Text | None = None
    house_id: int | None = None
    acting_id: int | None = None


def announce(case: Any, tasks: Iterable[Task], *, mailed: bool = True) -> None:
    """Tell each holder of a seat that something waits on them; not `mailed`: on the page of notices alone."""
    holders = registry.services.get("holders")
    if _quiet.get() or holders is None:
        return
    event = case.__dict__.get("_last_event")
    _tell_all(
        [
            _of_task(case, task, user, event)
            for task in tasks
            for user in holders(task.organisation_id, task.role, task.person_id)
        ],
        mailed=mailed,
    )


def _of_task(case: Any, task: Task, user: User, event: AuditEvent | None) -> Told:
    notice = _about(
        Notice(user=user, dedupe=f"task:{task.pk}:{user.pk}", topic=Notice.Topic.TASK, act=task.act), case
    )
    notice.task_id, notice.due, notice.title = task.pk, task.due, task.title
    # Who acted may read what the mail says only where the whole of the parties may know what is awaited.
    shared = event is not None and not registry.kinds[task.kind].audience(task.act)
    acting = event.organisation_id if event is not None and shared else None
    return Told(notice, "task", house_id=task.organisation_id, acting_id=acting)


def tell(case: Any, event: AuditEvent) -> None:
    """Tell the other parties of a step that concerns them."""
    holders = registry.services.get("holders")
    if _quiet.get() or holders is None:
        return
    told = []
    for organisation_id, role in case.notice_seats():
        if organisation_id not in (event.organisation_id, event.on_behalf_of_id):
            for user in holders(organisation_id, role, None):
                notice = Notice(
                    user=user, dedupe=f"notice:{event.pk}:{user.pk}", topic=Notice.Topic.TOLD, act=event.step
                )
                acting = event.organisation_id if event.audience_id is None else None
                told.append(Told(_about(notice, case), "told", house_id=organisation_id, acting_id=acting))
    _tell_all(told)


def _about(notice: Notice, case: Any) -> Notice:
    notice.kind, notice.subject_id, notice.code = case.kind, case.pk, case.case_code()
    notice.title, notice.language = case.case_title()[:300], case.case_language()
    return notice


def write(
    user: User, subject: str, body: str, *, dedupe: str, house_id: int | None = None, at_once: bool = False
) -> None:
    """Tell one person something in words of its own, already in their language; the same `dedupe` tells once.

    `house_id`: the organisation in which it concerns them. `at_once`: it is mailed whatever they chose, as what
    changes how they sign in must be.
    """
    if _quiet.get() or not user.is_active:
        return
    words = Text(one_line(subject)[:LONGEST_SUBJECT], body)
    notice = Notice(
        user=user,
        dedupe=dedupe,
        topic=Notice.Topic.OWN,
        title=words.subject,
        language=language_of(user),
        text=body,
    )
    notice.mail = Notice.Mail.WRITTEN if at_once else ""
    _tell_all([Told(notice, own=words, house_id=house_id)])


def _tell_all(told: list[Told], *, mailed: bool = True) -> None:
    """Write what was not told yet, in a number of statements that does not grow with the readers (a job a mail)."""
    keys = [each.notice.dedupe for each in told]
    known = set(Notice.objects.filter(dedupe__in=keys).values_list("dedupe", flat=True)) if keys else set()
    fresh = {each.notice.dedupe: each for each in told if each.notice.dedupe not in known}
    if not fresh:
        return
    for each in fresh.values():
        wanted = each.notice.mail or MAIL_OF[ToldBy(each.notice.user.told_by)]
        each.notice.mail = wanted if mailed else Notice.Mail.NONE
    Notice.objects.bulk_create((each.notice for each in fresh.values()), ignore_conflicts=True)
    by_mail = {key: each for key, each in fresh.items() if each.notice.mail == Notice.Mail.WRITTEN}
    if by_mail:
        _mail(by_mail)


def _mail(told: dict[str, Told]) -> None:
    texts = texts_for({each.house_id for each in told.values() if each.text})
    notices = dict(Notice.objects.filter(dedupe__in=told).values_list("dedupe", "pk"))
    post(
        OutboxMessage(
            user=each.notice.user,
            notice_id=notices[key],
            dedupe=key,
            house_id=each.house_id,
            acting_id=each.acting_id,
            **vars(each.own or _text_of(each, texts)),
        )
        for key, each in told.items()
    )


def texts_for(houses: set[int | None]) -> dict[tuple[int, str, str], Text]:
    """The texts the agencies of these organisations wrote, by organisation, kind and language: one SQL statement."""
    asked = registry.services.get("mail-texts")
    wanted = houses - {None}
    return asked(wanted) if asked and wanted else {}


def text_for(texts: dict[tuple[int, str, str], Text], house_id: int | None, kind: str, user: User) -> Text:
    """Of those the one for a reader; where their agency wrote none, the built-in one."""
    language = language_of(user)
    return texts.get((house_id or 0, kind, language)) or built_in(kind, language)


def _text_of(told: Told, texts: dict[tuple[int, str, str], Text]) -> Text:
    notice, kind = told.notice, registry.kinds[told.notice.kind]
    with in_language_of(notice.user):
        act = str(kind.asked(notice.act) if told.text == "task" else kind.told(notice.act))
    values = {"act": act, "title": notice.title, "code": notice.code or str(notice.subject_id)}
    return text_for(texts, told.house_id, told.text, notice.user).filled(values)


def post(messages: Iterable[OutboxMessage]) -> None:
    """Put mails into the outbox, each with its job, in the caller's transaction; what lies there stays as it is."""
    made = list(messages)
    OutboxMessage.objects.bulk_create(made, ignore_conflicts=True)
    keys = [message.dedupe for message in made]
    for pk in OutboxMessage.objects.filter(dedupe__in=keys).order_by("pk").values_list("pk", flat=True):
        registry.services["defer-mail"](pk)
