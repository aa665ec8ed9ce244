"""One web process: the application in granian, at a socket that others listen at too.

Started by the supervisor as `python -m directory.serving.process APPLICATION SIGN SOCKET`; SIGN and
SOCKET are descriptors. granian's own supervision gives each process a socket of its own, whose
waiting connections are lost with it, and gives up on one that is killed twice; so one of its
workers is run here by itself.
"""

from __future__ import annotations

import importlib
import os
import signal
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import granian.net
from granian._loops import loops
from granian.constants import Interfaces, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.mp import MPServer

from directory.serving import counts
from directory.serving.supervisor import BACKLOG, READY
from directory.web.logs import configure_logging

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

THREADS = 4
# At most so many requests wait for a thread; more wait in the socket's queue, for any process.
WAITING_MOST = 256
HEADER_MILLISECONDS = 15_000
LEAVING = ("Connection", "close")


class Leaving:
    """Once told to leave, takes no new connection and says `close` on those that are open."""

    def __init__(self, application: WSGIApplication, door: int) -> None:
        self._application = application
        self._door = os.fstat(door).st_ino
        self._told = False

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Any:
        # Whether it was told is looked at when the answer begins: it may have been meanwhile.
        return self._application(
            environ,
            lambda status, headers, *error: start(
                status, [*headers, LEAVING] if self._told else headers, *error
            ),
        )

    def tell(self, *_signal: object) -> None:
        """Begin to leave: every descriptor of the shared socket becomes one where nobody calls."""
        self._told = True
        deaf = socket.socket()
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(1)
        deaf.setblocking(False)
        for name in Path("/proc/self/fd").iterdir():
            number = int(name.name)
            try:
                if os.fstat(number).st_ino == self._door:
                    os.dup2(deaf.fileno(), number, inheritable=False)
            except OSError:
                continue


def main(application: str, sign: int, door: int) -> None:
    """Serve until SIGTERM; SIGUSR1 says that it is near."""
    configure_logging()
    counts.take_room()
    module, _, name = application.partition(":")
    served = Leaving(getattr(importlib.import_module(module), name), door)
    signal.signal(signal.SIGUSR1, served.tell)
    os.write(sign, READY)
    os.close(sign)
    _serve(served, door)


def _serve(application: WSGIApplication, door: int) -> None:
    options = MPServer(
        "",
        interface=Interfaces.WSGI,
        log_level=LogLevels.warning,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
    )
    # Its own process is what granian would start here; we are it.
    serve = MPServer._spawn_wsgi_worker.__wrapped__  # noqa: SLF001
    net: Any = granian.net
    serve(
        worker_id=1,
        callback=application,
        sock=(None, net.SocketHolder(door, False, BACKLOG)),
        ipc=None,
        loop=loops.get(options.loop),
        runtime_mode=RuntimeModes.mt,
        runtime_threads=options.runtime_threads,
        runtime_blocking_threads=options.runtime_blocking_threads,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=options.blocking_threads_idle_timeout,
        backpressure=WAITING_MOST,
        task_impl=options.task_impl,
        http_mode=options.http,
        http1_settings=options.http1_settings,
        http2_settings=options.http2_settings,
        websockets=False,
        static_path=None,
        log_access_fmt=None,
        ssl_ctx=options.ssl_ctx,
        scope_opts={"url_path_prefix": None},
        metrics=(None, None),
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
