"""One load, as its page shows it."""

from typing import Any

from taawun.foundation.models import Job
from taawun.foundation.models.jobs import OPEN_STAGES
from taawun.interchange.models import Feed, Load, LoadFinding, PublishedActivity, Sending
from taawun.interchange.queries.gates import loads_visible_to, sendings_visible_to

MOST_FINDINGS = 200


def load_for(user: Any, pk: int) -> Load | None:
    """One load through the gate."""
    return loads_visible_to(user).select_related("file", "sending").filter(pk=pk).first()


def sending_for(user: Any, pk: int) -> Sending | None:
    """One file that was sent, through the gate."""
    return sendings_visible_to(user).select_related("made_by__person").filter(pk=pk).first()


def job_under_way(load: Load, kinds: tuple[str, ...]) -> Job | None:
    """The job of one of these kinds that applies or undoes the load just now, if one does."""
    open_ones = Job.objects.filter(stage__in=OPEN_STAGES, kind__in=kinds)
    return open_ones.filter(arguments__load=load.pk).first()


def feeds_of(load: Load) -> list[Feed]:
    """The publishers of what a load wrote; of one that wrote nothing, the first its file names."""
    written = PublishedActivity.objects.filter(load=load).values("feed")
    return list(Feed.objects.filter(pk__in=written).order_by("pk")) or [load.feed]


def feeds_held() -> list[Feed]:
    """The publishers of which something came."""
    return sorted(Feed.objects.all(), key=str)


def findings_of(load: Load) -> list[LoadFinding]:
    """The first of what was found in its file, in the order of the lines."""
    return list(LoadFinding.objects.filter(load=load).order_by("line", "pk")[:MOST_FINDINGS])
