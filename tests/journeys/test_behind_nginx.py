"""The site as visitors reach it: behind nginx with our file, while processes die and others lie."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import Popen
from threading import Event, Thread

import pytest

from tests.journeys.behind_nginx import HOST, Nginx, nginx_before
from tests.journeys.served import (
    environ_in,
    free_port,
    serving,
    status_of,
    wait_until,
    web_processes,
)

Served = tuple[Popen[bytes], Nginx, int]
# Two readings of where a request ends, of which a proxy and a program might take one each.
SMUGGLED = {
    "length and chunks": b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
    "chunks named twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "chunks that are none": b"Transfer-Encoding: xchunked\r\n",
    "chunks with a tab": b"Transfer-Encoding:\tchunked\r\nContent-Length: 6\r\n",
    "a space before the colon": b"Transfer-Encoding : chunked\r\nContent-Length: 6\r\n",
    "two lengths": b"Content-Length: 6\r\nContent-Length: 0\r\n",
    "a length with a sign": b"Content-Length: +6\r\n",
    "a length of a word": b"Content-Length: six\r\n",
    "a negative length": b"Content-Length: -1\r\n",
    "a folded line": b"X-Folded: a\r\n Content-Length: 6\r\n",
    "a name that is none": b"Con tent-Length: 6\r\n",
    "two hosts": b"Host: elsewhere.example\r\n",
}
# Of these, nginx passes on what it understood, or leaves out a line that is no header.
HARMLESS = {"a folded line", "a name that is none", "a space before the colon"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    environ = environ_in(
        folder, DIRECTORY_BASE_URL=f"https://{HOST}", DIRECTORY_TRUSTED_PROXIES="127.0.0.1"
    )
    with (
        nginx_before(port, folder) as nginx,
        serving(environ, port, "--workers", "2") as server,
    ):
        yield server, nginx, port


def test_the_file_serves_the_site_and_keeps_figures_from_visitors(served: Served) -> None:
    _, nginx, port = served
    status, headers, body = nginx.ask("/en/")
    assert status == 200
    assert f"https://{HOST}/en/".encode() in body
    assert headers["x-request-id"]
    assert nginx.ask("/metrics")[0] == 404
    with socket.create_connection(("127.0.0.1", nginx.plain)) as plain:
        plain.sendall(f"GET /en/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert f"Location: https://{HOST}/en/".encode() in plain.recv(4096)
    assert status_of(port, "/readyz") == 200


@pytest.mark.case("D14")
@pytest.mark.parametrize("way", ["direct", "nginx"])
@pytest.mark.parametrize("name", SMUGGLED)
def test_no_second_request_is_smuggled_in(served: Served, name: str, way: str) -> None:
    _, nginx, port = served
    request = b"POST /en/theme HTTP/1.1\r\nHost: %b\r\n%b\r\n0\r\n\r\nG" % (
        HOST.encode(),
        SMUGGLED[name],
    )
    opened = nginx.connected() if way == "nginx" else socket.create_connection(("127.0.0.1", port))
    with opened as connection:
        connection.settimeout(1)
        connection.sendall(request + b"GET /smuggled HTTP/1.1\r\nHost: " + HOST.encode() + b"\r\n")
        said = _all_that_is_said(connection)
    statuses = [int(line[9:12]) for line in said.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    assert all(status < 500 or status == 501 for status in statuses), statuses
    assert b"/smuggled" not in said
    if name not in HARMLESS:
        assert not [status for status in statuses if status < 400], statuses
        assert len(statuses) <= 1


@pytest.mark.case("F12")
def test_clients_that_are_slow_stay_with_nginx(served: Served) -> None:
    _, nginx, _ = served
    began = f"GET /en/ HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode()
    body = f"POST /en/theme HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\nthe".encode()
    with ExitStack() as stack:
        for said in (began, body) * 60:
            stack.enter_context(nginx.connected()).sendall(said)
        took = []
        for _ in range(20):
            start = time.perf_counter()
            assert nginx.ask("/en/providers")[0] == 200
            took.append(time.perf_counter() - start)
    assert max(took) < 2


@pytest.mark.case("J19")
def test_nobody_who_reads_notices_a_process_that_is_killed(served: Served) -> None:
    server, nginx, _ = served
    seen: Counter[int] = Counter()
    stop = Event()

    def read() -> None:
        while not stop.is_set():
            seen[nginx.ask("/en/providers")[0]] += 1

    readers = [Thread(target=read) for _ in range(3)]
    for one in readers:
        one.start()
    try:
        for _ in range(2):
            enough = seen.total() + 12
            os.kill(web_processes(server)[0], signal.SIGKILL)
            wait_until(lambda enough=enough: seen.total() >= enough)
    finally:
        stop.set()
        for one in readers:
            one.join()
    assert set(seen) == {200}


@pytest.mark.case("J19")
def test_when_all_processes_die_before_one_is_ready_the_site_comes_back_by_itself(
    served: Served,
) -> None:
    server, nginx, _ = served
    for _ in range(2):
        wait_until(lambda: len(web_processes(server)) == 2)
        for process in web_processes(server):
            os.kill(process, signal.SIGKILL)
    # Who asks now waits in the socket's queue.
    assert nginx.ask("/en/providers")[0] == 200
    assert server.poll() is None


def test_while_the_program_is_away_visitors_are_told_to_come_back(tmp_path: Path) -> None:
    with nginx_before(free_port(), tmp_path) as nginx:
        status, headers, body = nginx.ask("/de/providers")
    assert status == 503
    assert int(headers["retry-after"]) > 0
    assert headers["cache-control"] == "no-store"
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert "Vorübergehend nicht erreichbar" in body.decode()


def _all_that_is_said(connection: socket.socket) -> bytes:
    said = b""
    try:
        while piece := connection.recv(65536):
            said += piece
    except OSError:
        return said
    return said
