"""Runs the site: web processes and one worker, supervised; makes everything ready before."""

from __future__ import annotations

from collections.abc import Iterator

from directory import migrations
from directory.config import Settings
from directory.search import services as search
from directory.serving.supervisor import PortTaken, Supervisor, listening

__all__ = ["PortTaken", "prepare", "serve"]


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

    SIGHUP starts all processes anew, each before its forerunner goes. The exit code: not 0 if no
    web process could start. Raises PortTaken.
    """
    with listening(host, port) as door:
        return Supervisor(settings, door, web=workers).run()
