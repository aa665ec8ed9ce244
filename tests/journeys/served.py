"""The program served in processes of its own, and clients that never stop asking."""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_SECONDS = 60


def environ_in(folder: Path, **more: str) -> dict[str, str]:
    """An environment whose data is in `folder`."""
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("DIRECTORY_")},
        "DIRECTORY_VAR_DIR": str(folder / "var"),
        "DIRECTORY_INDEX_DIR": str(folder / "index"),
        "DIRECTORY_TODAY": "2026-11-23",
        **more,
    }


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def serving(environ: dict[str, str], port: int, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """`directory serve --prepare` until the block ends; ready when it begins."""
    command = [sys.executable, "-m", "directory.cli", "serve", "--prepare", "--port", str(port)]
    process = subprocess.Popen([*command, *options], env=environ, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: status_of(port, "/readyz") == 200)
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def status_of(port: int, path: str) -> int:
    """What a single request is answered with; 0 for none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def web_processes(server: subprocess.Popen[bytes]) -> list[int]:
    """The ids of the web processes."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    named = {one: Path(f"/proc/{one}/cmdline").read_bytes() for one in children}
    return [int(one) for one, words in named.items() if b"directory.serving.process" in words]


def wait_until(condition: Callable[[], bool]) -> None:
    """Poll another process."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)  # polls another process


@dataclass
class Load:
    """Clients that keep their connections and ask again and again.

    counts: answers by status, `failed` for none; seconds: how long each answer took; problems: why
    there was none.
    """

    port: int
    path: str
    clients: int = 4
    counts: Counter[int | str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Ask while the block runs."""
        stop = threading.Event()
        threads = [threading.Thread(target=self._ask, args=(stop,)) for _ in range(self.clients)]
        for one in threads:
            one.start()
        try:
            yield
        finally:
            stop.set()
            for one in threads:
                one.join()

    def percentile(self, share: float) -> float:
        """The seconds within which that share of answers came."""
        return sorted(self.seconds)[int(len(self.seconds) * share)]

    def _ask(self, stop: threading.Event) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not stop.is_set():
            began = time.perf_counter()
            try:
                connection.request("GET", self.path)
                answer = connection.getresponse()
                answer.read()
                self.counts[answer.status] += 1
            except (OSError, http.client.HTTPException) as problem:
                self.counts["failed"] += 1
                self.problems.append(f"{problem!r} after {time.perf_counter() - began:.2f} s")
                connection.close()
            self.seconds.append(time.perf_counter() - began)
        connection.close()
