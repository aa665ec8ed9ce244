"""How results are ordered, what a listing needs, and what money does and does not do."""

from __future__ import annotations

from flask import render_template, url_for

from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.languages import gettext as _
from directory.web.public.kept import PARAMETER
from directory.web.public.presenters import linked, trust


@allow("anyone")
@kept(own=PARAMETER)
def show() -> str:
    """The rule of the order with its version, made from the code's own table (A16)."""
    shown, here = trust.present(), url_for("public.trust")
    return render_template(
        "public/trust.html",
        trust=shown,
        canonical=here,
        linked=linked.page(shown.crumbs, _("How this directory works"), here),
    )
