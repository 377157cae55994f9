"""A change of settings in the demonstration: what was under way keeps those it began under, but for one case."""

from dataclasses import replace

from taawun.cycle.models import Operation, settings_of
from taawun.governance.actions import make_version, move_case
from taawun.governance.moving import move_of
from taawun.governance.terms import terms_of
from taawun.workspace.demo import cast


def settle() -> None:
    """The agency's administrator shortens the time for an opinion."""
    agency = cast.organisation("jica")
    held = terms_of(settings_of(agency.pk))
    make_version(
        agency,
        replace(held, values={**held.values, "opinion_days": 21}),
        actor=cast.user("jica-admin"),
        reason="The ministries answer within three weeks (example).",
        base_version=1,
    )


def move() -> Operation:
    """The desk moves one operation to the settings in force before it starts; it was told what would change."""
    case = Operation.objects.get(title="School of the post (example)")
    moved: Operation = move_case(
        case,
        actor=cast.user("desk"),
        reason="It has not begun: the present settings rule it from the first day (example).",
        seen=move_of(case).seen,
    )
    return moved
