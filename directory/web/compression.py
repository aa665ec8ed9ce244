"""Answers that are text go over the wire in the encoding that the client prefers.

Kept pages never pass here with one: they are made plain and encoded by those who keep them.
"""

from __future__ import annotations

from flask import Flask, Response, request

from directory.web.encoding import IDENTITY, chosen, compressed, is_compressible


def init_app(app: Flask) -> None:
    """Compress what the views of `app` answer, unless they have done so."""

    @app.after_request
    def compress(response: Response) -> Response:
        length = response.calculate_content_length()
        if length is None or not is_compressible(response.mimetype or "", length):
            return response
        if response.direct_passthrough or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        encoding = chosen(request.headers.get("Accept-Encoding", ""))
        if encoding != IDENTITY:
            _put(response, compressed(response.get_data(), encoding, once=False), encoding)
        return response


def _put(response: Response, body: bytes, encoding: str) -> None:
    """Make `body` the answer's; a tag is weak then, as several forms of the content bear it."""
    response.set_data(body)
    response.content_encoding = encoding
    tag, _ = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)
