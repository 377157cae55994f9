"""What an administrator does to mail that waits, has failed or may have arrived. Each act is recorded."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import record
from taawun.foundation.mail_texts import one_line
from taawun.foundation.models import OutboxMessage, User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing, take_seat
from taawun.foundation.steps import Refused
from taawun.notices import queries
from taawun.notices.models import MailText, OutboxHold

State = OutboxMessage.State
UNDECIDED = (State.UNCERTAIN, State.FAILED)
WAITING = (State.HELD, State.QUEUED)


class Stale(Exception):
    """Somebody changed it meanwhile: `present` is how it stands now."""

    def __init__(self, present: Any) -> None:
        self.present = present
        super().__init__()


def _require(actor: User, agency_id: int | None = None) -> int:
    """The seat of the administrator, read anew; refuses (403) who is none, or none of this agency."""
    held = fresh_standing(actor).holding(Role.ADMINISTRATOR)
    if not held or (agency_id is not None and agency_id not in held):
        raise PermissionDenied
    seat = agency_id or min(held)
    take_seat(actor, seat, Role.ADMINISTRATOR)
    return seat


def _locked(pk: int, actor: User, states: tuple[Any, ...]) -> OutboxMessage:
    """One message of the administrator's, locked: the worker takes it before or after, never meanwhile."""
    _require(actor)
    held = queries.messages_of(fresh_standing(actor).holding(Role.ADMINISTRATOR))
    message = held.select_for_update(of=("self",)).filter(pk=pk).first()
    if message is None:
        raise PermissionDenied
    if message.status not in states:
        told = _("Nothing was done: the message is “%(state)s” by now.") % {
            "state": message.get_status_display()
        }
        raise Refused([Obstacle(told)])
    return message


def _keep(message: OutboxMessage, act: str, actor: User, detail: dict[str, Any], **changes: Any) -> None:
    for name, value in changes.items():
        setattr(message, name, value)
    message.version += 1
    message.save(update_fields=[*changes, "version"])
    record(message, act, actor=actor, detail=detail)  # type: ignore[arg-type]  # a kind without states


def edit(pk: int, *, subject: str, body: str, base_version: int, actor: User) -> OutboxMessage:
    """Change the words of a message that has not begun to leave. Raises `Stale` when somebody else did meanwhile."""
    with transaction.atomic():
        message = _locked(pk, actor, WAITING)
        if message.version != base_version:
            raise Stale(message)
        subject = one_line(subject)
        if told := names_somebody(message, subject):
            raise Refused([Obstacle(told)])
        before = {"subject": message.subject, "body": message.body}
        after = {"subject": subject, "body": body}
        _keep(message, "mail-edited", actor, {"before": before, "after": after}, **after)
    return message


def names_somebody(message: OutboxMessage, subject: str) -> str:
    """What is wrong with a subject: it names the reader, or tells the title of the case."""
    title = message.notice.title if message.notice and message.notice.kind else ""
    told = [message.user.email, str(message.user), title]
    if any(each and each.casefold() in subject.casefold() for each in told):
        return _("A subject names neither a person nor a title: write them in the text.")
    return ""


def release(pk: int, *, actor: User) -> None:
    """Let a held message go, whatever its agency holds."""
    with transaction.atomic():
        message = _locked(pk, actor, (State.HELD,))
        _let_go(message, "mail-released", actor, {})


def send_again(pk: int, *, reason: str, actor: User) -> None:
    """A person decides to send an uncertain or failed message again, and says why. It may then arrive twice."""
    with transaction.atomic():
        message = _locked(pk, actor, UNDECIDED)
        _let_go(message, "mail-sent-again", actor, {"reason": reason, "error": message.error})


def _let_go(message: OutboxMessage, act: str, actor: User, detail: dict[str, Any]) -> None:
    fresh = {"tries": 0, "first_refused_at": None, "next_try": None, "unreached": False, "claimed_at": None}
    _keep(message, act, actor, detail, status=State.QUEUED, released_at=clock.now(), error="", **fresh)
    registry.services["defer-mail"](message.pk)


def arrived(pk: int, *, reason: str, actor: User) -> None:
    """A person knows that an uncertain message arrived, and says how."""
    with transaction.atomic():
        message = _locked(pk, actor, (State.UNCERTAIN,))
        detail = {"reason": reason, "error": message.error}
        _keep(message, "mail-arrived", actor, detail, status=State.SENT, sent_at=message.claimed_at)


def drop(pk: int, *, reason: str, actor: User) -> None:
    """Never send a message that waits, has failed or is uncertain. Its notice stays on its reader's page."""
    with transaction.atomic():
        message = _locked(pk, actor, (*WAITING, *UNDECIDED))
        _keep(message, "mail-dropped", actor, {"reason": reason, "was": message.status}, status=State.DROPPED)


def hold(agency: Organisation, *, on: bool, actor: User) -> None:
    """Keep the agency's mail back from now on, what is queued too; or stop. What is held stays so until released."""
    with transaction.atomic():
        _require(actor, agency.pk)
        Organisation.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        OutboxHold.objects.update_or_create(
            organisation=agency, defaults={"on": on, "changed_at": clock.now()}
        )
        held = 0
        if on:
            queued = queries.messages_of([agency.pk]).filter(status=State.QUEUED, released_at__isnull=True)
            held = queued.update(status=State.HELD)
        _record(agency, "outbox-held" if on else "outbox-freed", actor, {"held": held})


def release_all(agency: Organisation, *, actor: User) -> int:
    """Let everything go that the agency holds; how many. One entry of the record tells which."""
    with transaction.atomic():
        _require(actor, agency.pk)
        rows = queries.messages_of([agency.pk]).filter(status=State.HELD).select_for_update(of=("self",))
        pks = sorted(rows.values_list("pk", flat=True))
        held = OutboxMessage.objects.filter(pk__in=pks)
        held.update(status=State.QUEUED, released_at=clock.now(), next_try=None)
        for pk in pks:
            registry.services["defer-mail"](pk)
        _record(agency, "outbox-released", actor, {"messages": pks})
    return len(pks)


def save_text(
    agency: Organisation,
    kind: str,
    language: str,
    *,
    text: Any,
    base_version: int,
    actor: User,
) -> MailText:
    """A new version of a text; `text` None: back to the one that comes with the program. Raises `Stale`."""
    with transaction.atomic():
        _require(actor, agency.pk)
        Organisation.objects.select_for_update(of=("self",)).get(pk=agency.pk)
        versions = queries.versions_of(agency, kind, language)
        last = versions[0].version if versions else 0
        if last != base_version:
            raise Stale(versions[0] if versions else None)
        words = text or queries.built_in(kind, language)
        made = MailText.objects.create(
            organisation=agency,
            kind=kind,
            language=language,
            version=last + 1,
            built_in=text is None,
            subject=words.subject,
            body=words.body,
            made_by=actor,
        )
        detail = {"kind": kind, "language": language, "version": made.version, "built_in": made.built_in}
        _record(agency, "mail-text-changed", actor, detail)
    return made


def _record(agency: Organisation, act: str, actor: User, detail: dict[str, Any]) -> None:
    subject = Outbox(agency.pk)
    record(subject, act, actor=actor, organisation_id=agency.pk, role=Role.ADMINISTRATOR, detail=detail)  # type: ignore[arg-type]


class Outbox:
    """An agency's outbox as the record knows it."""

    kind = "outbox"

    def __init__(self, pk: int) -> None:
        self.pk = pk
