"""The desk: what waits on a person, on others, and what they left half written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from taawun.agreements.expiring import expiring_for
from taawun.cycle.course import act_label, step_url
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.directory.absence import current, delegations_visible_to
from taawun.directory.models import Delegation, in_readers_language, in_readers_script
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.models import AuditEvent, Draft, Task
from taawun.foundation.ports import registry
from taawun.foundation.standing import NOBODY, ActsFor, Standing, standing
from taawun.foundation.tasks import tasks_waiting_on
from taawun.reference.names import code_name
from taawun.ui import words

MOST, ALL = 30, 500
COUNTED = 1000


@dataclass(frozen=True)
class Line:
    """One thing that waits, with the one next act. `acts_for`: whose seat it waits on, where one is their deputy."""

    due: date | None
    since: Any
    title: str
    language: str
    code: str
    kind: Any
    country: str
    act: Any
    url: str
    acts_for: str = ""


@dataclass(frozen=True)
class Group:
    label: Any
    late: bool
    lines: list[Line]


def line_of(task: Task, who: Standing = NOBODY) -> Line:
    """A task as the desk of this person shows it."""
    held = who.delegated.get((task.organisation_id or 0, task.role))
    kind = registry.kinds[task.kind]
    return Line(
        due=task.due,
        since=task.since,
        title=task.title,
        language=task.language,
        code=task.code,
        kind=kind.label,
        country=code_name(task.country) if task.country else "",
        act=act_label(task.kind, task.act),
        url=_url_of(task),
        acts_for=_seat_told(held, task.role) if held else "",
    )


def _seat_told(held: ActsFor, role: str) -> str:
    values = {
        "person": in_readers_script(held.names),
        "seat": words.listed((dict(Role.choices).get(role, role), in_readers_language(held.house))),
    }
    return _("for %(person)s: %(seat)s") % values


def stands_in(user: Any) -> list[dict[str, Any]]:
    """For whom this person acts today, in which seat and until when: read with the standing."""
    return [
        {
            "person": in_readers_script(held.names),
            "seat": words.listed((dict(Role.choices).get(role, role), in_readers_language(held.house))),
            "until": held.until,
            "url": reverse("directory:delegation", args=[held.delegation_id]),
        }
        for (_org, role), held in standing(user).delegated.items()
    ]


def deputies_of(user: Any) -> list[Delegation]:
    """Who acts for this person today, or soon will: one SQL statement."""
    mine = current(delegations_visible_to(user))
    return [each for each in mine if each.post.person.user_id == user.pk]


def _url_of(task: Task) -> str:
    kind = registry.kinds[task.kind]
    known = kind.acts.get(task.act)
    if known and known.url:
        return known.url(task.subject_id, task.ref)
    step = kind.step(task.act)
    if step is None:
        return reverse(kind.url_name, args=[task.subject_id])
    return step_url(kind.model(pk=task.subject_id), step)


def groups_for(user: Any, most: int = MOST) -> list[Group]:
    """What waits on this person, by deadline: late, this week, next week, later, without a date."""
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    spans: list[tuple[Any, bool, Any]] = [
        (_("Late"), True, lambda due: due and due < today),
        (_("This week"), False, lambda due: due and today <= due <= sunday),
        (_("Next week"), False, lambda due: due and sunday < due <= sunday + timedelta(days=7)),
        (_("Later"), False, lambda due: due and due > sunday + timedelta(days=7)),
        (_("Without a date"), False, lambda due: due is None),
    ]
    who = standing(user)
    lines = [line_of(task, who) for task in tasks_waiting_on(who)[:most]]
    grouped = [
        Group(label, late, [line for line in lines if within(line.due)]) for label, late, within in spans
    ]
    return [group for group in grouped if group.lines]


def counts_for(user: Any) -> list[dict[str, Any]]:
    """A line of counts, each opening its list. Two SQL statements; nobody needs to know of the thousandth exactly."""
    requests, operations = _capped(requests_visible_to(user)), _capped(operations_visible_to(user))
    return [
        {
            "number": _told(requests),
            "label": ngettext("request I may see", "requests I may see", requests),
            "url": reverse("cycle:requests"),
        },
        {
            "number": _told(operations),
            "label": ngettext("operation I may see", "operations I may see", operations),
            "url": reverse("cycle:operations"),
        },
    ]


def expiring_counts(user: Any) -> list[dict[str, Any]]:
    """The agreements that expire soon, and those that did while the work goes on; none of either, no line."""
    soon, over = expiring_for(user)
    register = f"{reverse('agreements:register')}?kind=record-of-discussions&stands="
    ran_out = ngettext("agreement expired, the work goes on", "agreements expired, the work goes on", over)
    runs_out = ngettext("agreement expires within six months", "agreements expire within six months", soon)
    told = [(over, ran_out, "overrun"), (soon, runs_out, "soon")]
    return [
        {"number": words.figure(number), "label": label, "url": register + stands}
        for number, label, stands in told
        if number
    ]


def _capped(rows: QuerySet[Any]) -> int:
    return rows.order_by()[: COUNTED + 1].count()


def _told(number: int) -> str:
    return words.figure(number) if number <= COUNTED else f"{words.figure(COUNTED)}+"


def drafts_of(user: Any, most: int = 5) -> Iterable[dict[str, Any]]:
    """What the person left half written, of the cases they may still see."""
    drafts = list(Draft.objects.filter(user=user).order_by("-saved_at")[:most])
    seen = {slug: _seen_of(slug, user, drafts) for slug in {draft.kind for draft in drafts}}
    for draft in drafts:
        if draft.subject_id in seen[draft.kind]:
            yield {
                "title": draft.title,
                "saved_at": draft.saved_at,
                "url": reverse(registry.kinds[draft.kind].url_name, args=[draft.subject_id]),
            }


def _seen_of(slug: str, user: Any, drafts: list[Draft]) -> set[int]:
    """Which cases of a kind these drafts belong to, as far as the person may see them: one SQL statement."""
    kind = registry.kinds.get(slug)
    ids = [draft.subject_id for draft in drafts if draft.kind == slug]
    return set(kind.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)) if kind else set()


def mine_lately(user: Any, most: int = 6) -> list[dict[str, Any]]:
    """The cases the person worked on last, each with what they did last in it: a way back to those they still see."""
    latest: dict[tuple[str, int], AuditEvent] = {}
    for event in AuditEvent.objects.filter(actor=user).order_by("-id")[: most * 10]:
        latest.setdefault((event.kind, event.subject_id), event)
    cases = _cases_of(user, list(latest)[:most])
    return [
        {
            "when": latest[key].recorded_at,
            "label": _past(latest[key]),
            "url": case.get_absolute_url(),
            "code": case.case_code(),
            "title": case.case_title(),
            "language": case.case_language(),
        }
        for key, case in cases.items()
    ]


def _cases_of(user: Any, keys: list[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """These cases as far as the person may see them, in the same order: one SQL statement a kind."""
    seen = {}
    for slug in {kind for kind, _pk in keys} & registry.kinds.keys():
        mine = [pk for kind, pk in keys if kind == slug]
        for case in registry.kinds[slug].visible_to(user).filter(pk__in=mine):
            seen[slug, case.pk] = case
    return {key: seen[key] for key in keys if key in seen}


def _past(event: AuditEvent) -> Any:
    return registry.kinds[event.kind].told(event.step)
