"""People of the demonstration who move: one is on mission and a colleague acts; one left, and handed over."""

from datetime import date, timedelta

from taawun.directory import actions
from taawun.directory.models import Delegation, Handover, Post
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.workspace.demo import cast
from taawun.workspace.demo.story import on


def be_away() -> Delegation:
    """The approver in Rabat is on mission for three weeks: the knowledge officer acts in the seat."""
    approver, deputy = cast.user("amci-approver"), cast.user("amci-knowledge")
    with on(clock.today()):
        return actions.delegate(
            Post.objects.get(person__user=approver),
            deputy.person,
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=20),
            reason="Mission (exemple)",
            actor=approver,
        )


PREDECESSOR = cast.Player(
    "sn-officer-before",
    "sn-meteo",
    Role.LINE_OFFICER,
    "Former officer, meteorological service, Senegal",
    "Ancien agent, service météorologique, Sénégal",
    "موظف سابق، مصلحة الأرصاد، السنغال",
    "fr",
)


def rotate(day: date) -> Handover:
    """On that day an officer of the meteorological service hands over to the one who is there today, and leaves."""
    account = cast.join(PREDECESSOR, cast.organisation(PREDECESSOR.organisation))
    with on(day):
        done = actions.hand_over(
            account.person,
            cast.user("sn-officer").person,
            on=day,
            reason="Rotation (exemple)",
            actor=account,
        )
    User.objects.filter(pk=account.pk).update(is_active=False)
    return done
