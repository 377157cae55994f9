"""The clock's own steps, taken every hour: safe to run twice, a killed worker's run is simply taken again."""

from procrastinate.contrib.django import app

from taawun.cycle.actions import tick


@app.periodic(cron="5 * * * *")
@app.task(name="cycle.tick", queueing_lock="cycle.tick")
def take_the_clocks_steps(timestamp: int) -> None:
    """Ex-post evaluations that fall due."""
    tick()
