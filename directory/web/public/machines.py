"""Addresses for machines: the map of the site and what robots may read."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, render_template, url_for

from directory.config import LANGUAGES, clock, settings
from directory.listings import queries as listings
from directory.web.guards import allow
from directory.web.keeping import kept


@allow("anyone")
@kept()
def sitemap() -> Response:
    """Every public page in each language with its twins; listings with the day they changed."""
    entries = [_entry("public.home"), _entry("public.results")]
    for slug, changed in listings.visible_addresses(clock().today()):
        entries.append(_entry("public.listing", changed, slug=slug))
    return Response(render_template("public/sitemap.xml", entries=entries), mimetype="text/xml")


def _entry(endpoint: str, changed: date | None = None, **values: Any) -> dict[str, Any]:
    """The addresses of a page by language, and the day it changed if that is known."""
    base = settings().base_url
    urls = {lang: base + url_for(endpoint, lang=lang, **values) for lang in LANGUAGES}
    return {"urls": urls, "changed": changed}


@allow("anyone")
@kept()
def robots() -> Response:
    """Robots may read everything but completions; the results' own marks say what to index."""
    text = f"User-agent: *\nDisallow: /suggest\nSitemap: {settings().base_url}/sitemap.xml\n"
    return Response(text, mimetype="text/plain")
