"""Runs the site: a web server and one worker, each in a process of its own.

The supervisor has no threads and holds nothing else, so that starting a process is always safe.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType

import structlog

from directory import migrations
from directory.config import TODAY_SINCE, Settings
from directory.search import services as search

STOP_SECONDS = 30
LOOK_SECONDS = 0.2
RESTART_SECONDS = 1.0
THREADS = 4

log = structlog.get_logger()

Process = subprocess.Popen[bytes]


class PortTaken(Exception):
    """Somebody else listens there already."""


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


def serve(settings: Settings, *, host: str, port: int, workers: int) -> int:
    """Serve until told to stop; open requests and the worker's turn are finished.

    The exit code of the web server. Raises PortTaken.
    """
    _check_port(host, port)
    environ = _environ(settings)
    return _Supervisor(
        web=[sys.executable, "-m", "granian", *_web_words(host, port, workers)],
        worker=[sys.executable, "-m", "directory.cli", "jobs", "work"],
        environ=environ,
    ).run()


def _check_port(host: str, port: int) -> None:
    """The web server shares its port among its processes, and would share it with strangers."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(f"port {port} of {host} can't be used: {error.strerror}") from error


def _environ(settings: Settings) -> dict[str, str]:
    """What the processes are told: the address, and since when DIRECTORY_TODAY holds."""
    since = settings.clock.real_now().isoformat()
    return {TODAY_SINCE: since, **os.environ, "DIRECTORY_BASE_URL": settings.base_url}


def _web_words(host: str, port: int, workers: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": host,
        "--port": str(port),
        "--workers": str(workers),
        "--blocking-threads": str(THREADS),
        "--log-level": "warning",
        "--workers-kill-timeout": str(STOP_SECONDS),
    }
    words = [word for option in options.items() for word in option]
    return [*words, "--no-ws", "--respawn-failed-workers", "directory.wsgi:app"]


class _Supervisor:
    """Keeps the worker running for as long as the web server runs."""

    def __init__(self, *, web: list[str], worker: list[str], environ: dict[str, str]) -> None:
        self._commands = {"web": web, "worker": worker}
        self._environ = environ
        self._stopping = False

    def run(self) -> int:
        """Until a signal or the web server's end; its exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        web, worker = self._start("web"), self._start("worker")
        while not self._stopping and web.poll() is None:
            if worker.poll() is not None:
                log.error("worker ended", code=worker.returncode)
                time.sleep(RESTART_SECONDS)
                worker = self._start("worker")
            time.sleep(LOOK_SECONDS)
        ended_by_itself = web.poll()
        for process in (web, worker):
            _end(process)
        return 0 if ended_by_itself is None else ended_by_itself

    def _start(self, name: str) -> Process:
        # A group of its own: a terminal's interrupt reaches only the supervisor, who ends both.
        return subprocess.Popen(self._commands[name], env=self._environ, start_new_session=True)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
