"""Ports: where an upper app supplies a fact or an act that a lower one names by slug.

Each app's `ports.py` registers its providers when it is imported (`FoundationConfig.ready`). A slug has exactly one
provider; a second registration is refused at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q

from taawun.foundation.readable import Cases
from taawun.kernel.workflow import Transition, Workflow

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Obstacle:
    """What stands in the way of a step: a sentence, who can supply it, and where."""

    text: Any
    link: str = ""
    link_label: Any = ""
    who: Any = ""

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class Requirement:
    """One line of a step's checklist: `check(case)` returns the obstacles, none when it is met.

    `right` names who may supply it (service `may-write`); "" = whoever reads the checklist may follow its links.
    """

    slug: str
    label: Any
    check: Callable[[Any], Iterable[Obstacle]]
    right: str = ""
    waivable: bool = False


@dataclass(frozen=True)
class Panel:
    """A tab on a case's page: its address name, when it is shown, and for which workflow it exists ("" = every)."""

    slug: str
    label: Any
    url_name: str
    order: int
    shown: Callable[[Any, Any], bool]
    workflow: str = ""

    def suits(self, case: Any) -> bool:
        """Whether a case of this workflow has such a tab at all."""
        return self.workflow in ("", case.workflow.slug)


@dataclass(frozen=True)
class TaskSpec:
    """Something that waits on a seat or a person; `act` is a step of the workflow or a registered act."""

    act: str
    organisation_id: int | None = None
    role: str = ""
    person_id: int | None = None
    due: Any = None
    ref: int = 0
    on_behalf_of_id: int | None = None


@dataclass(frozen=True)
class Act:
    """Something people do to a case that moves no state: its name on the desk and in the record.

    `audience` names the relation whose side alone may know that it is awaited ("" = every party).
    """

    label: Any
    done: Any
    url: Callable[[int, int], str] | None = None
    audience: str = ""


# What happens to cases of every kind, beside their own acts.
COMMON_ACTS: dict[str, Act] = {}


@dataclass
class Kind:
    """A kind of case: its model, its gate, its address, the tables of its life, the names of its form's parts.

    `workflow` is the table most of its cases follow, `others` those of the rest.
    """

    slug: str
    label: Any
    model: Any
    visible_to: Callable[[Any], Any]
    url_name: str
    workflow: Workflow | None = None
    parts: dict[str, Any] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    panels: list[Panel] = field(default_factory=list)
    task_sources: list[Callable[[Any], Iterable[TaskSpec]]] = field(default_factory=list)
    others: tuple[Workflow, ...] = ()

    @property
    def workflows(self) -> tuple[Workflow, ...]:
        """Every table a case of this kind may follow."""
        return (self.workflow, *self.others) if self.workflow else self.others

    def step(self, name: str) -> Transition | None:
        """The first step of this name in any of its tables: for labels."""
        return next((step for table in self.workflows if (step := table.named(name))), None)

    def told(self, act: str) -> Any:
        """How the record tells an act: a step's past form, a registered act's, one of every kind; else its slug."""
        step = self.step(act)
        known = self.acts.get(act) or COMMON_ACTS.get(act)
        return step.past if step else known.done if known else act

    def asked(self, act: str) -> Any:
        """The name of something that waits: a step's label or a registered act's."""
        step = self.step(act)
        return step.label if step else self.acts[act].label

    def audience(self, act: str) -> str:
        """The relation whose side alone may know that this is awaited; "" = every party."""
        step = self.step(act)
        return step.audience if step else self.acts[act].audience


GateOfMany = Callable[[Any, set[int]], set[int]]
Behind = Callable[[Any, Cases | None], Q]
PageOf = Callable[[Any, Any], str]


@dataclass(frozen=True)
class GateOfAll:
    """A gate of files as a condition on whatever names its `subject_id`: `behind(user, cases)` as in `readable`.

    `of`: the kind of text that tells what they are of; `names_it`: whoever passes may read that too. What hangs on it:
    `documents` made of papers, `files`.
    """

    behind: Behind
    of: str = ""
    names_it: bool = True
    documents: bool = False
    files: bool = False


@dataclass
class Registry:
    kinds: dict[str, Kind] = field(default_factory=dict)
    requirements: dict[str, Requirement] = field(default_factory=dict)
    effects: dict[str, Callable[..., None]] = field(default_factory=dict)
    joints: dict[str, Any] = field(default_factory=dict)
    undos: dict[str, Callable[..., None] | None] = field(default_factory=dict)
    conditions: dict[str, Callable[[Any], bool]] = field(default_factory=dict)
    forms: dict[str, Any] = field(default_factory=dict)
    file_gates: dict[str, Callable[[Any, int], bool]] = field(default_factory=dict)
    gates_of_many: dict[str, GateOfMany] = field(default_factory=dict)
    gates_of_all: dict[str, GateOfAll] = field(default_factory=dict)
    file_pages: dict[str, PageOf] = field(default_factory=dict)
    services: dict[str, Callable[..., Any]] = field(default_factory=dict)


registry = Registry()


def _add(table: dict[str, Any], slug: str, value: Any) -> None:
    if slug in table:
        raise ValueError(f"“{slug}” has a provider already.")
    table[slug] = value


def kind(**kwargs: Any) -> Kind:
    """Register a kind of case; the returned record takes its acts, panels and task sources."""
    made = Kind(**kwargs)
    _add(registry.kinds, made.slug, made)
    return made


def requirement(slug: str, label: Any, right: str = "", *, waivable: bool = False) -> Callable[[F], F]:
    """Supply what a step requires: the function gets the case and yields an `Obstacle` for each thing missing.

    `waivable`: an agency's settings may do without it in a modality; no effect of the step may rest on it.
    """

    def register(check: F) -> F:
        _add(registry.requirements, slug, Requirement(slug, label, check, right, waivable))
        return check

    return register


def effect(slug: str) -> Callable[[F], F]:
    """Supply what a step brings about: `function(case, ctx)` runs inside the step's transaction."""

    def register(function: F) -> F:
        _add(registry.effects, slug, function)
        return function

    return register


def undo(slug: str) -> Callable[[F], F]:
    """Supply what undoes an effect when its step is taken back: `function(case, back)` in that transaction.

    It refuses (`Refused`) what can no longer be undone.
    """

    def register(function: F) -> F:
        _add(registry.undos, slug, function)
        return function

    return register


def no_undo(*slugs: str) -> None:
    """Say of effects that nothing undoes them: a step that has one is final."""
    for slug in slugs:
        _add(registry.undos, slug, None)


def condition(slug: str) -> Callable[[F], F]:
    """Supply what a step's `when` or `unless` names: `function(case) -> bool`."""

    def register(function: F) -> F:
        _add(registry.conditions, slug, function)
        return function

    return register


def common_act(slug: str, *, label: Any, done: Any) -> None:
    """Name something that is done to cases of every kind, for the record."""
    _add(COMMON_ACTS, slug, Act(label, done))


def step_form(slug: str) -> Callable[[F], F]:
    """Supply the form a step asks to be filled: a form class, built with `case=`."""

    def register(form: F) -> F:
        _add(registry.forms, slug, form)
        return form

    return register


def joint(slug: str, provider: Any) -> None:
    """Supply the consents of a joint step (see `foundation.steps.Joint`)."""
    _add(registry.joints, slug, provider)


def act(
    kind_slug: str,
    slug: str,
    *,
    label: Any,
    done: Any,
    url: Callable[[int, int], str] | None = None,
    audience: str = "",
) -> None:
    """Name something people do to a case outside its workflow, for the desk and the record."""
    _add(registry.kinds[kind_slug].acts, slug, Act(label, done, url, audience))


def panel(
    kind_slug: str,
    slug: str,
    *,
    label: Any,
    url_name: str,
    order: int,
    shown: Any = None,
    workflow: str = "",
) -> None:
    """Add a tab to the page of a kind of case, or of those of one workflow alone."""
    registry.kinds[kind_slug].panels.append(
        Panel(slug, label, url_name, order, shown or (lambda case, standing: True), workflow)
    )


def task_source(kind_slug: str, *, workflow: str = "") -> Callable[[F], F]:
    """Supply tasks that follow from an upper app's facts; called with the case (of one workflow alone, if named)."""

    def register(function: F) -> F:
        def of_its_workflow(case: Any) -> Iterable[TaskSpec]:
            return function(case) if workflow in ("", case.workflow.slug) else ()

        registry.kinds[kind_slug].task_sources.append(of_its_workflow)
        return function

    return register


def file_gate(slug: str, *, many: GateOfMany | None = None) -> Callable[[F], F]:
    """Say who may open the files attached to a kind of thing: `function(user, subject_id) -> bool`.

    `many(user, ids)`: those the same gate lets through, in few SQL statements; without it each is asked.
    """

    def register(function: F) -> F:
        if many:
            _add(registry.gates_of_many, slug, many)
        _add(registry.file_gates, slug, function)
        return function

    return register


def gate_of_all(slug: str, behind: Behind, **told: Any) -> None:
    """Say the same as a gate of files does, of all at once: what hangs on it is then found by search (`GateOfAll`)."""
    _add(registry.gates_of_all, slug, GateOfAll(behind, **told))


def file_page(slug: str) -> Callable[[F], F]:
    """Say on which page a file behind this gate stands, for a person who may open it: `function(user, file) -> str`.

    Without it that is the page of what the file is of.
    """

    def register(function: F) -> F:
        _add(registry.file_pages, slug, function)
        return function

    return register


def service(slug: str) -> Callable[[F], F]:
    """Supply a question foundation asks and only a higher floor can answer (who holds a seat, who a user is)."""

    def register(function: F) -> F:
        _add(registry.services, slug, function)
        return function

    return register
