"""What the page of a case shows of its course: whose turn it is, the next step, the acts that wait, the record."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.directory.models import Person
from taawun.directory.naming import acting_name
from taawun.directory.queries import names_of
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import timeline
from taawun.foundation.ports import registry
from taawun.foundation.standing import Standing, standing
from taawun.foundation.steps import checklist, offered
from taawun.foundation.taking_back import may_take_back
from taawun.foundation.tasks import ball_of
from taawun.kernel.workflow import Transition
from taawun.ui import words


def sheet_of(case: Any, user: Any, limit: int | None = None) -> dict[str, Any]:
    """What a case's page shows of its course: whose turn, the next step with its checklist, the steps, the record.

    What is one side's own affair (a review, an approval) is told to the others in one word: the organisation that
    has it.
    """
    waiting, entries = ball_of(case), timeline(case, standing(user), limit)
    names = names_of(
        {t.organisation_id for t in waiting}
        | {t.on_behalf_of_id for t in waiting}
        | {e.organisation_id for e in entries}
        | {e.on_behalf_of_id for e in entries}
        | {pk for pks in case.seat_organisations().values() for pk in pks}
    )
    mine = offered(case, user)
    main = [s for s in case.workflow.leaving(case.state) if s.main]
    step = next((s for s in mine if s.main), main[0] if main else None)
    return {
        "ball": _ball(waiting, case, user, names),
        "next": _next(case, step, mine, user),
        "steps": [*acts_for(waiting, user), *steps_for(case, mine), *way_back(case, user)],
        "timeline": record_lines(entries, names),
    }


def steps_for(case: Any, mine: list[Transition]) -> list[dict[str, Any]]:
    """The steps a person may take, each with its page."""
    return [{"url": step_url(case, s), "label": s.label, "main": s.main} for s in mine]


def way_back(case: Any, user: Any) -> list[dict[str, Any]]:
    """Taking back one's own last step, while nobody else has acted on it."""
    last = may_take_back(case, user)
    if last is None:
        return []
    url = reverse("take-back", args=[case.kind, case.pk])
    return [{"url": url, "label": _("Take back: %(step)s") % {"step": last.step.past}, "main": False}]


def acts_for(waiting: list[Any], user: Any) -> list[dict[str, Any]]:
    """What waits on this person in the case besides its steps: an opinion, a note, a sheet."""
    who = standing(user)
    found = []
    for task in waiting:
        known = registry.kinds[task.kind].acts.get(task.act)
        if known and known.url and is_mine(task, who):
            found.append({"url": known.url(task.subject_id, task.ref), "label": known.label, "main": True})
    return list({each["url"]: each for each in found}.values())


def is_mine(task: Any, who: Standing) -> bool:
    """Whether a task waits on this person."""
    return (task.organisation_id, task.role) in who.posts or (task.person_id or -1) == who.person_id


def _next(case: Any, step: Transition | None, mine: list[Transition], user: Any) -> dict[str, Any] | None:
    if step is None:
        return None
    if step not in mine and not may_know(case, step.audience, user):
        return {"label": _("The other side decides"), "hint": "", "lines": []}
    return {"label": step.label, "hint": step.hint, "lines": checklist(case, step, user)}


def may_know(case: Any, audience: str, user: Any) -> bool:
    """Whether this person may know what a step of that audience awaits."""
    if not audience:
        return True
    who, relations = standing(user), case.seat_organisations()
    approves = who.holding(Role.APPROVER) & relations.get("approving", set())
    return bool(relations.get(audience, set()) & who.sides or approves)


def step_url(case: Any, step: Transition) -> str:
    """The page on which a step is taken."""
    if step.page:
        return reverse(step.page, args=[case.pk])
    return reverse("step", args=[case.kind, case.pk, step.name])


def act_label(kind: str, act: str) -> Any:
    """The name of something that waits: a step or a registered act."""
    return registry.kinds[kind].asked(act)


def _audience_of(task: Any) -> str:
    return registry.kinds[task.kind].audience(task.act)


def _ball(waiting: list[Any], case: Any, user: Any, names: dict[int, str]) -> dict[str, Any] | None:
    """Whose turn it is: those on whom the nearest deadline lies; the rest is on their desks."""
    if not waiting:
        return None
    nearest = min(t.due or date.max for t in waiting)
    first = [t for t in waiting if (t.due or date.max) == nearest]
    people = _people(first)
    told = [_told(task, case, user, names, people) for task in first]
    return {
        "who": " · ".join(dict.fromkeys(who for who, _act in told)),
        "act": " · ".join(dict.fromkeys(act for _who, act in told if act)),
        "since": first[0].since,
        "late": nearest < clock.today(),
    }


def _people(waiting: list[Any]) -> dict[int, str]:
    ids = [t.person_id for t in waiting if t.person_id]
    return {p.pk: p.name for p in Person.objects.filter(pk__in=ids)} if ids else {}


def _told(task: Any, case: Any, user: Any, names: dict[int, str], people: dict[int, str]) -> tuple[str, str]:
    """On whom a task waits and for what; to the other side, only which organisation has the case."""
    audience = _audience_of(task)
    if not (may_know(case, audience, user) or is_mine(task, standing(user))):
        return names.get(min(case.seat_organisations()[audience]), ""), ""
    act = str(act_label(task.kind, task.act))
    if task.person_id:
        return people.get(task.person_id, ""), act
    role = dict(Role.choices).get(task.role, task.role)
    who = words.listed((role, names.get(task.organisation_id, "")))
    if task.on_behalf_of_id:
        who = _("%(office)s, for %(party)s, which acts on paper") % {
            "office": who,
            "party": names.get(task.on_behalf_of_id, ""),
        }
    return who, act


def record_of(case: Any, user: Any) -> list[dict[str, Any]]:
    """The whole record of a case as this person may read it."""
    entries = timeline(case, standing(user))
    return record_lines(
        entries, names_of({e.organisation_id for e in entries} | {e.on_behalf_of_id for e in entries})
    )


def record_lines(entries: list[Any], names: dict[int, str]) -> list[dict[str, Any]]:
    """The timeline's lines: who acted, for which organisation, on whose behalf."""
    return [
        {
            "when": e.when,
            "title": e.title,
            "detail": e.detail,
            "who": words.listed(
                filter(
                    None,
                    [
                        acting_name(e.who or str(_("The clock")), e.by_delegation_of),
                        names.get(e.organisation_id or 0, ""),
                    ],
                )
            ),
            "behalf": names.get(e.on_behalf_of_id or 0, ""),
            "letter": e.letter,
            "recorded": e.recorded_at if e.recorded_at.date() != e.when else None,
            "internal": e.internal,
            "taken_over": e.taken_over,
        }
        for e in entries
    ]
