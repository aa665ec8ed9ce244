"""Runs the site: web processes that granian supervises, and one worker that is started again."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import structlog

from directory import migrations, wake
from directory.config import Settings
from directory.search import services as search

STOP_SECONDS = 30
THREADS = 4
RESTART_SECONDS = 1.0

log = structlog.get_logger()


def prepare(*, samples: bool) -> Iterator[str]:
    """Make database and index ready to serve; says what it did, line by line.

    A database that was empty gets the sample data if `samples`; one that was ever used does not,
    even if they were removed.
    """
    new = migrations.current() is None
    migrations.upgrade()
    if new and samples:
        from directory.samples import loader

        yield f"sample data: {loader.load(None)}"
    report = search.check(repair=True)
    yield f"search index: {report}"


def serve(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until told to stop; the worker's last turn and open requests are finished."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DIRECTORY_BASE_URL", settings.base_url)
    worker = _Worker(settings)
    worker.start()
    try:
        Granian(
            "directory.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
        ).serve()
    finally:
        worker.stop()


class _Worker(threading.Thread):
    """Keeps one worker process running."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(name="worker", daemon=True)
        self._settings = settings
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        while not self._stopping.is_set():
            command = [sys.executable, "-m", "directory.cli", "jobs", "work"]
            self._process = subprocess.Popen(command)
            code = self._process.wait()
            if not self._stopping.is_set():
                log.error("worker ended", code=code)
                self._stopping.wait(RESTART_SECONDS)

    def stop(self) -> None:
        """Ask it to finish its turn, and wait for that."""
        self._stopping.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        wake.tap(self._settings.var_dir)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
