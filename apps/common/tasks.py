"""What the queue itself needs now and then."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """A worker that was killed leaves its jobs marked as running for ever, and what they lock with them."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
