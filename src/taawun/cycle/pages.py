"""What the pages of a case share: the gate, the head, the tabs, whose turn it is. Upper rooms call it for theirs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from taawun.cycle.models import CooperationRequest, Operation, Opinion, RequestInput
from taawun.cycle.queries import operations_visible_to, requests_visible_to
from taawun.cycle.tones import tone_of
from taawun.directory.models import Person
from taawun.directory.naming import acting_name
from taawun.directory.queries import names_of
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.audit import timeline
from taawun.foundation.ports import registry
from taawun.foundation.requests import SignedRequest
from taawun.foundation.standing import Standing, standing
from taawun.foundation.steps import checklist, offered
from taawun.foundation.taking_back import may_take_back
from taawun.foundation.tasks import ball_of
from taawun.kernel.workflow import Transition
from taawun.reference.names import code_name
from taawun.ui import words

INPUTS = Prefetch("inputs", RequestInput.objects.select_related("currency"))
OPINIONS = Prefetch("opinions", Opinion.objects.select_related("organisation"))


def _flagged(rows: Any, kind: str) -> Any:
    """Cases that know, without a question to the database of its own, whether questions are open on them."""
    flag = registry.services.get("questions-open")
    return rows.annotate(questions_open=flag(kind)) if flag else rows


def _counted(rows: Any) -> Any:
    """Operations that know how many of their figures are disputed (from above, by the service `figures-disputed`)."""
    number = registry.services.get("figures-disputed")
    return rows.annotate(figures_disputed=number()) if number else rows


def operation_for(user: Any, pk: int) -> Operation:
    """The operation through its gate, with what its head shows."""
    operation = (
        _counted(_flagged(operations_visible_to(user), "operation"))
        .select_related(
            "provider", "country_office", "coop_request", "settings", "basis_scan", "taken_over_scan"
        )
        .filter(pk=pk)
        .first()
    )
    if operation is None:
        raise Http404
    return operation


def request_for(user: Any, pk: int) -> CooperationRequest:
    """The request through its gate, with what its head shows."""
    coop_request = (
        _flagged(requests_visible_to(user), "request")
        .select_related(
            "requesting", "coordination", "provider", "country_office", "round", "operation", "lot"
        )
        .select_related("implementing", "appraisal_note", "decision", "resubmits", "resubmitted")
        .select_related("settings")
        .prefetch_related("outputs", INPUTS, OPINIONS)
        .filter(pk=pk)
        .first()
    )
    if coop_request is None:
        raise Http404
    return coop_request


def operation_page(request: SignedRequest, pk: int, tab: str) -> tuple[Operation, dict[str, Any]]:
    """Gate an operation and prepare the context that `cycle/operation_tab.html` needs; the tab adds its own."""
    operation = operation_for(request.user, pk)
    if not all(p.suits(operation) for p in registry.kinds["operation"].panels if p.slug == tab):
        raise Http404
    return operation, {
        **head_of(operation),
        "operation": operation,
        "tab": tab,
        "tabs": tabs_of(operation, request.user, tab),
        "tabs_label": _("Sections of the operation"),
        "questions_here": questions_here(operation, request.user, tab),
        "crumbs": [
            (reverse("cycle:operations"), _("Operations")),
            (
                f"{reverse('cycle:operations')}?country={operation.country_id}",
                code_name(operation.country_id),
            ),
            ("", operation.code),
        ],
    }


def request_page(request: SignedRequest, pk: int) -> tuple[CooperationRequest, dict[str, Any]]:
    """Gate a request and prepare what the head of each of its pages shows."""
    coop_request = request_for(request.user, pk)
    return coop_request, {
        **head_of(coop_request),
        "coop_request": coop_request,
        "crumbs": [(reverse("cycle:requests"), _("Requests")), ("", coop_request.code or coop_request.title)],
    }


def questions_here(case: Any, user: Any, part: str = "") -> Callable[[], list[dict[str, Any]]]:
    """The questions open on a part of a case (of all of it): read where a page shows them, and where there are any.

    From above, by the services `questions-open` and `questions-here`.
    """
    asked = registry.services.get("questions-here")
    return lambda: asked(case, user, part) if asked and case.questions_open else []


def head_of(case: Any) -> dict[str, Any]:
    """Number, kind, title with its language, state: the head of a case's page."""
    return {
        "case": case,
        "code": case.case_code(),
        "kind_label": code_name(case.modality_id),
        "title": case.case_title(),
        "language": case.case_language(),
        "is_example": case.is_example,
        "state_label": case.state_label,
        "state_tone": tone_of(case.state),
        "marks": [_("Taken over")] if getattr(case, "taken_over_on", None) else [],
        "disputes_told": _disputes_told(case),
    }


def _disputes_told(case: Any) -> tuple[str, str] | None:
    """That figures of an operation are disputed, and where one reads which."""
    told = registry.services.get("disputes-told")
    return told(case) if told and hasattr(case, "figures_disputed") else None


def tabs_of(operation: Operation, user: Any, current: str) -> list[dict[str, Any]]:
    """The tabs of an operation, each at its own address."""
    who = standing(user)
    return [
        {
            "label": panel.label,
            "url": reverse(panel.url_name, args=[operation.pk]),
            "current": panel.slug == current,
        }
        for panel in sorted(registry.kinds["operation"].panels, key=lambda p: p.order)
        if panel.suits(operation) and panel.shown(operation, who)
    ]


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
