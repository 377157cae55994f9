"""Steps that projects and stand-alone activities share."""

from django.utils.translation import gettext_lazy as _

from taawun.cycle.workflow.seats import APPROVING
from taawun.cycle.workflow.states import OperationState as S
from taawun.kernel.workflow import Transition, states_of

REOPEN = Transition(
    "reopen",
    _("Reopen"),
    states_of(S.CLOSED, S.CANCELLED),
    None,
    (APPROVING,),
    needs_reason=True,
    back=True,
    notice=True,
    done=_("Reopened"),
    hint=_("It goes back to the state it was in before."),
)


def cancel(*states: str) -> Transition:
    """The end by decision, from any of these states: an approver, with the reason, the other parties told."""
    return Transition(
        "cancel",
        _("Cancel"),
        states_of(*states),
        S.CANCELLED,
        (APPROVING,),
        needs_reason=True,
        notice=True,
        done=_("Cancelled"),
        hint=_("The other parties are told; everything stays on record."),
    )
