"""The application beside what it is measured with: bytes before Flask, and a constant Flask page.

`/bench/bytes` and `/bench/flask` answer what the environment's BENCH_BODY (a file) holds, under the
headers of the kept page, so that all three are of one size and compression.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response

from directory.web.guards import allow
from directory.wsgi import app as directory
from directory.wsgi import flask_app

HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "zstd")]


@cache
def body() -> bytes:
    """The kept page's bytes, written once the server could be asked for them."""
    return Path(os.environ["BENCH_BODY"]).read_bytes()


def constant() -> Response:
    """A Flask view with nothing to do."""
    return Response(body(), headers=HEADERS)


flask_app.add_url_rule("/bench/flask", "bench_flask", allow("anyone")(constant))


def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """Answers the bytes, or asks the directory."""
    if environ["PATH_INFO"] == "/bench/bytes":
        start("200 OK", [*HEADERS, ("Content-Length", str(len(body())))])
        return [body()]
    return directory(environ, start)
