"""The digest: once a day or on Mondays, one mail of what a person was told and is still open."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import ngettext

from taawun.foundation import clock, outbox
from taawun.foundation.models import Notice, OutboxMessage, User
from taawun.foundation.models.accounts import ToldBy
from taawun.foundation.notices import still_open
from taawun.foundation.ports import registry
from taawun.foundation.standing import fresh_standing
from taawun.ui import words

MOST = 50  # lines of one digest; the rest is counted


def send_digests() -> int:
    """Write every digest that is due and not written yet today; how many. Safe to run at any hour, and twice."""
    if clock.now().hour < settings.DIGEST_HOUR:
        return 0
    return sum(_digest_for(pk, clock.today()) for pk in _readers(clock.today()))


def _readers(day: date) -> list[int]:
    """Who has something waiting. Who is told on Mondays: on Monday, or later in the week if Monday's was missed."""
    waiting = Notice.objects.filter(mail=Notice.Mail.WAITS)
    readers = User.objects.filter(is_active=True, pk__in=waiting.values("user_id"))
    monday = day - timedelta(days=day.weekday())
    if day != monday:
        older = waiting.filter(made_at__date__lt=monday).values("user_id")
        readers = readers.exclude(told_by=ToldBy.WEEKLY) | readers.filter(pk__in=older)
    return list(readers.order_by("pk").values_list("pk", flat=True))


def _digest_for(user_id: int, day: date) -> bool:
    """One reader's: each notice is in one digest at most, and a day has one digest at most."""
    dedupe = f"digest:{user_id}:{day}"
    with transaction.atomic():
        # The reader's row orders two workers: the second one finds nothing waiting.
        user = User.objects.select_for_update(no_key=True).get(pk=user_id)
        if OutboxMessage.objects.filter(dedupe=dedupe).exists():
            return False
        waiting = list(Notice.objects.filter(user=user, mail=Notice.Mail.WAITS).order_by("due", "pk"))
        listed = still_open(user, waiting)
        Notice.objects.filter(pk__in=[each.pk for each in waiting]).update(mail=Notice.Mail.LISTED)
        if listed:
            outbox.post([_message(user, listed, dedupe)])
    return bool(listed)


def _message(user: User, listed: list[Notice], dedupe: str) -> OutboxMessage:
    # Of somebody with posts in two organisations the digest is neither's: no administrator reads it.
    houses = {organisation for organisation, _role in fresh_standing(user).own_posts}
    house_id = min(houses) if len(houses) == 1 else None
    with outbox.in_language_of(user):
        values = {"number": words.figure(len(listed)), "list": lines_of(listed)}
    text = outbox.text_for(outbox.texts_for({house_id}), house_id, "digest", user).filled(values)
    return OutboxMessage(user=user, dedupe=dedupe, house_id=house_id, subject=text.subject, body=text.body)


def lines_of(listed: list[Notice]) -> str:
    """The list as the mail shows it, in the language in force."""
    told = [f"- {line_of(each)}" for each in listed[:MOST]]
    rest = len(listed) - MOST
    if rest > 0:
        told.append(ngettext("and one more", "and %(number)s more", rest) % {"number": words.figure(rest)})
    return "\n".join(told)


def line_of(notice: Notice) -> str:
    """What, of which case, by when."""
    parts = [what(notice), notice.code if notice.kind else "", notice.title if notice.kind else ""]
    day = words.written(notice.due, "d MMM y") if notice.due else ""
    return words.parted(part for part in (*map(str, parts), day) if part)


def what(notice: Notice) -> str:
    """What a notice tells, in the language in force: what waits, what was done, or its own words."""
    kind = registry.kinds.get(notice.kind)
    if kind is None:
        return notice.title
    told = kind.asked if notice.topic == Notice.Topic.TASK else kind.told
    try:
        return str(told(notice.act))
    except KeyError:  # an act that the program no longer knows
        return notice.act
