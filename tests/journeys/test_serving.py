"""The program as an operator starts it: `directory serve`, its worker, and its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.served import web_processes

PATIENCE_SECONDS = 60


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("DIRECTORY_")},
        "DIRECTORY_VAR_DIR": str(tmp_path / "var"),
        "DIRECTORY_INDEX_DIR": str(tmp_path / "index"),
        "DIRECTORY_TODAY": "2026-11-23",
    }


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def server(environ: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "directory.cli", "serve", "--prepare", "--port", str(port)]
    process = subprocess.Popen(command, env=environ)
    try:
        _wait_until(lambda: _answer(f"http://127.0.0.1:{port}/readyz") is not None)
        yield process
    finally:
        process.kill()
        process.wait()


def test_an_import_is_found_on_the_served_page_and_the_end_is_orderly(
    server: subprocess.Popen[bytes], environ: dict[str, str], port: int, tmp_path: Path
) -> None:
    row = {
        "external_id": "acme",
        "name": "Acme Beratung",
        "services": ["seo"],
        "locations": [{"country": "DE", "city": "Köln"}],
        "certification": {"kind": "inbound", "issued": "2026-01-01", "expires": "2026-11-23"},
    }
    file = tmp_path / "listings.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", "import", "listings", str(file)],
        env=environ, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "loaded 1, updated 0, unchanged 0, drafts 0, refused 0\n"

    found = f"http://127.0.0.1:{port}/api/v1/providers?service=seo&city=2886242"
    _wait_until(lambda: (_answer(found) or {}).get("total") == 1)

    server.send_signal(signal.SIGTERM)
    assert server.wait(PATIENCE_SECONDS) == 0
    assert _answer(found) is None


def test_a_worker_that_is_killed_comes_back(
    server: subprocess.Popen[bytes], environ: dict[str, str], port: int
) -> None:
    first = _worker_of(server)
    os.kill(first, signal.SIGKILL)
    _wait_until(lambda: _worker_of(server) not in (0, first))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_nobody_stays_behind_when_the_supervisor_is_killed(
    server: subprocess.Popen[bytes], port: int
) -> None:
    worker, web = _worker_of(server), web_processes(server)
    assert worker
    assert web
    server.kill()
    _wait_until(lambda: not any(_runs(one) for one in (worker, *web)))
    assert _answer(f"http://127.0.0.1:{port}/readyz") is None


def test_a_port_that_is_taken_is_one_line(
    server: subprocess.Popen[bytes], environ: dict[str, str], port: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", "serve", "--port", str(port)],
        env=environ, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def _runs(process: int) -> bool:
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _worker_of(server: subprocess.Popen[bytes]) -> int:
    """The worker's process id, 0 while there is none."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    for child in children:
        if b"jobs" in Path(f"/proc/{child}/cmdline").read_bytes():
            return int(child)
    return 0


def _answer(address: str) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 (our own)
            return dict(json.load(response))
    except OSError:
        return None


def _wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)  # polls another process
