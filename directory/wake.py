"""A tap on the worker's shoulder: after a commit it looks at once instead of within a second."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

NAME = "worker.sock"


def tap(var_dir: Path) -> None:
    """Wake the worker, if one listens; never waits and never fails."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as tapper:
        tapper.setblocking(False)
        tapper.sendto(b"\n", str(var_dir / NAME))


@contextlib.contextmanager
def listening(var_dir: Path) -> Iterator[socket.socket | None]:
    """A socket on which taps arrive; None where the path is too long for one (then poll)."""
    path = var_dir / NAME
    path.unlink(missing_ok=True)
    ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        ear.bind(str(path))
    except OSError:
        ear.close()
        yield None
        return
    try:
        yield ear
    finally:
        ear.close()
        path.unlink(missing_ok=True)


def wait(ear: socket.socket | None, seconds: float) -> None:
    """Wait for a tap, at most `seconds`; taps that came together count once."""
    if ear is None:
        time.sleep(seconds)
        return
    ear.settimeout(seconds)
    with contextlib.suppress(TimeoutError):
        ear.recv(16)
        ear.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                ear.recv(16)
