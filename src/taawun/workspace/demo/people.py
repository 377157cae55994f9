"""People of the demonstration who move: somebody is on mission, and a colleague acts for them."""

from datetime import timedelta

from taawun.directory import actions
from taawun.directory.models import Delegation, Post
from taawun.foundation import clock
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
