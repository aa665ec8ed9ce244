"""Bodies of slow clients: read in bounded time, and by few at once."""

from __future__ import annotations

import io
import threading
import time
from typing import Any

import pytest
from werkzeug.exceptions import RequestTimeout, ServiceUnavailable

from directory.web import bodies
from directory.web.bodies import Bodies


class Slow:
    """Gives nothing until it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def read(self, _size: int = -1) -> bytes:
        self.go.wait(10)
        return b""


def _read(environ: dict[str, Any], start: Any) -> list[bytes]:
    return [environ["wsgi.input"].read()]


def _post(source: Any, length: int = 10) -> dict[str, Any]:
    return {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(length), "wsgi.input": source}


def test_a_body_is_what_was_sent() -> None:
    assert Bodies(_read)(_post(io.BytesIO(b"theme=dark")), print) == [b"theme=dark"]


def test_what_lies_behind_a_body_is_not_read() -> None:
    sent = io.BytesIO(b"theme=darkGET / HTTP/1.1")
    assert Bodies(_read)(_post(sent), print) == [b"theme=dark"]
    assert sent.read(3) == b"GET"


def test_a_body_that_names_no_length_is_read_where_the_server_ends_it() -> None:
    environ = _post(io.BytesIO(b"theme=dark")) | {"wsgi.input_terminated": True}
    del environ["CONTENT_LENGTH"]
    assert Bodies(_read)(environ, print) == [b"theme=dark"]


@pytest.mark.case("F12")
def test_a_body_that_does_not_come_is_given_up() -> None:
    slow = Slow()
    with pytest.raises(RequestTimeout):
        Bodies(_read, seconds=0.05)(_post(slow), print)
    slow.go.set()


@pytest.mark.case("F12")
def test_slow_bodies_leave_threads_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "TURN_SECONDS", 0.05)
    slow, served = Slow(), Bodies(_read)
    readers = [
        threading.Thread(target=served, args=(_post(slow), print)) for _ in range(bodies.AT_ONCE)
    ]
    for one in readers:
        one.start()
    time.sleep(0.1)  # until all of them read
    with pytest.raises(ServiceUnavailable):
        served(_post(io.BytesIO(b"x")), print)
    slow.go.set()
    for one in readers:
        one.join()
    assert served(_post(io.BytesIO(b"x")), print) == [b"x"]
