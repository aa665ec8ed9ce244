"""The listings that became public last, as the home page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.kernel.policy import Tier
from directory.listings.cards import Card
from directory.search.results import SearchPage
from directory.taxonomy import queries as taxonomy
from directory.web.public.presenters import texts
from directory.web.public.presenters.entry import logo_url, office_name
from directory.web.public.presenters.texts import Shown

SHOWN = 6
SERVICES_SHOWN = 2


@dataclass(frozen=True)
class Newcomer:
    """A listing in short; since: the first day on which it was public."""

    slug: str
    name: str
    logo: str | None
    tier: Tier | None
    place: str
    tagline: Shown | None
    services: list[str]
    since: date | None


def present(found: SearchPage, cards: Mapping[int, Card], language: str) -> list[Newcomer]:
    """The first hits of a search by `newest`."""
    shown = [cards[hit.listing_id] for hit in found.hits[:SHOWN] if hit.listing_id in cards]
    return [_newcomer(listing, language) for listing in shown]


def _newcomer(listing: Card, language: str) -> Newcomer:
    known = [taxonomy.services()[slug] for slug in listing.services if slug in taxonomy.services()]
    return Newcomer(
        slug=listing.slug,
        name=listing.name,
        logo=logo_url(listing, large=False),
        tier=listing.organisation.tier,
        place=office_name(listing.offices[0], language) if listing.offices else "",
        tagline=texts.tagline(listing, language),
        services=[term.name(language) for term in known[:SERVICES_SHOWN]],
        since=listing.first_public,
    )
