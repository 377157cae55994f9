"""The parts of a design, as a table: who writes each, while the operation is in which state, where it is read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from taawun.cycle.workflow import OPERATION_WORKFLOW, OperationState

WHILE_PLANNED = OPERATION_WORKFLOW.editable
WHILE_REVISED = frozenset({OperationState.IN_IMPLEMENTATION.value})
WHILE_DONE = frozenset({OperationState.IN_IMPLEMENTATION.value, OperationState.COMPLETION_REVIEW.value})
# An operation taken over after its signature: its version 0 is entered from paper in these states.
WHILE_ENTERED = frozenset(
    state.value
    for state in (
        *(OperationState.AGREED, OperationState.IN_IMPLEMENTATION, OperationState.SUSPENDED),
        *(OperationState.COMPLETION_REVIEW, OperationState.COMPLETED, OperationState.EX_POST_DUE),
    )
)


@dataclass(frozen=True)
class Part:
    """One page of the design's form. `done` is how the record tells that it was edited.

    `revised`: it is written again in a revision. `voids` names the joint step whose consents a change makes void: they
    were given to something else.
    """

    slug: str
    title: Any
    done: Any
    right: str
    tab: str
    states: frozenset[str] = WHILE_PLANNED
    when_frozen: bool = False
    revised: bool = True
    voids: str = ""


PARTS: dict[str, Part] = {
    part.slug: part
    for part in (
        Part(
            "objectives",
            _("Overall goal and project purpose"),
            _("Goal and purpose edited"),
            "design",
            "design",
        ),
        Part("outputs", _("Outputs and activities"), _("Outputs and activities edited"), "design", "design"),
        Part("indicators", _("Indicators"), _("Indicators edited"), "design", "design"),
        Part(
            "assumptions",
            _("Important assumptions and preconditions"),
            _("Assumptions and preconditions edited"),
            "design",
            "design",
        ),
        Part("inputs", _("Inputs and budget by party"), _("Inputs and budget edited"), "design", "design"),
        Part("risks", _("Risks and countermeasures"), _("Risks edited"), "design", "design"),
        Part("plan", _("Plan of operation"), _("Plan of operation edited"), "plan", "plan"),
        Part(
            "progress",
            _("What was done, and when"),
            _("Actual dates of the plan recorded"),
            "plan",
            "plan",
            states=WHILE_DONE,
            when_frozen=True,
            voids="confirm-results",
        ),
        Part(
            "ex-ante",
            _("Ex-ante evaluation"),
            _("Ex-ante evaluation table edited"),
            "ex-ante",
            "ex-ante",
            revised=False,
        ),
    )
}
DESIGN_PARTS = [part for part in PARTS.values() if part.tab == "design"]
