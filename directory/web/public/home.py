"""The way in: the redirect to the visitor's language, and the home page."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from directory.config import clock
from directory.listings import queries as listings
from directory.search import services as search
from directory.search.request import SearchRequest, Sort
from directory.web import languages
from directory.web.guards import allow
from directory.web.public.presenters import home, linked, newcomers
from directory.web.public.presenters.home import HomePage
from directory.web.public.presenters.links import search_url

NEWEST = SearchRequest(sort=Sort.NEWEST)
EXTENSION = "directory_home"

Kept = dict[str, tuple[Hashable, HomePage]]


@allow("anyone")
def front() -> Response:
    """`/` leads to the home page in the language that the visitor's browser prefers."""
    answer = redirect(url_for("public.home", lang=languages.preferred(request.accept_languages)))
    answer.vary.add("Accept-Language")
    return answer


@allow("anyone")
def show() -> str:
    """The home page: what there is, and the listings that became public last."""
    return render_template(
        "public/home.html",
        home=_kept(languages.current(), clock().today()),
        newest_url=search_url(NEWEST),
        canonical=url_for("public.home"),
        linked=linked.home(languages.current()),
        masthead_search=False,
    )


def _kept(language: str, today: date) -> HomePage:
    """What the page shows, made once for each state of the directory and each day."""
    kept: Kept = current_app.extensions.setdefault(EXTENSION, {})
    moment = search.moment(today)
    before = kept.get(language)
    if before is not None and moment is not None and before[0] == moment:
        return before[1]
    made = _made(language, today)
    kept[language] = (moment, made)
    return made


def _made(language: str, today: date) -> HomePage:
    found = search.answer(NEWEST, language=language, today=today)
    newest = [hit.listing_id for hit in found.hits[: newcomers.SHOWN]]
    cards = listings.visible_cards(newest, today)
    return home.present(found, newcomers.present(found, cards, language), language)
