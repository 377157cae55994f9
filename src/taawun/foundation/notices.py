"""One's own notices: which a person may see, which are unread, what of them is still open."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from taawun.foundation import clock
from taawun.foundation.models import Notice, Task, User
from taawun.foundation.models.accounts import ToldBy
from taawun.foundation.ports import registry


def notices_visible_to(user: Any) -> QuerySet[Notice]:
    """One's own, and only those of cases one may still see: one SQL statement before the list's own."""
    mine = Notice.objects.filter(user_id=user.pk)
    seen = Q(kind="")
    for slug in mine.order_by().values_list("kind", flat=True).distinct():
        kind = registry.kinds.get(slug)
        if kind:
            subjects = mine.filter(kind=slug).order_by().values("subject_id")
            cases = kind.visible_to(user).filter(pk__in=subjects).order_by().values("pk")
            seen |= Q(kind=slug, subject_id__in=cases)
    return mine.filter(seen)


def out_of_sight(user: Any) -> int:
    """How many unread ones tell of cases that the person no longer sees."""
    unread = Notice.objects.filter(user_id=user.pk, read_at__isnull=True)
    return unread.exclude(pk__in=notices_visible_to(user).values("pk")).count()


def mark_read(user: User, pk: int) -> bool:
    """Mark one of one's own as read; False where there is no such one. Nobody else learns of it: it is not recorded."""
    mine = notices_visible_to(user).filter(pk=pk)
    mine.filter(read_at__isnull=True).update(read_at=clock.now())
    return mine.exists()


def mark_all_read(user: User, until: int) -> int:
    """Mark as read every one the person had before them (`until`: the newest shown); how many."""
    mine = Notice.objects.filter(user_id=user.pk, pk__lte=until, read_at__isnull=True)
    return mine.update(read_at=clock.now())


def done(tasks: Iterable[int]) -> None:
    """What waited was done, by whomever: nobody need read that it waits."""
    Notice.objects.filter(task_id__in=list(tasks), read_at__isnull=True).update(read_at=clock.now())


def still_open(user: User, notices: list[Notice]) -> list[Notice]:
    """Of these, what still waits, and what was told and not read; of cases the person still sees: three statements."""
    pks = [each.pk for each in notices]
    seen = set(notices_visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))
    waiting = set(
        Task.objects.filter(pk__in=[each.task_id for each in notices if each.task_id]).values_list(
            "pk", flat=True
        )
    )
    return [
        each
        for each in notices
        if each.pk in seen and (each.task_id in waiting if each.task_id else each.read_at is None)
    ]


def choose(user: User, told_by: str) -> None:
    """Keep how a person wants to be told. What waits for a digest they no longer want stays on the page alone."""
    choice = ToldBy(told_by)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(told_by=choice)
        if choice == ToldBy.IN_APP:
            Notice.objects.filter(user=user, mail=Notice.Mail.WAITS).update(mail=Notice.Mail.NONE)
    user.told_by = choice
