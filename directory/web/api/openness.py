"""What every answer to a reading program carries: an ETag, and leave for any site to read it."""

from __future__ import annotations

from flask import Response, abort, request

PREFIX = "/api/v1/"
READS = {"GET", "HEAD", "OPTIONS"}
SHOWN_TO_SCRIPTS = "ETag, Retry-After, X-Request-ID"
DAY_SECONDS = "86400"


def check_accept() -> None:
    """Refuse (406) who takes no JSON."""
    accepted = request.accept_mimetypes
    if accepted and not (accepted["application/json"] or accepted["application/problem+json"]):
        abort(406, "there is only application/json here")


def open_up(response: Response) -> Response:
    """Let scripts of other sites read answers of the interface; nothing here needs a cookie."""
    if request.path.startswith(PREFIX) and request.method in READS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN_TO_SCRIPTS
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(READS))
            response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
            response.headers["Access-Control-Max-Age"] = DAY_SECONDS
        elif response.status_code == 200:
            _let_ask_again(response)
    return response


def _let_ask_again(response: Response) -> None:
    """An answer may be kept, and has to be asked for again: what it shows may be hidden today."""
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-cache"
    if not response.get_etag()[0]:
        response.add_etag()
    response.make_conditional(request)
