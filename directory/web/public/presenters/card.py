"""What the picture of a page shows on other sites, and where it is (J07)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from flask import url_for

from directory.config import settings
from directory.kernel.policy import Package
from directory.listings.models import Listing
from directory.taxonomy import queries as taxonomy
from directory.web.filters import day, initials
from directory.web.languages import gettext as _
from directory.web.languages import ngettext
from directory.web.public import pictures
from directory.web.public.pictures import Card
from directory.web.public.presenters.entry import office_place

SERVICES_SHOWN = 4
VERSION_DIGITS = 8


@dataclass(frozen=True)
class Picture:
    """A picture for other sites: its address, what it says, its size in pixels."""

    url: str
    alt: str
    width: int = pictures.WIDTH
    height: int = pictures.HEIGHT


def of_site() -> Card:
    """The picture of every page that has none of its own."""
    site = settings()
    return Card(
        site=site.site_name,
        name=_("Who can do it for you?"),
        place=_("Agencies and consultants by service and place"),
        services=_("Every listing needs a valid certification."),
    )


def of_listing(listing: Listing, certified_until: date | None, language: str) -> Card:
    """The picture of a public listing."""
    organisation = listing.organisation
    terms = [term for slug in listing.services if (term := taxonomy.services().get(slug))]
    until = certified_until
    return Card(
        site=settings().site_name,
        name=listing.name,
        aside=_("Certified until %(date)s", date=day(until)) if until else "",
        initials="" if listing.logo else initials(listing.name),
        tier=organisation.tier,
        standing=_standing(listing),
        place=_place(listing, language),
        services=" · ".join(_whole(term.name(language)) for term in terms[:SERVICES_SHOWN]),
    )


def key(card: Card, logo: str | None) -> str:
    """Names the picture by all that it shows."""
    return hashlib.sha256(repr((pictures.DESIGN, card, logo)).encode()).hexdigest()[:40]


def picture_of(listing: Listing, card: Card) -> Picture:
    """Where the picture of a listing is; another content has another address."""
    version = key(card, listing.logo)[:VERSION_DIGITS]
    said = ", ".join(part for part in (card.name, card.standing, card.place) if part)
    url = url_for("public.listing_card", slug=listing.slug, v=version)
    services = card.services.replace("\u00a0", " ")
    return Picture(url, f"{said}: {services}" if services else said)


def general() -> Picture:
    """Where the picture of the site is."""
    card = of_site()
    version = key(card, None)[:VERSION_DIGITS]
    return Picture(url_for("public.site_card", v=version), f"{card.site}: {card.place}")


def _whole(name: str) -> str:
    """The name with spaces at which no line ends."""
    return name.replace(" ", "\u00a0")


def _standing(listing: Listing) -> str:
    organisation = listing.organisation
    if organisation.tier is not None:
        return str(_("%(tier)s Solutions Partner", tier=organisation.tier.label))
    if organisation.package is None:
        return ""
    partner = organisation.package is Package.PARTNER
    return str(_("Solutions Partner") if partner else _("Solutions Provider"))


def _place(listing: Listing, language: str) -> str:
    if not listing.offices:
        return ""
    place = office_place(listing.offices[0], language)
    others = len(listing.offices) - 1
    more = ngettext("and %(count)s more place", "and %(count)s more places", others, count=others)
    return f"{place} {more}" if others else place
