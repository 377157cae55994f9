"""Naming a deputy for an absence, and ending it before its day."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.directory import absence
from taawun.directory.models import Delegation, Person, Post
from taawun.foundation import clock, outbox
from taawun.foundation.audit import record
from taawun.foundation.models import User
from taawun.foundation.ports import Obstacle
from taawun.foundation.standing import take_seat
from taawun.foundation.steps import Refused
from taawun.ui import words


def delegate(
    post: Post, to_person: Person, *, starts_on: date, ends_on: date, reason: str, actor: User
) -> Delegation:
    """The holder of a post names the colleague who acts in it while they are away. Records it, and tells the deputy.

    Only the holder does this, and only with a post held in their own right: what one fills as deputy is not passed on.
    Refuses (`Refused`) with every obstacle: a personal function, somebody who is no colleague, days that do not fit,
    a second deputy on the same days.
    """
    with transaction.atomic():
        # The post's row orders two who name a deputy at once: the second one finds the first.
        held = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        if held.person.user_id != actor.pk or absence.post_of(actor, held.pk) is None:
            raise PermissionDenied
        if told := _problems(held, to_person, starts_on, ends_on, reason):
            raise Refused([Obstacle(text) for text in told])
        made = Delegation.objects.create(
            post=held,
            to_person=to_person,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.strip(),
            made_by=actor,
        )
        _record(made, "deputy-named", actor, {"reason": made.reason, "to": to_person.pk})
        _tell(made)
    return made


def _problems(post: Post, to_person: Person, start: date, end: date, reason: str) -> list[str]:
    told = [*day_problems(post, start, end).values()]
    if post.role in absence.PERSONAL:
        told.append(_("An evaluator is chosen as a person: nobody evaluates in their place."))
    if to_person not in absence.colleagues(post):
        told.append(
            _("The deputy holds a post in the same organisation, or in the one directly above or below it.")
        )
    if not reason.strip():
        told.append(_("Give the reason."))
    if other := absence.overlapping(post, start, end):
        told.append(
            _(
                "%(person)s acts for you already from %(start)s to %(end)s: end that first, or choose other days."
            )
            % {
                "person": other.to_person.name,
                "start": words.written(other.starts_on, "d MMM y"),
                "end": words.written(other.ends_on, "d MMM y"),
            }
        )
    return told


def day_problems(post: Post, start: date | None, end: date | None) -> dict[str, str]:
    """What is wrong with the days of an absence, by field."""
    problems = {}
    if start and start < clock.today():
        problems["starts_on"] = _("An absence is announced before it begins: today at the earliest.")
    if start and end and end < start:
        problems["ends_on"] = _("The last day comes before the first.")
    elif end and post.held_to and end > post.held_to:
        problems["ends_on"] = _("You hold this post until %(day)s: nobody acts in it for you after that.") % {
            "day": words.written(post.held_to, "d MMM y")
        }
    return problems


def end_delegation(delegation: Delegation, *, actor: User) -> Delegation:
    """End it before its day: the holder is back, or the deputy gives the seat back. It no longer counts at once.

    Refuses one that is over already, so that of two who end it one is told.
    """
    with transaction.atomic():
        held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
        if actor.pk not in (held.post.person.user_id, held.to_person.user_id):
            raise PermissionDenied
        if held.is_over:
            raise Refused([Obstacle(_("This delegation is over already."))])
        held.ended_on = clock.today()
        held.save(update_fields=["ended_on"])
        _record(held, "delegation-ended", actor, {})
    return held


def _record(delegation: Delegation, act: str, actor: User, detail: dict[str, object]) -> None:
    post = delegation.post
    own = post.person.user_id == actor.pk
    take_seat(actor, None, "")  # naming and giving back are done in one's own name
    record(
        delegation,  # type: ignore[arg-type]  # a kind without states
        act,
        actor=actor,
        organisation_id=post.organisation_id if own else None,
        role=post.role if own else "",
        detail=detail,
    )


def _tell(made: Delegation) -> None:
    """A mail to the deputy, in their language."""
    if made.to_person.user is None:
        return
    with outbox.in_language_of(made.to_person.user):
        values = {
            "holder": made.post.person.name,
            "seat": words.listed((made.post.get_role_display(), made.post.organisation.name)),
            "start": words.written(made.starts_on, "d MMM y"),
            "end": words.written(made.ends_on, "d MMM y"),
        }
        subject = _("Taawun: you act for a colleague from %(start)s to %(end)s") % values
        body = (
            _(
                "%(holder)s named you deputy, %(seat)s, from %(start)s to %(end)s.\n\nSign in and open your desk: "
                "from the first day on, what waits on that seat stands there too.\n"
            )
            % values
        )
    outbox.write(
        made.to_person.user, subject, body, dedupe=f"delegation:{made.pk}", house_id=made.post.organisation_id
    )
