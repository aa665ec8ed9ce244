"""Structured logs: one JSON line an event, with the request's id and never a visitor's address."""

from __future__ import annotations

import contextlib
import logging
import re
import sys
import time
import uuid

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict, WrappedLogger

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
LONGEST_VALUE = 500

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
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
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


class _Lines:
    """Writes lines to standard error; a log that can't be written stops nothing."""

    def __init__(self, *_names: object) -> None:
        self._file = sys.stderr

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            print(line, file=self._file, flush=True)

    debug = info = warning = error = critical = msg


def _shorten(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {
        key: value[:LONGEST_VALUE] if isinstance(value, str) and key != "exception" else value
        for key, value in event.items()
    }
