"""Bounds of a request that no page needs to pass."""

from __future__ import annotations

from flask import Flask, abort, request

ADDRESS_BYTES_MOST = 8_000
HEADER_BYTES_MOST = 16_000


def init_app(app: Flask) -> None:
    """Refuse longer addresses (414) and larger headers (431) before anything reads them (F14)."""

    @app.before_request
    def check() -> None:
        if len(request.full_path.encode("utf-8", "replace")) > ADDRESS_BYTES_MOST:
            abort(414)
        if sum(len(name) + len(value) for name, value in request.headers) > HEADER_BYTES_MOST:
            abort(431)
