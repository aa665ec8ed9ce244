"""Where providers are, as maps and as tables (A25)."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from directory.config import clock
from directory.geography import outlines
from directory.geography import queries as geography
from directory.web import languages
from directory.web.guards import allow
from directory.web.languages import gettext as _
from directory.web.public.kept import with_kept
from directory.web.public.presenters import linked, regions


@allow("anyone")
def show() -> str:
    """The countries on a map of Europe and one of the world."""
    shown, here = regions.of_world(languages.current(), clock().today()), url_for("public.regions")
    return render_template(
        "public/regions.html",
        regions=shown,
        heading=_("Providers by country"),
        canonical=here,
        linked=linked.page(shown.crumbs, _("Providers by country"), here),
    )


@allow("anyone")
def show_country(code: str) -> str | Response:
    """The regions of a country; 404 without a map of it, 301 from a code in small letters."""
    country, outline = geography.country(code.upper()), outlines.of_country(code)
    if country is None or outline is None:
        abort(404)
    here = url_for("public.country_regions", code=country.code)
    if code != country.code:
        return redirect(with_kept(here), 301)
    language = languages.current()
    shown = regions.of_country(country, outline, language, clock().today())
    heading = _("Providers by region: %(country)s", country=country.name(language))
    return render_template(
        "public/regions.html",
        regions=shown,
        heading=heading,
        canonical=here,
        noindex=not shown.rows,
        linked=linked.page(shown.crumbs, heading, here),
    )
