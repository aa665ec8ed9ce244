"""The pages of services and areas, everywhere and in each country."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from directory.config import clock
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.search.sentence import sentence
from directory.web import keeping, known, languages
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.kept import PARAMETER, with_kept
from directory.web.public.presenters import landing, landing_indexes
from directory.web.public.presenters.landing_links import asked_by, path_of


@allow("anyone")
@kept(own=PARAMETER)
def show(service: str, country: str | None = None) -> str | Response | tuple[str, int]:
    """What there is of a service; 301 to the one spelling, 404 with the nearest for nobody."""
    asked = asked_by(service, country)
    if asked is None:
        abort(404)
    address = path_of(asked)
    if request.path != address:
        return redirect(with_kept(address), 301)
    language, today = languages.current(), clock().today()
    found, profile, newest = search.overview(
        replace(asked, explain=True), language=language, today=today, newest=landing.NEWEST
    )
    keeping.only_if(found.counted)
    if not found.paging.total:
        return _nobody(asked), 404
    ids = [*(hit.listing_id for hit in found.hits[: landing.FIRST]), *newest]
    shown = landing.present(found, profile, newest, known.visible_cards(ids, today), language)
    return render_template(
        "public/landing.html", landing=shown, linked=shown.linked, canonical=address
    )


def _nobody(asked: SearchRequest) -> str:
    """Nobody offers that there, so the three nearest pages that exist."""
    language, today = languages.current(), clock().today()
    everywhere, beside = SearchRequest(service=asked.service), SearchRequest(country=asked.country)
    found = search.answer(everywhere, language=language, today=today)
    others = search.answer(beside, language=language, today=today)
    return render_template(
        "errors/no_landing.html",
        code=404,
        asked=sentence(asked, language),
        nearest=landing_indexes.nearest(found, others, language),
    )
