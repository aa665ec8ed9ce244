"""The providers that a visitor has kept, in the address alone, as a page and as a file."""

from __future__ import annotations

from flask import Response, render_template, url_for

from directory.config import clock
from directory.listings import queries as listings
from directory.web import keeping, languages
from directory.web.guards import allow
from directory.web.public.answers import file_of
from directory.web.public.kept import PARAMETER, kept
from directory.web.public.presenters import keep, shortlist


@allow("anyone")
@keeping.kept(own=PARAMETER)
def show() -> str:
    """The kept providers, at most fifty; whoever has the address has the list (A21)."""
    found = listings.visible_by_slugs(kept(), clock().today())
    return render_template(
        "public/shortlist.html",
        shortlist=shortlist.present(found, languages.current()),
        canonical=url_for("public.shortlist"),
        noindex=True,
    )


@allow("anyone")
@keeping.kept(own=PARAMETER)
def send() -> Response:
    """The same as a file."""
    found = listings.visible_by_slugs(kept(), clock().today())
    return file_of([one for one, _slugs in keep.once(found)], "shortlist.csv")
