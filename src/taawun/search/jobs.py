"""Search keeps itself current: what was just done is found soon, and every night all is looked at again."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from taawun.search import current, meanings
from taawun.search.meaning import embedder

CATCH_UP, MEANINGS = "search.catch_up", "search.meanings"


@app.periodic(cron="* * * * * */15")
@app.task(name=CATCH_UP, queueing_lock=CATCH_UP, lock=CATCH_UP, priority=-5)
def catch_up(timestamp: int) -> None:
    """Four times a minute: what the acts since last time were done to."""
    if current.catch_up() and embedder():
        _go_on()


@app.periodic(cron="10 2 * * *")
@app.task(name="search.check", queueing_lock="search.check", lock="search.check", priority=-20)
def check(timestamp: int) -> None:
    """Every night every text is compared with its object: what changed without an act is found too."""
    current.rebuild()


@app.periodic(cron="*/10 * * * *")
@app.task(name=MEANINGS, queueing_lock=MEANINGS, lock=MEANINGS, priority=-30)
def make_meanings(timestamp: int = 0) -> None:
    """Two seconds of making vectors, then behind whatever else waits, while there are some to make."""
    if meanings.turn():
        _go_on()


def _go_on() -> None:
    """Queued twice, it is done once."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        make_meanings.defer()
