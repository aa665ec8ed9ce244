"""Refusals for programs: JSON after RFC 9457, with the parameter's name where one is at fault."""

from __future__ import annotations

from flask import Response, json
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

PROBLEM = "application/problem+json"


def problem(error: HTTPException, code: int) -> Response:
    """The answer to a request that was refused with `code`.

    `{"type", "title", "status", "detail", "error"}` and what the error's `details` add; `error`
    says the same as `detail`.
    """
    said = error.description or error.name
    body = {
        "type": "about:blank",
        "title": HTTP_STATUS_CODES.get(code, error.name),
        "status": code,
        "detail": said,
        "error": said,
    }
    return Response(json.dumps(body | getattr(error, "details", {})), code, mimetype=PROBLEM)
