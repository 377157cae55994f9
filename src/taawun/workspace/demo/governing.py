"""Changes of settings in the demonstration: what was under way keeps those it began under, but for one case.

And a seat that approves in the settings of another agency, but is not used: a case begun since is adopted without it.
"""

from dataclasses import replace

from taawun.cycle.models import CooperationRequest, Operation, settings_of
from taawun.foundation import clock
from taawun.governance.actions import make_version, move_case
from taawun.governance.moving import move_of
from taawun.governance.terms import Seat, terms_of
from taawun.workspace.demo import cast, doors, walks
from taawun.workspace.demo.players import WEATHER, played_by
from taawun.workspace.demo.texts import fires


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


def leave_a_seat() -> CooperationRequest:
    """The agency enters its ministry's seat before its own and leaves it unused; the request after that skips it."""
    agency, ministry = cast.organisation("amci"), cast.organisation("ma-mfa")
    held = settings_of(agency.pk)
    terms = terms_of(held)
    make_version(
        agency,
        replace(terms, seats=(Seat(ministry.pk, used=False), *terms.seats)),
        actor=cast.user("amci-admin"),
        reason="Le ministère laisse la décision à l’agence jusqu’à la fin de l’année (exemple).",
        base_version=held.version,
    )
    with played_by(doors.telling(replace(WEATHER, texts=fires), "Carte des feux de brousse", doors.coming())):
        return walks.walk_request("adopted", day=clock.today())
