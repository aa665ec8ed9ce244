"""What a certification or accreditation says, and how many hold it (B03)."""

from __future__ import annotations

from flask import abort, render_template, url_for

from directory.config import clock
from directory.taxonomy import queries as taxonomy
from directory.web import languages
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.kept import PARAMETER
from directory.web.public.presenters import credential, linked


@allow("anyone")
@kept(own=PARAMETER)
def show(slug: str) -> str:
    """One credential of the taxonomy; not for search engines while nobody has it."""
    term = taxonomy.credentials().get(slug)
    if term is None:
        abort(404)
    shown = credential.present(term, languages.current(), clock().today())
    here = url_for("public.credential", slug=slug)
    return render_template(
        "public/credential.html",
        credential=shown,
        canonical=here,
        noindex=not (shown.listings or shown.named),
        linked=linked.page(shown.crumbs, shown.name, here),
    )
