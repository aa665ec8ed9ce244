"""Addresses that a page writes many times over: each pattern is built once for each request."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

# Stands for a slug or a file's name in an address and needs no escape there.
HOLE = "0-hole-0"
BUILT = "directory.addresses."


def listing_path(slug: str) -> str:
    """The address of a listing in the language of the page."""
    return _filled("public.listing", "slug", slug)


def file_path(name: str) -> str:
    """The address of a stored file."""
    return _filled("files.send", "name", name)


def results_path() -> str:
    """The address of the results in the language of the page, without a search."""
    key = BUILT + "results"
    if key not in request.environ:
        request.environ[key] = url_for("public.results")
    path: str = request.environ[key]
    return path


def _filled(endpoint: str, parameter: str, value: str) -> str:
    """value: of letters, digits, hyphens and dots alone."""
    key = BUILT + endpoint
    if key not in request.environ:
        hole: dict[str, Any] = {parameter: HOLE}
        request.environ[key] = url_for(endpoint, **hole).partition(HOLE)
    before, _hole, after = request.environ[key]
    return f"{before}{value}{after}"
