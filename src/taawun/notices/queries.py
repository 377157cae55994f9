"""Questions about an agency's mail: whose it is, whether it is held, which texts are in force."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from taawun.directory.models import Organisation
from taawun.directory.roles import Role
from taawun.foundation.mail_texts import Text, built_in
from taawun.foundation.models import OutboxMessage
from taawun.foundation.standing import standing
from taawun.notices.models import MailText, OutboxHold


def agencies_administered_by(user: Any) -> QuerySet[Organisation]:
    """The organisations whose mail this person looks after."""
    return Organisation.objects.filter(pk__in=standing(user).holding(Role.ADMINISTRATOR))


def agency_administered_by(user: Any, pk: int) -> Organisation | None:
    """One of them; None where this person looks after no such one's."""
    return agencies_administered_by(user).filter(pk=pk).first()


def houses_of(agencies: Iterable[int]) -> QuerySet[Organisation, int]:
    """The organisations of these agencies: themselves, and those directly below them."""
    held = list(agencies)
    rows = Organisation.objects.filter(Q(pk__in=held) | Q(parent_id__in=held))
    return rows.order_by().values_list("pk", flat=True)


def messages_of(agencies: Iterable[int]) -> QuerySet[OutboxMessage]:
    """The mail of these agencies: told to somebody in their seats, or telling of what they did."""
    houses = list(houses_of(agencies))
    return OutboxMessage.objects.filter(Q(house_id__in=houses) | Q(acting_id__in=houses))


def messages_visible_to(user: Any) -> QuerySet[OutboxMessage]:
    """The mail that an administrator looks after; nobody else's, and to nobody else."""
    return messages_of(standing(user).holding(Role.ADMINISTRATOR))


def is_on_hold(agency: Organisation) -> bool:
    """Whether the agency keeps its mail back."""
    return OutboxHold.objects.filter(organisation=agency, on=True).exists()


def mail_is_held(house_id: int | None, acting_id: int | None) -> bool:
    """Whether an agency holds a message of these organisations, or of one directly below it: one SQL statement."""
    ids = [pk for pk in (house_id, acting_id) if pk]
    above = Organisation.objects.filter(pk__in=ids).order_by().values("parent_id")
    on = OutboxHold.objects.filter(on=True)
    return bool(ids) and on.filter(Q(organisation_id__in=ids) | Q(organisation_id__in=above)).exists()


def mail_texts(houses: Iterable[int]) -> dict[tuple[int, str, str], Text]:
    """The texts in force for these organisations, their own before those of the agency above: two SQL statements."""
    parents = dict(Organisation.objects.filter(pk__in=set(houses)).values_list("pk", "parent_id"))
    rows = _latest(MailText.objects.filter(organisation_id__in={*parents.keys(), *parents.values()} - {None}))
    held: dict[tuple[int, str, str], MailText] = {}
    for house, parent in parents.items():
        for organisation in (parent, house):
            held |= {(house, r.kind, r.language): r for r in rows if r.organisation_id == organisation}
    return {key: row.text for key, row in held.items() if not row.built_in}


def _latest(rows: QuerySet[MailText]) -> list[MailText]:
    keys = ("organisation_id", "kind", "language")
    return list(rows.order_by(*keys, "-version").distinct(*keys))


def versions_of(agency: Organisation, kind: str, language: str) -> list[MailText]:
    """Every version of a text, the newest first."""
    rows = MailText.objects.filter(organisation=agency, kind=kind, language=language)
    return list(rows.select_related("made_by__person").order_by("-version"))


def in_force(versions: list[MailText], kind: str, language: str) -> Text:
    """The text that is used: the last version, or the one that comes with the program."""
    own = versions[0] if versions and not versions[0].built_in else None
    return own.text if own else built_in(kind, language)


def own_texts(agency: Organisation) -> dict[tuple[str, str], MailText]:
    """The last version of each text the agency wrote, by kind and language: one SQL statement."""
    return {(row.kind, row.language): row for row in _latest(MailText.objects.filter(organisation=agency))}
