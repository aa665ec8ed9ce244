"""Search results."""

from __future__ import annotations

from dataclasses import replace

from flask import abort, render_template, request

from directory.config import clock
from directory.search import services as search
from directory.search.addresses import BadPage
from directory.search.request import PARAMETERS, SearchRequest
from directory.web import keeping, known, languages
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.fields import as_meant
from directory.web.public.kept import PARAMETER
from directory.web.public.presenters import results


@allow("anyone")
@kept(*PARAMETERS, "around", "all", own=PARAMETER)
def show() -> str | tuple[str, int]:
    """The listings that a search finds, twenty a page; every state is in the address."""
    try:
        asked, dropped = SearchRequest.from_args(as_meant(request.args))
    except BadPage:
        abort(400)
    language, today = languages.current(), clock().today()
    found = search.answer(
        replace(asked, explain=True),
        language=language,
        today=today,
        hidden=known.hidden(today),
    )
    keeping.only_if(found.counted)
    if found.paging.beyond:
        return render_template("errors/beyond.html", code=404, **results.last_page(found)), 404
    ids = [hit.listing_id for hit in found.hits]
    cards = known.visible_cards(ids, today, described=found.in_descriptions)
    whole = request.args.get("all", "")
    shown = results.present(found, cards, dropped, language, today, whole)
    return render_template("public/results.html", **shown)
