"""Bounds of a request that no page needs to pass."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, abort, request

ADDRESS_BYTES_MOST = 8_000
HEADER_BYTES_MOST = 16_000


def has_large_headers(environ: Mapping[str, object]) -> bool:
    """Whether a request's headers (those of WSGI) take more than they may."""
    headers = (pair for pair in environ.items() if pair[0].startswith("HTTP_"))
    return sum(len(name) + len(str(value)) for name, value in headers) > HEADER_BYTES_MOST


def init_app(app: Flask) -> None:
    """Refuse longer addresses (414) and larger headers (431) before anything reads them (F14)."""

    @app.before_request
    def check() -> None:
        if len(request.full_path.encode("utf-8", "replace")) > ADDRESS_BYTES_MOST:
            abort(414)
        if has_large_headers(request.environ):
            abort(431)
