"""Serving goes on: restarts that lose nothing, processes that are killed, clients that are slow."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen

import pytest

from tests.journeys.served import (
    Load,
    environ_in,
    free_port,
    serving,
    status_of,
    wait_until,
    web_processes,
)

Served = tuple[Popen[bytes], int]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    port = free_port()
    environ = environ_in(tmp_path_factory.mktemp("served"))
    with serving(environ, port, "--workers", "2") as server:
        yield server, port


@pytest.mark.case("J20")
def test_an_orderly_restart_loses_no_request(served: Served) -> None:
    server, port = served
    load = Load(port, "/en/providers")
    with load.running():
        for _ in range(2):
            before = set(web_processes(server))
            server.send_signal(signal.SIGHUP)
            wait_until(lambda before=before: _renewed(server, before))
    assert not load.problems
    assert set(load.counts) - {"failed"} == {200}


def _renewed(server: Popen[bytes], before: set[int]) -> bool:
    now = set(web_processes(server))
    return len(now) == 2 and not now & before


@pytest.mark.case("J19")
def test_a_web_process_that_is_killed_costs_no_more_than_its_open_requests(served: Served) -> None:
    server, port = served
    load = Load(port, "/en/providers")
    kills = 3
    with load.running():
        for _ in range(kills):
            time.sleep(2)
            os.kill(web_processes(server)[0], signal.SIGKILL)
        time.sleep(2)
    assert set(load.counts) - {"failed"} == {200}
    assert load.counts["failed"] <= kills * load.clients
    wait_until(lambda: len(web_processes(server)) == 2)


@pytest.mark.case("F12")
def test_slow_clients_stop_nobody(served: Served) -> None:
    _server, port = served
    began = b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
    body = b"POST /en/theme HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nthe"
    unread = b"GET /en/providers HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20
    with ExitStack() as stack:
        for said in (began, body, unread) * 67:
            slow = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            slow.sendall(said)
        load = Load(port, "/en/providers", clients=2)
        with load.running():
            time.sleep(2)
    assert set(load.counts) == {200}
    assert load.percentile(0.99) < 1


def test_an_end_is_orderly_although_connections_are_open(tmp_path: Path) -> None:
    port = free_port()
    with serving(environ_in(tmp_path), port) as server:
        with socket.create_connection(("127.0.0.1", port)):
            server.send_signal(signal.SIGTERM)
            assert server.wait(30) == 0
        assert status_of(port, "/en/") == 0
