"""The machine lacks what a process needs: it says so, goes on, and takes what comes back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask, request
from sqlalchemy.exc import OperationalError
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from directory import cli
from directory.config import Settings, settings
from directory.database import db
from directory.jobs import running
from directory.jobs.schedule import Every, Job
from directory.serving import counts
from directory.serving.supervisor import Supervisor, listening
from directory.web.errors import Net
from directory.web.front import rates, shared
from directory.web.front.rates import Rates
from directory.web.front.shared import Shared
from directory.web.guards import allow

NO_FILE_LEFT = """
import os, resource
from werkzeug.test import Client
from directory.wsgi import app

client = Client(app)
KEPT, FRESH = "/en/providers", ("/en/", "/de/providers?q=seo", "/en/nothing", "/api/v1/providers")
assert client.get(KEPT).status_code == 200
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
taken = []
try:
    while True:
        taken.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
answers = [client.get(path) for path in FRESH]
assert {answer.status_code for answer in answers} <= {200, 404, 503}, answers
away = [answer for answer in answers if answer.status_code == 503]
assert away
assert all(int(answer.headers["Retry-After"]) > 0 for answer in away)
assert not any("Traceback" in answer.text for answer in away)
assert client.get(KEPT).status_code == 200
for one in taken:
    os.close(one)
assert [client.get(path).status_code for path in FRESH] == [200, 200, 404, 200]
"""


def run(script: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A script in a process of its own, whose limits it may change."""
    return subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **environ}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.case("J22")
def test_with_no_file_left_to_open_visitors_are_told_to_come_back(
    app: Flask, environ: dict[str, str]
) -> None:
    db.session.remove()
    done = run(NO_FILE_LEFT, environ)
    assert done.returncode == 0, done.stderr[-3000:]
    # What is wrong is a line of the log, not a trace.
    assert "Too many open files" in done.stderr
    assert "Traceback" not in done.stderr


def served(app: Flask, path: str) -> Response:
    """What a server was told last; the test client would raise what it is told of."""
    said: list[Any] = []

    def start(status: str, headers: Any, _error: Any = None, /) -> Any:
        said[:] = [status, headers]

    body = b"".join(Net(app)(EnvironBuilder(path).get_environ(), start))
    return Response(body, said[0], said[1])


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(28, "No space left on device"), 503),
        (MemoryError(), 503),
        (OperationalError("ROLLBACK", None, Exception("gone")), 503),
        (OSError(2, "No such file"), 500),
        (ValueError("a secret of ours"), 500),
    ],
)
def test_what_gets_through_is_caught_before_the_server(
    app: Flask, error: Exception, status: int
) -> None:
    @app.get("/late")
    @allow("anyone")
    def late() -> str:
        return "said already"

    @app.teardown_request
    def fail(_error: BaseException | None) -> None:
        if request.path == "/late":
            raise error

    answer = served(app, "/late")
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "said already" not in answer.get_data(as_text=True)
    assert "secret" not in answer.get_data(as_text=True)
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert answer.headers["Cache-Control"] == "no-store"


FULL = """
import os, resource
from directory.serving import counts
resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
counts.take_room()
assert counts.FOLDER not in os.environ
assert not os.listdir({folder!r})
from directory.web.metrics import MADE
MADE.inc()
"""


@pytest.mark.case("J4")
def test_a_web_process_starts_on_a_full_disk_and_counts_for_itself(tmp_path: Path) -> None:
    done = run(FULL.format(folder=str(tmp_path)), {counts.FOLDER: str(tmp_path)})
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_web_process_takes_the_room_for_its_counts_before_it_maps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "counter_1.db").write_bytes(b"of yesterday")
    environ = counts.fresh_folder(tmp_path)
    monkeypatch.setenv(counts.FOLDER, environ[counts.FOLDER])
    counts.take_room()
    (file,) = (tmp_path / "metrics").iterdir()
    assert file.name == f"counter_{os.getpid()}.db"
    held = file.stat()
    assert held.st_size == counts.FILE_BYTES
    # No hole: each byte has its room.
    assert held.st_blocks * 512 >= counts.FILE_BYTES


@pytest.mark.case("J22")
def test_a_machine_that_can_start_no_process_now_is_asked_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with listening("127.0.0.1", 0) as door:
        supervisor = Supervisor(settings, door, web=1)
        opened = len(list(Path("/proc/self/fd").iterdir()))
        monkeypatch.setattr(subprocess, "Popen", refuse)
        assert supervisor._turn() == 0
        assert len(list(Path("/proc/self/fd").iterdir())) == opened


def test_a_command_that_lacks_room_ends_with_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise OSError(28, "No space left on device", "a picture")

    monkeypatch.setattr(cli, "commands", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "directory: stopped: [Errno 28] No space left on device: 'a picture'\n"
    )


@pytest.mark.case("J18")
def test_a_clock_set_back_does_not_keep_redis_away(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away:
        asked = 0

        def get(self, _name: str) -> None:
            self.asked += 1
            raise ConnectionError

    store: Any = Away()
    monkeypatch.setattr(shared, "AWAY_SECONDS", 0.0)
    monkeypatch.setattr(rates, "AWAY_SECONDS", 0.0)
    pages, limits = Shared(store, b"key"), Rates(settings)
    limits._shared = object()  # type: ignore[assignment]  # fails whatever it is asked
    asked: list[object] = []
    monkeypatch.setattr(rates.log, "warning", lambda *said, **_: asked.append(said))
    for day in ("2026-11-23", "2026-11-22"):
        with time_machine.travel(f"{day}T12:00:00+00:00"):
            pages._asked(lambda: store.get("page"))
            limits._counted(rates.API_A_MINUTE, "network")
    assert store.asked == 2
    assert len(asked) >= 2


def test_a_worker_goes_on_when_the_database_is_away(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    hourly = Job("hourly", Every.HOUR, lambda: ran.append("hourly") or "")  # type: ignore[func-returns-value]
    with monkeypatch.context() as away:
        away.setattr(running, "_is_due", _gone)
        running._try(hourly)
    assert not ran
    running._try(hourly)
    assert ran == ["hourly"]
    assert settings().var_dir.is_dir()


def _gone(_job: Job) -> bool:
    raise OperationalError("SELECT", None, Exception("the database is away"))
