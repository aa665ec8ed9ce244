"""The pictures that other sites show beside a link to a page (J07)."""

from __future__ import annotations

from flask import Response, abort, request

from directory.certification import queries as certification
from directory.config import clock
from directory.files import services as files
from directory.files.drawn import drawn
from directory.listings import queries as listings
from directory.web import languages
from directory.web.assets import shelf
from directory.web.guards import allow
from directory.web.public import pictures
from directory.web.public.pictures import Card
from directory.web.public.presenters import card, credentials

FACE = "fonts/inter-latin.woff2"


@allow("anyone")
def of_site() -> Response:
    """The picture of the site in the language of the address."""
    return _answer(card.of_site(), None)


@allow("anyone")
def of_listing(slug: str) -> Response:
    """The picture of a public listing; 410 and 404 as its page answers (DIR-2)."""
    language, today = languages.current(), clock().today()
    found = listings.visible_by_slug(slug, today)
    if found is None:
        hidden = listings.by_slug(slug)
        abort(410 if hidden is not None and hidden.first_public is not None else 404)
    valid = credentials.in_force(certification.held_by(found.organisation_id), today)
    term = credentials.gate_term(valid, today)
    shown = card.of_listing(found, term.expires if term else None, language)
    return _answer(shown, found.logo)


def _answer(shown: Card, logo: str | None) -> Response:
    """The picture, asked for again each time so that the gate holds for kept ones as well."""
    key = card.key(shown, logo)
    response = Response(mimetype="image/png")
    response.set_etag(key)
    response.cache_control.no_cache = True
    # Other sites show it; they are what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    if response.status_code != 304:
        response.data = drawn(key, lambda: _drawn(shown, logo))
    return response


def _drawn(shown: Card, logo: str | None) -> bytes:
    path = files.path_of(logo) if logo else None
    return pictures.draw(shown, path.read_bytes() if path else None, shelf().folder / FACE)
