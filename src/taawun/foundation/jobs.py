"""Work outside the reader's request. A job whose worker was killed runs again; each is safe to run twice."""

import logging
from contextlib import suppress
from typing import Any

from asgiref.sync import sync_to_async
from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from taawun.foundation import deadlines, digests, reminders, sending, working
from taawun.foundation.ports import service

log = logging.getLogger("taawun.jobs")


@app.task(name="foundation.send_message", retry=RetryStrategy(max_attempts=3, wait=10))
def send_message(message_id: int) -> None:
    """Send one mail of the outbox."""
    sending.send(message_id)


@service("defer-mail")
def defer_mail(message_id: int) -> None:
    """Queue a mail in the caller's transaction: if that rolls back, nothing was queued."""
    send_message.defer(message_id=message_id)


@app.periodic(cron="* * * * *")
@app.task(name="foundation.rescue_stalled", queueing_lock="rescue_stalled", pass_context=True)
async def rescue_stalled(context: Any, timestamp: int) -> None:
    """Run again what a killed worker left behind."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=30):
        log.info("job %s of a stopped worker runs again", job.id)
        await manager.retry_job(job)
    # In the thread whose database connection is looked after: in another it would be kept, and die with the database.
    await sync_to_async(sending.mark_abandoned)()


WORK = "foundation.work"


@app.task(name=WORK, priority=-10, retry=RetryStrategy(max_attempts=20, wait=15))
def work(job_id: int) -> None:
    """Do some items of a long job; what is left waits for its next turn, behind mail and whatever else is short."""
    if working.run(job_id):
        defer_work(job_id)


@service("defer-work")
def defer_work(job_id: int) -> None:
    """Queue a long job in the caller's transaction. Two turns of one job never run at once."""
    work.configure(lock=f"job:{job_id}").defer(job_id=job_id)


@app.periodic(cron="* * * * *")
@app.task(name="foundation.pick_up_lost", queueing_lock="pick_up_lost")
def pick_up_lost(timestamp: int) -> None:
    """Queue again the long jobs that are in no queue."""
    queued = ProcrastinateJob.objects.filter(task_name=WORK, status__in=["todo", "doing"])
    working.pick_up_lost({args["job_id"] for args in queued.values_list("args", flat=True)})


@app.periodic(cron="41 3 * * *")
@app.task(name="foundation.drop_old_jobs", queueing_lock="drop_old_jobs")
def drop_old_jobs(timestamp: int) -> None:
    """Forget long jobs that ended half a year ago."""
    working.drop_old()


@app.periodic(cron="* * * * *")
@app.task(name="foundation.send_due", queueing_lock="send_due", lock="send_due")
def send_due(timestamp: int) -> None:
    """Send the mails that wait for their next try."""
    sending.send_due()


@app.periodic(cron="20 * * * *")
@app.task(name="foundation.send_digests", queueing_lock="send_digests", lock="send_digests")
def send_digests(timestamp: int) -> None:
    """Write the digests of the day: at the hour of the settings, or as soon after as the program runs."""
    digests.send_digests()


@app.periodic(cron="15 * * * *")
@app.task(name="foundation.remind", queueing_lock="foundation.remind")
def remind(timestamp: int) -> None:
    """Remind of what is due, each day of a ladder once."""
    while reminders.remind() >= 500:
        pass


RECOUNT = "foundation.recount_deadlines"


@app.periodic(cron="40 1 * * *")
@app.task(name=RECOUNT, queueing_lock=RECOUNT)
def recount_deadlines(timestamp: int) -> None:
    """Every night the deadlines of every case, anew: holidays change without anybody's act."""
    deadlines.recount()


@service("recount-deadlines")
def recount_soon() -> None:
    """Count every deadline anew soon after the caller's transaction; asked for twice, it is done once."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(RECOUNT, queueing_lock=RECOUNT).defer(timestamp=0)
