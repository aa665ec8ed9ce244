"""Security headers of every answer; the content policy starts from nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, *, https: bool) -> None:
    """Give every answer of `app` the headers it does not set itself."""
    headers = HEADERS | ({"Strict-Transport-Security": TWO_YEARS} if https else {})

    if https:
        app.wsgi_app = _as_https(app.wsgi_app)  # type: ignore[method-assign, assignment]

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", _keeping(response))
        return response


def _keeping(response: Response) -> str:
    """What caches may do with an answer that does not say it: ask again, or not keep an error."""
    if response.status_code >= 400:
        return "no-store"
    personal = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return "private, no-cache" if personal or request.authorization else "no-cache"


def _as_https(inner: WSGIApplication) -> WSGIApplication:
    """The site's address is https, whatever the way from the proxy to here is."""

    def outer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = "https"
        return inner(environ, start)

    return outer
