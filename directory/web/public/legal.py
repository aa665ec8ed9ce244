"""The pages that the law asks for (OPR-3)."""

from __future__ import annotations

from flask import render_template, request

from directory.config import settings
from directory.legal.pages import LegalPage, text_of
from directory.web import languages
from directory.web.guards import allow
from directory.web.public.presenters import legal


@allow("anyone")
def show(page: LegalPage) -> str:
    """Imprint, privacy, terms or accessibility, in the operator's words where there are any."""
    language = languages.current()
    found = text_of(settings().legal_dir, page, language, legal.names(settings()))
    return render_template(
        "public/legal.html",
        legal=legal.present(page, found),
        canonical=request.path,
        noindex=not found.own,
    )
