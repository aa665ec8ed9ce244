"""Light, dark or as the visitor's system has it; the choice is a cookie that the server reads.

No script decides, so nothing flashes; without the choice there is no cookie (M02).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

COOKIE = "theme"
YEAR_SECONDS = 31_536_000


class Theme(StrEnum):
    """A cached page is kept per theme: the system's preference needs no page of its own."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return str(LABELS[self])

    @property
    def colour_scheme(self) -> str:
        """What browsers are told they may paint."""
        return "light dark" if self is Theme.SYSTEM else self.value


LABELS = {
    Theme.SYSTEM: _("As the system"),
    Theme.LIGHT: _("Light"),
    Theme.DARK: _("Dark"),
}


def init_app(app: Flask) -> None:
    """Tell templates the theme, and caches that a page depends on it."""
    app.context_processor(_variables)
    app.jinja_env.globals["themes"] = list(Theme)

    @app.after_request
    def vary(response: Response) -> Any:
        if response.mimetype == "text/html":
            response.vary.add("Cookie")
        return response


def current() -> Theme:
    """The theme of this request; whatever else the cookie says is the system's."""
    if not has_request_context():
        return Theme.SYSTEM
    return read(request.cookies.get(COOKIE, "")) or Theme.SYSTEM


def read(text: str) -> Theme | None:
    """The theme of that name, if there is one."""
    return Theme(text) if text in list(Theme) else None


def remember(response: Response, theme: Theme, *, secure: bool) -> None:
    """Keep the choice for a year; the system's preference needs no cookie."""
    if theme is Theme.SYSTEM:
        response.delete_cookie(COOKIE, samesite="Lax", secure=secure, httponly=True)
    else:
        response.set_cookie(
            COOKIE, theme, max_age=YEAR_SECONDS, samesite="Lax", secure=secure, httponly=True
        )


def _variables() -> dict[str, Any]:
    return {"theme": current()}
