"""Links of head and foot: a page is linked as soon as it exists, and not before."""

from __future__ import annotations

from typing import cast

from flask import Flask, current_app

from directory.web.languages import PATH_RULE, current

EXTENSION = "directory_pages"


def init_app(app: Flask) -> None:
    """Give templates `page_url(path)`."""
    app.jinja_env.globals["page_url"] = page_url


def page_url(path: str) -> str:
    """The address of the page at `path` (`/trust`) in this language; empty if there is none."""
    return f"/{current()}{path}" if path in _paths() else ""


def _paths() -> frozenset[str]:
    """The paths of all pages without a variable part, below the language; read once."""
    known = current_app.extensions
    if EXTENSION not in known:
        rules = (rule.rule for rule in current_app.url_map.iter_rules())
        below = (rule.removeprefix(PATH_RULE) for rule in rules if rule.startswith(PATH_RULE))
        known[EXTENSION] = frozenset(path for path in below if "<" not in path)
    return cast("frozenset[str]", known[EXTENSION])
