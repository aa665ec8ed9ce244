"""The way in: the redirect to the visitor's language, and the home page."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from directory.config import clock
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.web import keeping, languages
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.presenters import home


@allow("anyone")
def front() -> Response:
    """`/` leads to the home page in the language that the visitor's browser prefers."""
    answer = redirect(url_for("public.home", lang=languages.preferred(request.accept_languages)))
    answer.vary.add("Accept-Language")
    return answer


@allow("anyone")
@kept()
def show() -> str:
    """The home page, its numbers counted by a search for everything."""
    language = languages.current()
    found = search.answer(SearchRequest(), language=language, today=clock().today())
    keeping.only_if(found.counted)
    return render_template(
        "public/home.html",
        home=home.present(found, language),
        canonical=url_for("public.home"),
        masthead_search=False,
    )
