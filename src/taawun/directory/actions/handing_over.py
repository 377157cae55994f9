"""Handing over everything open to a successor in one step."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from taawun.directory import handing, handovers
from taawun.directory.handing import Held
from taawun.directory.handovers import GOVERNING, Plan
from taawun.directory.models import Delegation, Handover, Person, Post
from taawun.foundation import clock, outbox
from taawun.foundation.audit import record
from taawun.foundation.models import Draft, User
from taawun.foundation.ports import Obstacle, registry
from taawun.foundation.standing import fresh_standing, take_seat
from taawun.foundation.steps import Refused
from taawun.foundation.tasks import sync_tasks


def hand_over(person: Person, to: Person, *, on: date, reason: str, actor: User, seen: str = "") -> Handover:
    """Give everything open in a person's hands to a successor: all of it, or nothing.

    By the officer, for everything; or by the administrator of an organisation, for its posts and functions alone.
    Posts end on the day and begin for the successor, functions held by name too, drafts are copied, delegations end,
    deadlines stay. Whoever served stays on record as having served. One entry in the record of each case whose function
    moved, and one of the handover. `seen` is the fingerprint of what was previewed. Refuses (`Refused`) with every
    obstacle: nothing (any more) to hand over, somebody who may not take it, another day than today.
    """
    with transaction.atomic():
        # Both persons' rows order competing handovers: the second one finds nothing left to hand over.
        list(Person.objects.select_for_update().filter(pk__in=[person.pk, to.pk]).order_by("pk"))
        scope = handovers.scope_for(person, fresh_standing(actor))
        if scope is not None and not scope:
            raise PermissionDenied
        plan = handovers.plan_of(person, scope)
        if told := _problems(plan, to, on, reason, seen, governing=scope is not None):
            raise Refused([Obstacle(text) for text in told])
        made = Handover.objects.create(
            person=person,
            to_person=to,
            scope_id=min(plan.houses) if scope is not None else None,
            day=on,
            reason=reason.strip(),
            made_by=actor,
        )
        _carry_out(plan, made, actor)
        _record(made, actor)
        _tell(made)
    return made


def _problems(plan: Plan, to: Person, on: date, reason: str, seen: str, *, governing: bool) -> list[str]:
    told = []
    if plan.is_empty:
        told.append(
            _("Nothing is left to hand over: it was done already, or no post and no function is held.")
        )
    elif to not in handovers.successors(plan, governing=governing):
        told.append(
            _(
                "The successor has an open account and a post in the same organisation, or in one directly above, "
                "below or beside it."
            )
        )
    elif seen and seen != plan.fingerprint:
        told.append(_("Something has changed since you looked: look again at what would be handed over."))
    if on != clock.today():
        told.append(_("A handover is made on the day it takes effect: today."))
    if not reason.strip():
        told.append(_("Give the reason."))
    for slug, source in handing.sources().items():
        told += source.obstacles([held for held in plan.functions if held.source == slug], to)
    return told


def _carry_out(plan: Plan, made: Handover, actor: User) -> None:
    new = {post.pk: _pass_on(post, made) for post in plan.posts}
    for slug, source in handing.sources().items():
        held = [each for each in plan.functions if each.source == slug]
        if held:
            source.move(held, made, day=made.day)
    _tell_the_cases(plan.functions, made, actor)
    Delegation.objects.filter(pk__in=[each.pk for each in plan.delegations]).update(ended_on=made.day)
    copied = _copy_drafts(plan, made.to_person)
    made.lines = lines_of(plan, new, copied)
    made.save(update_fields=["lines"])


def _tell_the_cases(moved: list[Held], made: Handover, actor: User) -> None:
    """One entry in the record of each case with a function that moved; what waited by name waits on the successor."""
    for kind, pk in sorted({(held.kind, held.subject_id) for held in moved}):
        case = registry.kinds[kind].model._default_manager.get(pk=pk)
        here = [held for held in moved if (held.kind, held.subject_id) == (kind, pk)]
        record(
            case,
            "function-handed-over",
            actor=actor,
            organisation_id=here[0].organisation_id,
            detail={
                "note": f"{made.person} → {made.to_person}",
                "handover": made.pk,
                "from": made.person_id,
                "to": made.to_person_id,
                "functions": [[held.source, held.what] for held in here],
            },
        )
        sync_tasks(case)


def _pass_on(post: Post, made: Handover) -> bool:
    """The post ends on the day and begins for the successor; False where they hold the same already."""
    Post.objects.filter(pk=post.pk).update(held_to=made.day)
    same = Post.objects.filter(
        person_id=made.to_person_id, organisation_id=post.organisation_id, role=post.role
    )
    if same.filter(held_from__lte=made.day, held_to__isnull=True).exists():
        return False
    # Given back within a day: the row of that morning goes on.
    if not same.filter(held_from=made.day).update(held_to=None):
        Post.objects.create(
            person_id=made.to_person_id,
            organisation_id=post.organisation_id,
            role=post.role,
            title=post.title,
            held_from=made.day,
        )
    return True


def _copy_drafts(plan: Plan, to: Person) -> set[int]:
    """Copy what was begun for cases the successor may see now; a draft they hold themselves is left as it is."""
    account = User.objects.get(pk=to.user_id or 0)  # read anew: with the posts that have just begun
    seen = {kind: _visible(kind, account, plan.drafts) for kind in {draft.kind for draft in plan.drafts}}
    own = set(Draft.objects.filter(user=account).values_list("kind", "subject_id", "part"))
    wanted = [
        draft
        for draft in plan.drafts
        if draft.subject_id in seen[draft.kind] and (draft.kind, draft.subject_id, draft.part) not in own
    ]
    Draft.objects.bulk_create(
        Draft(
            user=account,
            kind=draft.kind,
            subject_id=draft.subject_id,
            part=draft.part,
            base_version=draft.base_version,
            data=draft.data,
            title=draft.title,
            saved_at=draft.saved_at,
        )
        for draft in wanted
    )
    return {draft.pk for draft in wanted}


def _visible(slug: str, account: User, drafts: list[Draft]) -> set[int]:
    kind = registry.kinds.get(slug)
    ids = [draft.subject_id for draft in drafts if draft.kind == slug]
    return set(kind.visible_to(account).filter(pk__in=ids).values_list("pk", flat=True)) if kind else set()


def lines_of(plan: Plan, new: dict[int, bool], copied: set[int]) -> dict[str, Any]:
    """What the summary keeps, as it stands: slugs and numbers, told in the reader's language later."""
    cases = _cases([*plan.functions, *plan.stays])
    return {
        "posts": [
            {
                "organisation": post.organisation_id,
                "role": post.role,
                "title": post.title,
                "new": new.get(post.pk, True),
            }
            for post in plan.posts
        ],
        "personal_posts": [{"organisation": p.organisation_id, "role": p.role} for p in plan.personal_posts],
        "functions": [held.told() | cases[held.kind, held.subject_id] for held in plan.functions],
        "stays": [held.told() | cases[held.kind, held.subject_id] for held in plan.stays],
        "tasks": [
            {
                "kind": task.kind,
                "subject_id": task.subject_id,
                "act": task.act,
                "due": task.due and task.due.isoformat(),
                "code": task.code,
                "title": task.title,
                "language": task.language,
            }
            for task in plan.tasks
        ],
        "drafts": [
            {
                "kind": draft.kind,
                "subject_id": draft.subject_id,
                "title": draft.title,
                "copied": draft.pk in copied,
            }
            for draft in plan.drafts
        ],
        "delegations": [
            {"holder": each.post.person_id, "deputy": each.to_person_id, "ends_on": each.ends_on.isoformat()}
            for each in plan.delegations
        ],
    }


def _cases(held: list[Held]) -> dict[tuple[str, int], dict[str, str]]:
    """Number, title and language of the cases: one SQL statement a kind."""
    told = {}
    for slug in {each.kind for each in held}:
        ids = {each.subject_id for each in held if each.kind == slug}
        for case in registry.kinds[slug].model._default_manager.filter(pk__in=ids):
            told[slug, case.pk] = {
                "code": case.case_code(),
                "title": case.case_title(),
                "language": case.case_language(),
            }
    return told


def _record(made: Handover, actor: User) -> None:
    role = GOVERNING if made.scope_id else ""
    if not made.scope_id:
        take_seat(actor, None, "")  # in one's own name
    record(
        made,  # type: ignore[arg-type]  # a kind without states
        "handed-over",
        actor=actor,
        organisation_id=made.scope_id,
        role=role,
        detail={"reason": made.reason, "from": made.person_id, "to": made.to_person_id, **made.lines},
    )


def _tell(made: Handover) -> None:
    """A mail to the successor, and to the officer where somebody else did it."""
    for person in (made.to_person, made.person):
        if person.user is None or person.user_id == made.made_by_id:
            continue
        with outbox.in_language_of(person.user):
            values = {"person": made.person.name, "successor": made.to_person.name}
            subject = _("Taawun: a handover that concerns you")
            body = (
                _(
                    "Posts, functions, deadlines and drafts of %(person)s passed to %(successor)s.\n\n"
                    "Sign in and open your desk: the summary of the handover stands there.\n"
                )
                % values
            )
        outbox.write(
            person.user, subject, body, dedupe=f"handover:{made.pk}:{person.user_id}", house_id=made.scope_id
        )
