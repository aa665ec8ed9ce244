"""Setting the theme, without script."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from directory.config import settings
from directory.web import languages, themes
from directory.web.guards import allow

# A browser says where a form was sent from; other sites don't choose how this one looks.
OWN_FORMS = ("same-origin", "none")


@allow("anyone")
def choose() -> Response:
    """Remember the theme and go back to the page that the switch was on."""
    if request.headers.get("Sec-Fetch-Site", OWN_FORMS[0]) not in OWN_FORMS:
        abort(403)
    theme = themes.read(request.form.get("theme", ""))
    if theme is None:
        abort(422)
    answer = redirect(_safe(request.form.get("back", "")), 303)
    themes.remember(answer, theme, secure=settings().base_url.startswith("https://"))
    return answer


def _safe(path: str) -> str:
    """`path` if it is one of this site's pages, which all begin with a language; else home."""
    if languages.of_path(path) is None or not path.isprintable():
        return url_for("public.home")
    return path
