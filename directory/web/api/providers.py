"""Searching providers, and one of them."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from directory.certification import queries as certification
from directory.config import clock
from directory.listings import queries as listings
from directory.search import services as search
from directory.search.request import PARAMETERS
from directory.web import keeping, known
from directory.web.api import presenters
from directory.web.api.refusals import language, search_request
from directory.web.guards import allow
from directory.web.keeping import kept


@allow("anyone")
@kept(*PARAMETERS, "lang")
def results() -> dict[str, Any]:
    """What the result page shows, as data: the same parameters, counts and order."""
    said, today = language(), clock().today()
    asked, hidden = search_request(), known.hidden(today)
    found = search.answer(asked, language=said, today=today, hidden=hidden)
    keeping.only_if(found.counted)
    if found.paging.beyond:
        abort(404, f"there are {found.paging.pages} pages")
    shown = known.visible_cards([hit.listing_id for hit in found.hits], today)
    return presenters.page(found, shown, said)


@allow("anyone")
@kept("lang")
def show(slug: str) -> dict[str, Any] | Response:
    """All that a listing's page shows; 301 from a former slug, else as `_elsewhere` says."""
    said, today = language(), clock().today()
    found = listings.visible_by_slug(slug, today)
    if found is None:
        return _elsewhere(slug)
    held = certification.held_by(found.organisation_id)
    return presenters.whole(found, held, said, today)


def _elsewhere(slug: str) -> Response:
    """Where a listing is that is not here: 410 if it was public and is not now (DIR-2), or 404."""
    owner = listings.former_slug_owner(slug)
    if owner is not None and owner.first_public is not None:
        return redirect(url_for("api.provider", slug=owner.slug), 301)
    hidden = listings.by_slug(slug)
    if hidden is None or hidden.first_public is None:
        abort(404, "there is no such listing")
    return abort(410, "this listing was public once and is not now")
