"""Bodies of requests from clients that are slow: read in bounded time, by a bounded number."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import RequestTimeout, ServiceUnavailable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Fewer than a process has threads, so that pages are answered whatever bodies do.
AT_ONCE = 2
TURN_SECONDS = 2.0
WHOLE_SECONDS = 10.0
# More than any form may have; Flask refuses what is larger by itself.
MOST = 64 * 1024 * 1024


class Bodies:
    """Stands before `inner` and gives it bodies that are read whole before the first byte of them.

    A body that is not here in time is a 408, one that finds no turn to be read a 503.
    """

    def __init__(self, inner: WSGIApplication, *, seconds: float = WHOLE_SECONDS) -> None:
        self._inner = inner
        self._seconds = seconds
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            body = _Body(environ["wsgi.input"], _length(environ), self._turns, self._seconds)
            environ["wsgi.input"] = body
        return self._inner(environ, start)


def _length(environ: WSGIEnvironment) -> int:
    """How much may be read: what lies behind is not ours, and some servers wait for it."""
    if environ.get("wsgi.input_terminated"):
        return MOST
    said = environ.get("CONTENT_LENGTH") or "0"
    return min(int(said), MOST) if said.isascii() and said.isdigit() else 0


class _Body(io.RawIOBase):
    """A body that is fetched when it is first read."""

    def __init__(
        self, source: Any, length: int, turns: threading.Semaphore, seconds: float
    ) -> None:
        self._source = source
        self._length = length
        self._turns = turns
        self._seconds = seconds
        self._whole: io.BytesIO | None = None

    def readinto(self, buffer: Any) -> int:
        if self._whole is None:
            self._whole = io.BytesIO(self._fetched())
        return self._whole.readinto(buffer)

    def _fetched(self) -> bytes:
        if not self._turns.acquire(timeout=TURN_SECONDS):
            raise ServiceUnavailable(retry_after=5)
        got: list[bytes] = []
        # The thread ends with the connection, which the answer closes.
        reader = threading.Thread(
            target=lambda: got.append(self._source.read(self._length)), daemon=True
        )
        reader.start()
        reader.join(self._seconds)
        self._turns.release()
        if not got:
            raise RequestTimeout
        return got[0]
