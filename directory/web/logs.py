"""Structured logs: one JSON line an event, with the request's id and never a visitor's address."""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import os
import re
import secrets
import sys
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, WrappedLogger

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
LONGEST_VALUE = 500
ENVIRON_ID = "directory.request_id"
PROCESS = secrets.token_hex(8)
COUNT = itertools.count(1)
STANDARD_ERROR = 2
# What a pipe takes in one piece, so that lines of several processes do not mix (`PIPE_BUF`).
ATOMIC_BYTES = 4096
# Of a request: method, path as WSGI spells it, status line, seconds it took, id, time it ended.
Noted = tuple[str, str, str, float, str, float]

log = structlog.get_logger()


def configure_logging() -> None:
    """Send all logs to standard error: JSON lines, or plain ones on a terminal."""
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _shorten,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=_Lines,
        cache_logger_on_first_use=False,
    )


def init_app(app: Flask) -> None:
    """Give each request an id (kept from `X-Request-ID` if it is one) and log its end."""

    @app.before_request
    def begin() -> None:
        g.request_id = request_id_of(request.environ)
        g.began = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-ID"] = g.request_id
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round((time.perf_counter() - g.began) * 1000, 1),
            )
        return response


def request_id_of(environ: WSGIEnvironment) -> str:
    """The request's id: what `X-Request-ID` says if that is one, else a new one, then always it."""
    known = environ.get(ENVIRON_ID)
    if known is None:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        # A name of this process and a number cost a tenth of a random one.
        known = given if REQUEST_ID.fullmatch(given) else f"{PROCESS}{next(COUNT):016x}"
        environ[ENVIRON_ID] = known
    return str(known)


def write_kept(noted: Iterable[Noted]) -> None:
    """Log the ends of requests that Flask never saw: the same lines, written without ceremony."""
    pieces: list[bytes] = []
    size = 0
    for method, path, status, seconds, request_id, at in noted:
        line = (
            f'{{"method": "{method}", "path": {_quoted(path)}, "status": {status[:3]}, '
            f'"ms": {seconds * 1000:.1f}, "kept": true, "event": "request", '
            f'"request_id": "{request_id}", "level": "info", "timestamp": "{_instant(at)}"}}\n'
        ).encode()
        if size + len(line) > ATOMIC_BYTES:
            _write(pieces)
            pieces, size = [], 0
        pieces.append(line)
        size += len(line)
    _write(pieces)


def _write(pieces: list[bytes]) -> None:
    with contextlib.suppress(OSError):
        os.write(STANDARD_ERROR, b"".join(pieces))


def _instant(seconds: float) -> str:
    whole = int(seconds)
    return f"{_second(whole)}.{int((seconds - whole) * 1e6):06}+00:00"


@lru_cache(maxsize=8)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()


@lru_cache(maxsize=1024)
def _quoted(path: str) -> str:
    """A path as WSGI spells it, as JSON."""
    return json.dumps(path.encode("latin1").decode("utf-8", "replace")[:LONGEST_VALUE])


class _Lines:
    """Writes lines to standard error; a log that can't be written stops nothing."""

    def __init__(self, *_names: object) -> None:
        self._file = sys.stderr

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            # One write a line, so that lines of several processes do not mix.
            self._file.write(f"{line}\n")
            self._file.flush()

    debug = info = warning = error = critical = msg


def _shorten(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {
        key: value[:LONGEST_VALUE] if isinstance(value, str) and key != "exception" else value
        for key, value in event.items()
    }
