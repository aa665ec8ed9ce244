"""One provider's page."""

from __future__ import annotations

from datetime import date

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from directory.certification import queries as certification
from directory.certification.rules import Period
from directory.config import clock
from directory.kernel.policy import POLICY
from directory.listings import queries as listings
from directory.listings.models import Listing, ListingState
from directory.listings.rules import Hidden, hidden_because
from directory.web import languages
from directory.web.guards import allow
from directory.web.keeping import kept
from directory.web.public.kept import PARAMETER, with_kept
from directory.web.public.presenters import listing, similar


@allow("anyone")
@kept(own=PARAMETER)
def show(slug: str) -> str | Response | tuple[str, int]:
    """A public listing; 301 from a former slug, 410 with the reason if it was public, else 404."""
    language, today = languages.current(), clock().today()
    found = listings.visible_by_slug(slug, today)
    if found is None:
        return _elsewhere(slug)
    held = certification.held_by(found.organisation_id)
    shown = listing.present(found, held, language, today)
    return render_template(
        "public/listing.html",
        listing=shown,
        linked=shown.linked,
        picture=shown.picture,
        canonical=url_for("public.listing", slug=found.slug),
    )


def _elsewhere(slug: str) -> Response | tuple[str, int]:
    """Where a listing is that is not here, or why it can't be seen (DIR-2)."""
    owner = listings.former_slug_owner(slug)
    if owner is not None and owner.first_public is not None:
        return redirect(with_kept(url_for("public.listing", slug=owner.slug)), 301)
    hidden = listings.by_slug(slug)
    if hidden is None or hidden.first_public is None:
        abort(404)
    others = similar.present(hidden, languages.current(), clock().today())
    shown = {"code": 410, "reason": _why_hidden(hidden), "similar": others}
    return render_template("errors/410.html", **shown), 410


def _why_hidden(hidden: Listing) -> Hidden:
    held = certification.held_by(hidden.organisation_id)
    gating = [one for one in held if one.kind == POLICY.gate_kind]
    periods = [Period.of(issued=o.issued, expires=o.expires, revoked=o.revoked) for o in gating]
    last = max(gating, key=lambda one: one.expires or date.max, default=None)
    return hidden_because(
        published=hidden.state is ListingState.PUBLISHED,
        gate=[period for period in periods if period],
        revoked=last is not None and last.revoked is not None,
    )
