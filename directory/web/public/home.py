"""The way in: the redirect to the visitor's language, and the home page."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from flask import current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from directory.config import clock
from directory.search import services as search
from directory.search.request import SearchRequest, Sort
from directory.web import keeping, known, languages
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.kept import PARAMETER, with_kept
from directory.web.public.kept import kept as kept_slugs
from directory.web.public.presenters import home, linked, newcomers
from directory.web.public.presenters.home import HomePage
from directory.web.public.presenters.links import search_url

NEWEST = SearchRequest(sort=Sort.NEWEST)
EXTENSION = "directory_home"


@allow("anyone")
def front() -> Response:
    """`/` leads to the home page in the language that the visitor's browser prefers."""
    language = languages.preferred(request.accept_languages)
    answer = redirect(with_kept(url_for("public.home", lang=language)))
    answer.vary.add("Accept-Language")
    return answer


@allow("anyone")
@kept(own=PARAMETER)
def show() -> str:
    """The home page: what there is, and the listings that became public last."""
    shown = _shown(languages.current(), clock().today())
    keeping.only_if(shown.moment is not None)
    return render_template(
        "public/home.html",
        home=shown.page,
        below=shown.below,
        canonical=url_for("public.home"),
        linked=linked.home(languages.current()),
        masthead_search=False,
    )


@dataclass(frozen=True)
class Shown:
    """The page's content, and all below the search as HTML, for one state of the directory."""

    moment: Hashable | None
    page: HomePage
    below: Markup


def _shown(language: str, today: date) -> Shown:
    """What the page shows, made once for each state of the directory and each day.

    It is made anew for those who have kept providers: their links are theirs alone.
    """
    known: dict[str, Shown] = (
        {} if kept_slugs() else current_app.extensions.setdefault(EXTENSION, {})
    )
    moment = search.moment(today)
    shown = known.get(language)
    if shown is None or moment is None or shown.moment != moment:
        page = _made(language, today)
        html = render_template("public/home_below.html", home=page, newest_url=search_url(NEWEST))
        shown = known[language] = Shown(moment, page, Markup(html))  # noqa: S704  (our own template)
    return shown


def _made(language: str, today: date) -> HomePage:
    found = search.answer(NEWEST, language=language, today=today, facets=home.COUNTED)
    newest = [hit.listing_id for hit in found.hits[: newcomers.SHOWN]]
    cards = known.visible_cards(newest, today)
    return home.present(found, newcomers.present(found, cards, language), language)
