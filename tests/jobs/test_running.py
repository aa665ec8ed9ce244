"""The worker: drains at a tap, runs what is due once a period, survives what fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from directory import wake
from directory.config import settings
from directory.database import db
from directory.jobs import running
from directory.jobs.models import JobRun
from directory.jobs.schedule import JOBS, Every, Job
from directory.search.models import SearchChange
from tests.factories import Make


@pytest.fixture
def turns(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Runs the worker's loop for a number of turns."""

    def run(count: int) -> None:
        stop = threading.Event()
        left = iter(range(count - 1))

        def wait(*_: object) -> None:
            if next(left, None) is None:
                stop.set()

        monkeypatch.setattr(wake, "wait", wait)
        running.work(stop)

    return run


def test_a_turn_brings_what_changed_into_the_index(
    make: Make, turns: Callable[[int], None]
) -> None:
    make.listing()
    turns(1)
    assert db.session.scalars(select(SearchChange)).all() == []


@pytest.mark.case("J26")
def test_a_job_runs_once_a_period(app: Flask, turns: Callable[[int], None]) -> None:
    ran: list[int] = []
    job = Job("check-index", Every.HOUR, lambda: str(ran.append(1)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(JOBS, "check-index", job)
        turns(3)
    assert ran == [1]


def test_mail_that_waits_for_its_server_keeps_no_other_job_waiting(
    make: Make, turns: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make.listing()
    drained = threading.Event()
    waited: list[bool] = []

    def wait_for_the_server() -> str:
        waited.append(drained.wait(10))
        return ""

    drain = JOBS["apply-search-changes"].run

    def drain_and_say() -> str:
        outcome = drain()
        drained.set()
        return outcome

    for name, run in (
        ("deliver-mail", wait_for_the_server),
        ("apply-search-changes", drain_and_say),
    ):
        monkeypatch.setitem(JOBS, name, replace(JOBS[name], run=run))
    turns(1)
    assert waited
    assert all(waited)


def test_a_job_that_fails_runs_again_and_stops_no_other(
    make: Make, turns: Callable[[int], None]
) -> None:
    make.listing()
    tries: list[int] = []

    def fail() -> str:
        tries.append(1)
        raise RuntimeError("broken")

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(JOBS, "check-index", replace(JOBS["check-index"], run=fail))
        turns(2)
    assert tries == [1, 1, 1]
    assert db.session.get(JobRun, ("check-index", "2026-11-23")) is None
    assert db.session.scalars(select(SearchChange)).all() == []


@pytest.mark.both_databases
def test_running_a_job_twice_notes_it_once(app: Flask) -> None:
    running.run(JOBS["note-public"])
    running.run(JOBS["note-public"])
    assert len(db.session.scalars(select(JobRun)).all()) == 1


def test_a_tap_wakes_the_worker_at_once(app: Flask) -> None:
    with wake.listening(settings().var_dir) as ear:
        assert ear is not None
        wake.tap(settings().var_dir)
        wake.tap(settings().var_dir)
        wake.wait(ear, 60)
        ear.setblocking(False)
        with pytest.raises(BlockingIOError):
            ear.recv(16)


def test_a_tap_without_a_worker_does_no_harm(app: Flask) -> None:
    wake.tap(settings().var_dir)


def test_a_path_too_long_for_a_socket_falls_back_to_polling(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    with wake.listening(deep) as ear:
        assert ear is None
