"""What papers have done outside the reader's request: documents rendered, and tidying up once a day."""

from procrastinate.contrib.django import app

from taawun.foundation.ports import service
from taawun.papers import making
from taawun.papers.actions import sweep
from taawun.papers.pieces import sweep_uploads


@app.periodic(cron="17 3 * * *")
@app.task(name="papers.sweep", queueing_lock="papers.sweep")
def sweep_files(timestamp: int) -> None:
    """Remove files whose form was given up, bytes whose act was never completed and uploads nobody went on with."""
    sweep()
    sweep_uploads()


@app.task(name="papers.render")
def render_document(rendering_id: int) -> None:
    """Render one document in one format."""
    making.produce(rendering_id)


@service("defer-rendering")
def defer_rendering(rendering_id: int) -> None:
    """Queue a rendering in the caller's transaction: if that rolls back, nothing was queued."""
    render_document.defer(rendering_id=rendering_id)
