"""Answers that are text go over the wire as gzip to whoever takes it."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

# A smaller one fits into one packet anyway.
SMALLEST_BYTES = 1_000
# Of 9: what more would save costs more time than it takes to send.
LEVEL = 5
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")


def init_app(app: Flask) -> None:
    """Compress what the views of `app` answer, unless they have done so."""

    @app.after_request
    def compress(response: Response) -> Response:
        if not (response.mimetype or "").startswith(TEXTS) or response.direct_passthrough:
            return response
        response.vary.add("Accept-Encoding")
        if is_wanted() and "Content-Encoding" not in response.headers and _is_worth_it(response):
            put(response, compressed(response.get_data(), LEVEL))
        return response


def is_wanted() -> bool:
    """Whether the client of this request takes gzip."""
    return bool(request.accept_encodings["gzip"])


def compressed(body: bytes, level: int = 9) -> bytes:
    """`body` as gzip, the same bytes each time."""
    return gzip.compress(body, level, mtime=0)


def put(response: Response, body: bytes) -> None:
    """Make `body`, which is gzip, the answer's; its tag then names this form of the content."""
    response.set_data(body)
    response.headers["Content-Encoding"] = "gzip"
    tag, is_weak = response.get_etag()
    if tag is not None:
        response.set_etag(f"{tag}-gzip", weak=bool(is_weak))


def _is_worth_it(response: Response) -> bool:
    length = response.calculate_content_length()
    return length is not None and length >= SMALLEST_BYTES
