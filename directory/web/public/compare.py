"""Providers side by side, as a page and as a file."""

from __future__ import annotations

from flask import Response, render_template, request, url_for

from directory.certification import queries as certification
from directory.config import clock
from directory.listings import queries as listings
from directory.web import keeping, languages
from directory.web.guards import allow
from directory.web.public.answers import file_of
from directory.web.public.kept import PARAMETER, kept
from directory.web.public.presenters import compare


@allow("anyone")
@keeping.kept(own=PARAMETER)
def show() -> str:
    """The first four of the providers in the address; what was left out is named."""
    language, today = languages.current(), clock().today()
    found = listings.visible_by_slugs(kept(), today)
    shown = compare.compared(found)
    held = certification.held_by_each([one.organisation_id for one in shown])
    only = request.args.get("only") == compare.DIFFERENCES
    page = compare.present(found, held, only_different=only, language=language, today=today)
    return render_template(
        "public/compare.html", compare=page, canonical=url_for("public.compare"), noindex=True
    )


@allow("anyone")
@keeping.kept(own=PARAMETER)
def send() -> Response:
    """The same as a file."""
    found = listings.visible_by_slugs(kept(), clock().today())
    return file_of(compare.compared(found), "compare.csv")
