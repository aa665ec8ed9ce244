"""Kills the worker at random moments while it drains changes, and looks for drift after each.

`python -m tests.bench kills`; `BENCH_KILLS` says how often (default 500). The worker is a process
of its own that runs its whole loop, and gets SIGKILL. The comparison comes before the next worker
starts, whose first look would mend what differs.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from directory import create_app, migrations
from directory.config import read_settings
from directory.database import db, writing
from directory.jobs import running
from directory.listings.models import Listing, ListingState
from directory.reactions import settle
from directory.samples import loader
from directory.search import services as search
from directory.search.models import SearchChange
from tests.bench.figures import keep, mark

KILLS = int(os.environ.get("BENCH_KILLS", "500"))
LISTINGS = 40
# A worker is killed at latest so many seconds after its loop began, some before it.
LONGEST_LIFE = 0.6
SHARE_EARLY = 0.1
LONGEST_START = 60.0
LONGEST_DRAIN = 60.0
FULLY_DRAINED_EACH = 25


@dataclass
class Tally:
    """What happened.

    kills: of workers; amid: those that left changes waiting; applied: changes made in all;
    drifts: what a comparison found, none if all is well.
    """

    kills: int
    amid: int
    applied: int
    drifts: list[str]


def main() -> None:
    """Kill, print, keep."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tally = killed(KILLS, Path(folder), Random())
    print(
        f"{tally.kills} workers killed, {tally.amid} of them with changes waiting,"
        f" {tally.applied} changes, in {time.monotonic() - began:.0f} s:"
        f" {len(tally.drifts)} drifts  {mark(len(tally.drifts), 0)}"
    )
    print("\n".join(tally.drifts))
    keep("kills", vars(tally))


def killed(count: int, folder: Path, chance: Random) -> Tally:
    """Kill so many workers of a small directory made in that folder."""
    environ = {"DIRECTORY_VAR_DIR": f"{folder}/var", "DIRECTORY_INDEX_DIR": f"{folder}/index"}
    tally = Tally(count, 0, 0, [])
    with create_app(read_settings(environ)).app_context():
        migrations.upgrade()
        loader.load(LISTINGS)
        search.rebuild()
        for turn in range(1, count + 1):
            tally.applied += _one_life(environ, chance)
            tally.amid += bool(_waiting())
            if turn % FULLY_DRAINED_EACH == 0 or turn == count:
                _compare(tally, f"kill {turn}")
                _drain(environ)
                _compare(tally, f"kill {turn}, drained")
                print(
                    f"{turn} of {count}: {tally.amid} amid, {len(tally.drifts)} drifts", flush=True
                )
            else:
                _compare(tally, f"kill {turn}")
        db.session.remove()
        db.engine.dispose()
    return tally


def _one_life(environ: dict[str, str], chance: Random) -> int:
    """A worker that is killed while changes are made; how many were."""
    changes = _change(chance)
    worker, begun = _started(environ)
    if chance.random() > SHARE_EARLY:
        assert begun.wait(LONGEST_START), "the worker did not start"
    end = time.monotonic() + chance.uniform(0, LONGEST_LIFE)
    while time.monotonic() < end:
        changes += _change(chance)
        time.sleep(chance.uniform(0, 0.02))
    worker.kill()
    worker.join()
    return changes


def _drain(environ: dict[str, str]) -> None:
    worker, _ = _started(environ)
    end = time.monotonic() + LONGEST_DRAIN
    while _waiting() and time.monotonic() < end:
        time.sleep(0.05)
    worker.kill()
    worker.join()
    assert not _waiting(), "the worker did not drain"


def _change(chance: Random) -> int:
    """One to three listings renamed, withdrawn or published in one transaction."""
    number = chance.randint(1, 3)
    db.session.rollback()
    with writing():
        for listing in chance.sample(list(db.session.scalars(select(Listing))), number):
            listing.name = f"Renamed {chance.randrange(10**6)}"
            is_public = listing.state is ListingState.PUBLISHED and chance.random() < 1 / 2
            listing.state = ListingState.DRAFT if is_public else ListingState.PUBLISHED
            search.queue_change(listing.id)
        settle()
    return number


def _waiting() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(SearchChange)) or 0


def _compare(tally: Tally, when: str) -> None:
    report = search.check()
    if not report.ok:
        tally.drifts.append(f"{when}: {report}")


def _started(environ: dict[str, str]) -> tuple[BaseProcess, Event]:
    """A worker forked from a process that has only loaded the program, so that it starts fast.

    Told with it: when its loop begins.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    begun = context.Event()
    worker = context.Process(target=_work, args=(environ, begun), daemon=True)
    worker.start()
    return worker, begun


def _work(environ: dict[str, str], begun: Event) -> None:
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    with create_app(read_settings(environ)).app_context():
        begun.set()
        running.work_until_told()
