"""Other providers of the same service nearby, found and ordered as results are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from flask import url_for

from directory.geography import queries as geography
from directory.kernel.policy import Tier
from directory.listings import cards
from directory.listings.cards import Brief
from directory.listings.models import Listing
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.web.public.kept import kept_url, with_kept
from directory.web.public.presenters.around import near_of
from directory.web.public.presenters.entry import logo_address, office_place
from directory.web.public.presenters.links import search_url

SHOWN = 4
COMPARED = 4
RADII_KM = (100, 500)


@dataclass(frozen=True)
class Other:
    """One of them; place: its head office."""

    slug: str
    name: str
    url: str
    logo: str | None
    tier: Tier | None
    place: str


@dataclass(frozen=True)
class Similar:
    """Up to four of them; all_url: the search they come from."""

    others: list[Other]
    all_url: str
    compare_url: str


def present(listing: Listing, language: str, today: date) -> Similar | None:
    """The others that are most like a listing; None if there is none.

    Those that are public are asked for in one query, so that twice as many are looked for.
    """
    requests = list(_requests(listing))
    found: dict[int, None] = {}
    for request in requests:
        if len(found) < SHOWN:
            found |= dict.fromkeys(
                search.others(request, listing.id, today=today, limit=2 * SHOWN), None
            )
    known = cards.visible_briefly(found, today) if found else {}
    shown = [known[one] for one in islice((one for one in found if one in known), SHOWN)]
    if not shown:
        return None
    others = [_other(one, language) for one in shown]
    together = [listing.slug, *(one.slug for one in others)][:COMPARED]
    return Similar(others, search_url(requests[0]), kept_url("compare", first=together))


def _requests(listing: Listing) -> Iterator[SearchRequest]:
    """The search for its first service near its head office, then a wider one."""
    first = tuple(listing.services[:1])
    head = listing.offices[0] if listing.offices else None
    city = geography.city(head.city_id) if head and head.city_id else None
    if city is not None:
        near = near_of(city)
        yield from (SearchRequest(service=first, near=near, radius=km) for km in RADII_KM)
    elif head is not None:
        yield SearchRequest(service=first, country=(head.country,))
    else:
        yield SearchRequest(service=first)


def _other(brief: Brief, language: str) -> Other:
    return Other(
        slug=brief.slug,
        name=brief.name,
        url=with_kept(url_for("public.listing", slug=brief.slug)),
        logo=logo_address(brief.logo, large=False),
        tier=brief.tier,
        place=office_place(brief.office, language) if brief.office else "",
    )
