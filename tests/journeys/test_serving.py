"""The program as an operator starts it: `directory serve`, its worker, and its end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.served import (
    PATIENCE_SECONDS,
    environ_in,
    free_port,
    serving,
    wait_until,
    web_processes,
)

Served = tuple[subprocess.Popen[bytes], dict[str, str], int]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that tests share, since its start takes longer than they do."""
    environ, port = environ_in(tmp_path_factory.mktemp("served")), free_port()
    with serving(environ, port) as server:
        yield server, environ, port


def test_an_import_is_found_on_the_served_page(served: Served, tmp_path: Path) -> None:
    _, environ, port = served
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
    wait_until(lambda: (_answer(found) or {}).get("total") == 1)


def test_a_worker_that_is_killed_comes_back(served: Served) -> None:
    server, _, _ = served
    first = _worker_of(server)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: _worker_of(server) not in (0, first))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_nobody_stays_behind_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    port = free_port()
    with serving(environ_in(tmp_path), port) as server:
        worker, web = _worker_of(server), web_processes(server)
        assert worker
        assert web
        server.kill()
        wait_until(lambda: not any(_runs(one) for one in (worker, *web)))
    assert _answer(f"http://127.0.0.1:{port}/readyz") is None


def test_a_port_that_is_taken_is_one_line(served: Served) -> None:
    _, environ, port = served
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
