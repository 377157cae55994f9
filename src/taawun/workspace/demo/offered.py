"""A request under review that was offered what others publish: Myanmar's post asks how to be ready for floods.

The request is example; what it is offered is the real portfolio, as its publishers published it.
"""

from dataclasses import replace

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.workspace.demo import walks
from taawun.workspace.demo.players import POSTAL, played_by
from taawun.workspace.demo.texts import readiness


def build() -> CooperationRequest:
    """The desk looks at what resembles it and opens the review; what it saw is kept with the request."""
    with played_by(replace(POSTAL, texts=readiness)):
        return walks.walk_request("under_review", day=clock.today())
