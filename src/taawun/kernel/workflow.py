"""Workflows as data: which step leads a case from which state to which, who may take it, what must be there first.

Plain Python: labels are any object that turns into text (a lazy translation in practice). Requirements, effects,
consents and forms are named by slug; the apps that own the facts supply them (`foundation.ports`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Seat:
    """Who may take a step: a role held in one of the organisations that stand in a relation to the case.

    Without a role it is a person named on the case itself (an evaluator, a project manager).
    """

    role: str
    relation: str


@dataclass(frozen=True)
class Transition:
    """One step. `target=None` records an act without moving the state.

    `main` marks the way forward: it becomes a task on the desk of its seats. `audience` names the relation whose
    side alone may read the entry in the record ("" = every party). `joint` names the consents it collects.
    `page` is the address name of a page of its own, where the step is taken for several cases at once.
    `back` leads to the state before this one, read from the record; `final` can never be taken back; `notice` is told
    to the other parties by mail; `when` and `unless` name conditions under which the step exists, or does not.
    """

    name: str
    label: Any
    source: frozenset[str]
    target: str | None
    who: tuple[Seat, ...] = ()
    requires: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    joint: str = ""
    form: str = ""
    needs_reason: bool = False
    main: bool = False
    by_clock: bool = False
    audience: str = ""
    done: Any = ""
    hint: Any = ""
    page: str = ""
    back: bool = False
    final: bool = False
    notice: bool = False
    when: str = ""
    unless: str = ""

    @property
    def past(self) -> Any:
        """How the record tells that the step was taken."""
        return self.done or self.label


class WorkflowError(ValueError):
    """The table itself is wrong: found when it is imported, never by a reader."""


@dataclass(frozen=True)
class Workflow:
    """The life of one kind of case, as a table that can be read, drawn and checked.

    `recorder` is the seat that records, on its behalf, what a party without accounts does on paper.
    """

    slug: str
    label: Any
    states: Mapping[str, Any]
    initial: frozenset[str]
    transitions: tuple[Transition, ...]
    editable: frozenset[str] = field(default_factory=frozenset)
    recorder: Seat | None = None

    def __post_init__(self) -> None:
        self._refuse_unknown_states()
        self._refuse_ambiguous_steps()
        self._refuse_unreachable_states()

    def _refuse_unknown_states(self) -> None:
        used = set(self.initial) | set(self.editable)
        for step in self.transitions:
            used |= step.source | ({step.target} if step.target else set())
        unknown = used - set(self.states)
        if unknown:
            raise WorkflowError(f"{self.slug}: unknown states {sorted(unknown)}")

    def _refuse_ambiguous_steps(self) -> None:
        seen: set[tuple[str, str]] = set()
        for step in self.transitions:
            if not (step.who or step.by_clock):
                raise WorkflowError(f"{self.slug}: nobody may take {step.name}")
            for state in step.source:
                if (step.name, state) in seen:
                    raise WorkflowError(f"{self.slug}: {step.name} stands twice from {state}")
                seen.add((step.name, state))

    def _refuse_unreachable_states(self) -> None:
        reached = set(self.initial)
        while True:
            more = {s.target for s in self.transitions if s.target and s.source & reached} - reached
            if not more:
                break
            reached |= more
        lost = set(self.states) - reached
        if lost:
            raise WorkflowError(f"{self.slug}: no way leads to {sorted(lost)}")

    def find(self, name: str, state: str) -> Transition | None:
        """The step of this name that starts in this state, or None."""
        return next((s for s in self.transitions if s.name == name and state in s.source), None)

    def named(self, name: str) -> Transition | None:
        """The first step of this name from whatever state: for labels."""
        return next((s for s in self.transitions if s.name == name), None)

    def leaving(self, state: str) -> list[Transition]:
        """Every step that starts in this state, in the table's order."""
        return [s for s in self.transitions if state in s.source]


def states_of(*names: str) -> frozenset[str]:
    """A set of states, written short in a table."""
    return frozenset(names)


def slugs_used(workflows: Iterable[Workflow]) -> dict[str, set[str]]:
    """Every slug the tables name, by sort, so that a check can find the ones nobody supplies."""
    sorts = ("requirement", "effect", "joint", "form", "condition")
    used: dict[str, set[str]] = {sort: set() for sort in sorts}
    for workflow in workflows:
        for step in workflow.transitions:
            used["requirement"].update(step.requires)
            used["effect"].update(step.effects)
            used["joint"].update({step.joint} - {""})
            used["form"].update({step.form} - {""})
            used["condition"].update({step.when, step.unless} - {""})
    return used
