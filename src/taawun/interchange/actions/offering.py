"""What others publish, offered beside a request: kept as it was seen."""

from taawun.cycle.models import CooperationRequest
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.interchange.models import PublishedSeen
from taawun.interchange.queries import published_like


def keep_published_seen(coop_request: CooperationRequest, actor: User) -> list[str]:
    """Keep the published activities offered beside a request that the desk says it has seen; their identifiers.

    The caller judged who may say so, holds the transaction and the lock, and enters the act in the record.
    """
    seen = PublishedSeen.objects.bulk_create(
        PublishedSeen(
            coop_request=coop_request,
            identifier=one.identifier,
            titles=one.titles,
            digest=one.digest,
            load_id=one.load_id,
            rank=one.rank,
            reasons=one.kept,
            seen_on=clock.today(),
            seen_by=actor,
        )
        for one in published_like(coop_request)
    )
    return [one.identifier for one in seen]
