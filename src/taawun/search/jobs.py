"""Search keeps itself current: what was just done is found soon, and every night all is looked at again."""

from procrastinate.contrib.django import app

from taawun.search import current

CATCH_UP = "search.catch_up"


@app.periodic(cron="* * * * * */15")
@app.task(name=CATCH_UP, queueing_lock=CATCH_UP, lock=CATCH_UP, priority=-5)
def catch_up(timestamp: int) -> None:
    """Four times a minute: what the acts since last time were done to."""
    current.catch_up()


@app.periodic(cron="10 2 * * *")
@app.task(name="search.check", queueing_lock="search.check", lock="search.check", priority=-20)
def check(timestamp: int) -> None:
    """Every night every text is compared with its object: what changed without an act is found too."""
    current.rebuild()
