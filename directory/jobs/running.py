"""Runs jobs: one now, or the worker's loop."""

from __future__ import annotations

import signal
import threading
from datetime import datetime

import structlog
from flask import Flask, current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import InterfaceError, OperationalError

from directory import wake
from directory.config import clock, settings
from directory.database import db, let_go, writing
from directory.jobs.models import JobRun
from directory.jobs.schedule import JOBS, Every, Job
from directory.kernel.errors import is_lacking
from directory.reactions import settle_unseen

POLL_SECONDS = 1.0
# How long others are waited for at the end; less than the supervisor waits for us.
LEAVE_SECONDS = 15.0
LONGEST_OUTCOME = 500

log = structlog.get_logger()


def run(job: Job) -> str:
    """Run it now; what it did, as one line, empty if there was nothing to do.

    That it ran is noted, but for a job of every tap that had nothing to do.
    """
    outcome = job.run()
    if outcome or job.every is not Every.TAP:
        _note(job, outcome)
    return outcome


def last_runs() -> dict[str, JobRun]:
    """The newest run of each job by its name."""
    runs = db.session.scalars(select(JobRun).order_by(JobRun.finished_at))
    return {run.job: run for run in runs}


def work(stop: threading.Event) -> None:
    """The worker's loop: drain what waits at every tap, run what is due, until `stop` is set.

    It begins with a look whether index and database agree. A job that fails is logged and tried
    again with the next turn; nothing else waits for it. Jobs that wait for others have a thread of
    their own. In read-only mode it only waits.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    aside = threading.Thread(target=_work_apart, args=(app, stop), daemon=True)
    with wake.listening(settings().var_dir) as ear:
        idle = settings().read_only
        if not idle:
            aside.start()
            _try(JOBS["check-index"], now=True)
        while not stop.is_set():
            if not idle:
                _turn(stop, apart=False)
            wake.wait(ear, POLL_SECONDS)
    if aside.ident:
        aside.join(LEAVE_SECONDS)


def _work_apart(app: Flask, stop: threading.Event) -> None:
    with app.app_context():
        while not stop.is_set():
            _turn(stop, apart=True)
            stop.wait(POLL_SECONDS)


def _turn(stop: threading.Event, *, apart: bool) -> None:
    """Run what is due of the jobs that have, or have not, a thread of their own."""
    for job in JOBS.values():
        if job.apart is apart and not stop.is_set():
            _try(job)


def work_until_told() -> None:
    """`work()` until SIGTERM or SIGINT; the turn that has begun is finished."""
    stop = threading.Event()
    var_dir = settings().var_dir

    def end(*_: object) -> None:
        stop.set()
        wake.tap(var_dir)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    work(stop)


def _is_due(job: Job) -> bool:
    if job.every is Every.TAP:
        return True
    ran = db.session.get(JobRun, (job.name, _period(job)))
    db.session.rollback()
    return ran is None


def _try(job: Job, *, now: bool = False) -> None:
    """Run it if it is due, or in any case; whatever happens, the worker goes on."""
    try:
        outcome = run(job) if now or _is_due(job) else ""
        if outcome:
            log.info("job", job=job.name, outcome=outcome)
    except Exception as error:
        let_go()
        if is_lacking(error) or isinstance(error, (InterfaceError, OperationalError)):
            # What is away comes back: a line is enough.
            log.error("job failed", job=job.name, problem=str(getattr(error, "orig", error)))
        else:
            log.exception("job failed", job=job.name)


def _note(job: Job, outcome: str) -> None:
    period = _period(job)
    with writing():
        db.session.execute(delete(JobRun).where(JobRun.job == job.name, JobRun.period == period))
        db.session.add(
            JobRun(
                job=job.name,
                period=period,
                finished_at=clock().now(),
                outcome=outcome[:LONGEST_OUTCOME],
            )
        )
        settle_unseen()


def _period(job: Job) -> str:
    return job.every.period(_local_now())


def _local_now() -> datetime:
    return clock().now().astimezone(settings().zone)
