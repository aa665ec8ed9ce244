"""Pages answer while something is wrong, and who writes is told to come back."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from directory import create_app
from directory.accounts.services import create_organisation
from directory.config import Settings, clock, read_settings, settings
from directory.database import ReadOnlyMode, db, writing
from directory.jobs import running
from directory.reactions import settle
from directory.search import services as search
from directory.web.guards import allow
from tests.factories import Make

READ = ("/en/", "/de/providers", "/en/providers/here", "/api/v1/providers", "/healthz")
WITHIN_SECONDS = 5


def with_writing(app: Flask) -> Flask:
    """The application with an address that writes."""

    @app.post("/api/v1/organisations")
    @allow("anyone")
    def write() -> str:
        with writing():
            create_organisation(name="Acme", external_id=None, at=clock().now())
            settle()
        return "written"

    return app


def statuses(app: Flask) -> list[int]:
    return [app.test_client().get(path).status_code for path in READ]


@pytest.fixture
def one(app: Flask, make: Make) -> Flask:
    make.listing("Here", slug="here")
    search.apply_changes()
    return app


def test_read_only_pages_answer_and_changes_are_told_to_come_back(
    one: Flask, environ: dict[str, str]
) -> None:
    other = with_writing(create_app(read_settings(environ | {"DIRECTORY_READ_ONLY": "1"})))
    with other.app_context():
        assert statuses(other) == [200] * len(READ)
        answer = other.test_client().post("/api/v1/organisations")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "read-only" in answer.get_data(as_text=True)
        with pytest.raises(ReadOnlyMode):
            Make().listing()
        db.engine.dispose()


def test_read_only_the_worker_waits(one: Flask, make: Make, environ: dict[str, str]) -> None:
    make.listing("Later")
    other = create_app(read_settings(environ | {"DIRECTORY_READ_ONLY": "1"}))
    stop = threading.Event()
    with other.app_context():
        threading.Timer(1.5, stop.set).start()
        running.work(stop)
        assert running.last_runs() == {}
        db.engine.dispose()


@pytest.mark.case("J7")
def test_while_another_holds_the_lock_a_writer_is_told_to_come_back_in_time(one: Flask) -> None:
    app = create_app(settings())
    with_writing(app)
    holder = sqlite3.connect(settings().var_dir / "directory.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    answer = app.test_client().post("/api/v1/organisations")
    took = time.monotonic() - began
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert took <= WITHIN_SECONDS
    assert statuses(app) == [200] * len(READ)
    holder.execute("ROLLBACK")
    holder.close()
    assert app.test_client().post("/api/v1/organisations").status_code == 200
    with app.app_context():
        count = db.session.execute(
            db.text("SELECT count(*) FROM organisations WHERE name = 'Acme'")
        ).scalar()
        assert count == 1
        db.session.remove()
        db.engine.dispose()


FULL = """
import resource
from directory import create_app
from directory.config import clock, settings
from tests.operating.test_faults import READ, statuses, with_writing

app = with_writing(create_app())
client = app.test_client()
assert client.post("/api/v1/organisations").status_code == 200
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
# No file may grow: as on a disk that has no room left.
resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
answers = [client.post("/api/v1/organisations") for _ in range(3)]
assert [answer.status_code for answer in answers] == [503] * 3, answers
assert all(answer.headers["Retry-After"] for answer in answers)
assert statuses(app) == [200] * len(READ), statuses(app)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
assert client.post("/api/v1/organisations").status_code == 200
assert statuses(app) == [200] * len(READ)
"""


@pytest.mark.case("J4")
@pytest.mark.case("J5")
def test_with_a_full_disk_reading_goes_on_and_writing_comes_back(
    one: Flask, environ: dict[str, str]
) -> None:
    db.session.remove()
    done = subprocess.run(
        [sys.executable, "-c", FULL],
        env={**os.environ, **environ}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.case("J16")
def test_pages_answer_without_redis(one: Flask, environ: dict[str, str]) -> None:
    other = create_app(read_settings(environ | {"DIRECTORY_REDIS_URL": "redis://127.0.0.1:1"}))
    assert statuses(other) == [200] * len(READ)
    with other.app_context():
        db.engine.dispose()


@pytest.mark.case("J18")
def test_a_clock_set_back_repeats_no_job_and_stops_no_page(
    one: Flask, environ: dict[str, str]
) -> None:
    from directory.jobs.schedule import JOBS

    running.run(JOBS["note-public"])
    ran = running.last_runs()["note-public"].finished_at
    other = create_app(read_settings(environ | {"DIRECTORY_TODAY": "2026-11-22"}))
    with other.app_context():
        assert statuses(other) == [200] * len(READ)
        running.run(JOBS["note-public"])
        assert running.last_runs()["note-public"].finished_at == ran
        db.session.remove()
        db.engine.dispose()


@pytest.mark.case("J5")
def test_an_uploads_folder_that_cannot_be_written_stops_no_page(one: Flask) -> None:
    folder: Path = settings().var_dir / "uploads"
    folder.write_bytes(b"no folder")
    assert statuses(one) == [200] * len(READ)


def test_the_switch_takes_only_its_two_values(settings: Settings, environ: dict[str, str]) -> None:
    assert not settings.read_only
    assert read_settings(environ | {"DIRECTORY_READ_ONLY": "1"}).read_only
