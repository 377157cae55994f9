"""Tidying up, once a day."""

from procrastinate.contrib.django import app

from taawun.papers.actions import sweep


@app.periodic(cron="17 3 * * *")
@app.task(name="papers.sweep", queueing_lock="papers.sweep")
def sweep_files(timestamp: int) -> None:
    """Remove files whose form was given up and bytes whose act was never completed."""
    sweep()
