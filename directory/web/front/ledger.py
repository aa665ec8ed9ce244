"""Kept answers are counted and logged a moment later and many at a time, to be cheap.

Whoever is killed hard loses the lines of that moment; who ends in order writes them.
"""

from __future__ import annotations

import atexit
import threading
import time
from collections import deque
from typing import TYPE_CHECKING

from directory.kernel.clock import real_seconds
from directory.web import logs
from directory.web.logs import Noted, request_id_of
from directory.web.metrics import KEPT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MOMENT_SECONDS = 0.2
# So many wait at most; then whoever answers writes.
WAITING_MOST = 4_096


class Ledger:
    """What one process gave of kept pages."""

    def __init__(self) -> None:
        self._noted: deque[Noted] = deque()
        self._turn = threading.Lock()
        self._waiting = threading.Event()
        self._writer: threading.Thread | None = None

    def note(self, environ: WSGIEnvironment, status: str, began: float) -> None:
        """Count and log, soon, an answer that Flask never saw.

        began: what `time.perf_counter()` said when the request came.
        """
        self._noted.append(
            (
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"],
                status,
                time.perf_counter() - began,
                request_id_of(environ),
                real_seconds(),
            )
        )
        if not self._waiting.is_set():
            self._wake()
        elif len(self._noted) > WAITING_MOST:
            self.write()

    def write(self) -> None:
        """Write down all that is noted."""
        with self._turn:
            noted = [self._noted.popleft() for _ in range(len(self._noted))]
            if noted:
                KEPT.inc(len(noted))
                logs.write_kept(noted)

    def _wake(self) -> None:
        self._waiting.set()
        if self._writer is None:
            with self._turn:
                if self._writer is None:
                    self._writer = threading.Thread(target=self._write_on, daemon=True)
                    self._writer.start()

    def _write_on(self) -> None:
        while True:
            self._waiting.wait()
            time.sleep(MOMENT_SECONDS)
            self._waiting.clear()
            self.write()


LEDGER = Ledger()
atexit.register(LEDGER.write)
