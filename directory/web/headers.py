"""Security headers of every answer; the content policy starts from nothing."""

from __future__ import annotations

from flask import Flask, Response

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

    @app.after_request
    def secure(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response
