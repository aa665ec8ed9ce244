"""Addresses for machines: the maps of the site, what robots may read, and what it all is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, abort, render_template, url_for

from directory.config import LANGUAGES, clock, settings
from directory.listings import queries as listings
from directory.listings.offers import landing_areas, landing_pages
from directory.taxonomy import queries as taxonomy
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.kept import PARAMETER
from directory.web.public.presenters import credential

# Listings of one map: two addresses each, so that a map stays far below the 50,000 addresses and
# 50 MB that the protocol allows (https://www.sitemaps.org/protocol.html).
LISTINGS_A_MAP = 5_000
PAGES = ("public.home", "public.results", "public.regions", "public.trust")


@allow("anyone")
@kept()
def sitemap() -> Response:
    """The list of maps: pages, services by area, spans of listings; each with its last change."""
    base = settings().base_url
    maps: list[tuple[str, date | None]] = [(base + url_for("public.sitemap_pages"), None)]
    for area, changed in landing_areas(clock().today()):
        maps.append((base + url_for("public.sitemap_services", area=area), changed))
    for span, changed in listings.visible_spans(clock().today(), LISTINGS_A_MAP):
        maps.append((base + url_for("public.sitemap_listings", span=span), changed))
    return _xml("public/sitemaps.xml", maps=maps)


@allow("anyone")
@kept()
def sitemap_pages() -> Response:
    """Every public page that is no listing, in each language with its twins."""
    return _xml("public/sitemap.xml", entries=list(_pages()))


@allow("anyone")
@kept()
def sitemap_services(area: str) -> Response:
    """The landing pages of an area and its services, with the day they changed (A01)."""
    found = landing_pages(area, clock().today()) if area in taxonomy.areas() else []
    if not found:
        abort(404)
    entries = [
        _entry(
            "public.landing",
            page.changed,
            service=page.service,
            country=page.country.lower() if page.country else None,
        )
        for page in found
    ]
    return _xml("public/sitemap.xml", entries=entries)


@allow("anyone")
@kept()
def sitemap_listings(span: int) -> Response:
    """The public listings of one span, in each language, with the day they changed (J03)."""
    ids = range((span - 1) * LISTINGS_A_MAP + 1, span * LISTINGS_A_MAP + 1)
    found = listings.visible_addresses(clock().today(), ids)
    if not found:
        abort(404)
    entries = [_entry("public.listing", changed, slug=slug) for slug, changed in found]
    return _xml("public/sitemap.xml", entries=entries)


@allow("anyone")
@kept()
def robots() -> Response:
    """Robots may read everything but completions and what visitors keep in addresses.

    The results' own marks say what to index.
    """
    rules = ("/suggest", f"/*?{PARAMETER}=", f"/*&{PARAMETER}=")
    lines = ["User-agent: *", *(f"Disallow: {rule}" for rule in rules)]
    text = "\n".join([*lines, f"Sitemap: {settings().base_url}/sitemap.xml", ""])
    return Response(text, mimetype="text/plain")


@allow("anyone")
@kept()
def llms() -> Response:
    """What this site is and where its facts are, for programs that read text."""
    return Response(render_template("public/llms.txt"), mimetype="text/plain")


def _pages() -> Iterator[dict[str, Any]]:
    yield from (_entry(endpoint) for endpoint in PAGES)
    yield from (_entry("public.credential", slug=slug) for slug in credential.held(clock().today()))


def _entry(endpoint: str, changed: date | None = None, **values: Any) -> dict[str, Any]:
    """The addresses of a page by language, and the day it changed if that is known."""
    base = settings().base_url
    urls = {lang: base + url_for(endpoint, lang=lang, **values) for lang in LANGUAGES}
    return {"urls": urls, "changed": changed}


def _xml(template: str, **values: Any) -> Response:
    return Response(render_template(template, **values), mimetype="text/xml")
