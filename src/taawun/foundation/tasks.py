"""The desk's table, derived from the cases: what waits on whom, since when, by when."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from taawun.foundation import clock, notices, outbox
from taawun.foundation.cases import Case
from taawun.foundation.deadlines import sync_deadlines
from taawun.foundation.models import Task
from taawun.foundation.ports import TaskSpec, registry
from taawun.foundation.seats import on_paper, suits
from taawun.foundation.standing import Standing
from taawun.kernel.workflow import Transition


def tasks_of(case: Case) -> list[TaskSpec]:
    """Everything that waits on somebody in this case, each once: the way forward, and what upper rooms add.

    In an order that is the same whenever it is asked: the rows are written in it, and whose turn it is is read in it.
    """
    specs: list[TaskSpec] = []
    for step in case.workflow.leaving(case.state):
        if step.main and suits(case, step):
            specs.extend(_seats_of(case, step))
    for source in registry.kinds[case.kind].task_sources:
        specs.extend(source(case))
    return list(dict.fromkeys(_whose_desk(case, spec) for spec in specs))


def _whose_desk(case: Case, spec: TaskSpec) -> TaskSpec:
    """What waits on a party that does not sign in lies on the desk of the office that records for it."""
    seat = case.workflow.recorder
    if seat is None or spec.organisation_id is None or spec.organisation_id not in on_paper(case):
        return spec
    office = min(case.seat_organisations()[seat.relation])
    return replace(spec, organisation_id=office, role=seat.role, on_behalf_of_id=spec.organisation_id)


def _seats_of(case: Case, step: Transition) -> Iterable[TaskSpec]:
    due = case.due_of(step)
    if step.joint:
        yield from registry.joints[step.joint].waiting(case, step, due)
        return
    for seat in step.who:
        if seat.role:
            for organisation_id in sorted(case.relation(seat.relation)):
                yield TaskSpec(step.name, organisation_id=organisation_id, role=seat.role, due=due)
        else:
            for person_id in sorted(case.seat_people().get(seat.relation, ())):
                yield TaskSpec(step.name, person_id=person_id, due=due)


def sync_tasks(case: Case) -> None:
    """Bring the desk and the deadlines in line with the case; tell those on whom something new waits."""
    wanted = {_key(spec): spec for spec in tasks_of(case)}
    held = {_key(row): row for row in Task.objects.filter(kind=case.kind, subject_id=case.pk)}
    gone = [row.pk for key, row in held.items() if key not in wanted]
    if gone:
        Task.objects.filter(pk__in=gone).delete()
        notices.done(gone)
    made = Task.objects.bulk_create(_row(case, spec) for key, spec in wanted.items() if key not in held)
    _refresh(case, wanted, held)
    sync_deadlines(case)
    outbox.announce(case, made)


def _refresh(case: Case, wanted: dict[Any, TaskSpec], held: dict[Any, Task]) -> None:
    """A title corrected or a date moved is shown at once; since when it waits stays."""
    for key, row in held.items():
        if key in wanted:
            fresh = _row(case, wanted[key])
            fields = ["due", "code", "title", "language", "country"]
            if any(getattr(row, name) != getattr(fresh, name) for name in fields):
                Task.objects.filter(pk=row.pk).update(**{name: getattr(fresh, name) for name in fields})


def _key(item: Any) -> tuple[Any, ...]:
    return (item.act, item.ref, item.organisation_id, item.role, item.person_id, item.on_behalf_of_id)


def _row(case: Case, spec: TaskSpec) -> Task:
    return Task(
        kind=case.kind,
        subject_id=case.pk,
        act=spec.act,
        ref=spec.ref,
        organisation_id=spec.organisation_id,
        role=spec.role,
        person_id=spec.person_id,
        on_behalf_of_id=spec.on_behalf_of_id,
        due=spec.due,
        since=clock.now(),
        code=case.case_code(),
        title=case.case_title()[:300],
        language=case.case_language(),
        country=case.case_country(),
    )


def tasks_waiting_on(standing: Standing) -> QuerySet[Task]:
    """What waits on this person, by deadline; things without a date last."""
    seats = Q(person_id=standing.person_id) if standing.person_id else Q(pk__in=[])
    by_role: dict[str, set[int]] = {}
    for organisation_id, role in standing.posts:
        by_role.setdefault(role, set()).add(organisation_id)
    for role, organisations in by_role.items():
        seats |= Q(role=role, organisation_id__in=organisations)
    return Task.objects.filter(seats).order_by("due", "since", "pk")


def ball_of(case: Case) -> list[Task]:
    """Whose turn it is: what waits in this case, oldest first."""
    return list(Task.objects.filter(kind=case.kind, subject_id=case.pk).order_by("since", "pk"))
