"""Which services public listings offer in which countries, and since when that is unchanged."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, null, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from directory.database import db
from directory.listings.models import Listing, ListingTag, Office, TagKind
from directory.listings.queries import visible
from directory.taxonomy import queries as taxonomy

COUNTRY_LENGTH = 2

Latest = dict[tuple[str, str | None], date]
Row = tuple[str, str | None, datetime, date | None]
Offered = Select[str, str | None, datetime, date | None]
Place = ColumnElement[Any] | InstrumentedAttribute[str]


@dataclass(frozen=True)
class LandingPage:
    """A service or area with a public provider, everywhere or in one country.

    service: slug; country: ISO 3166-1 alpha-2; changed: the day on which one of its listings
    changed or became public last.
    """

    service: str
    country: str | None
    changed: date


def landing_areas(today: date) -> list[tuple[str, date]]:
    """The areas that have landing pages, in their order, and the last change there; one query."""
    services = list(taxonomy.services())
    latest: Latest = {}
    _take(latest, db.session.execute(_offered(None, services, today)))
    return [(area, latest[area, None]) for area in taxonomy.areas() if (area, None) in latest]


def landing_pages(area: str, today: date) -> list[LandingPage]:
    """The landing pages of an area and its services on `today` (DIR-2, DIR-4).

    In the order of the taxonomy, then of the countries' codes. A listing is in the countries of
    its offices and in those that it serves, in whole or in part. Three queries.
    """
    services = taxonomy.services_of(area)
    latest = _latest(services, today)
    places = {slug: at for at, slug in enumerate((area, *services))}
    ordered = sorted(latest, key=lambda pair: (places[pair[0]], pair[1] or ""))
    return [LandingPage(service, country, latest[service, country]) for service, country in ordered]


def _latest(services: Collection[str], today: date) -> Latest:
    """The last change by service or area and country; None is the whole world."""
    serves = aliased(ListingTag)
    within = func.substr(serves.value, 1, COUNTRY_LENGTH)
    is_served = and_(serves.listing_id == Listing.id, serves.kind == TagKind.SERVES)
    queries = (
        _offered(None, services, today),
        _offered(Office.country, services, today).join(Office, Office.listing_id == Listing.id),
        _offered(within, services, today).join(serves, is_served),
    )
    latest: Latest = {}
    for query in queries:
        _take(latest, db.session.execute(query))
    return latest


def _offered(country: Place | None, services: Collection[str], today: date) -> Offered:
    """The last change of public listings by service and, if there is one, country."""
    is_service = and_(
        ListingTag.listing_id == Listing.id,
        ListingTag.kind == TagKind.SERVICE,
        ListingTag.value.in_(services),
    )
    place = null() if country is None else country.label("country")
    parts = [ListingTag.value] if country is None else [ListingTag.value, place]
    last = (func.max(Listing.changed_at), func.max(Listing.first_public))
    query = select(ListingTag.value, place, *last).select_from(Listing)
    return query.join(ListingTag, is_service).where(visible(today)).group_by(*parts)


def _take(latest: Latest, rows: Iterable[Row]) -> None:
    services = taxonomy.services()
    for service, country, changed, first_public in rows:
        day = max(changed.date(), first_public or date.min)
        for slug in (service, services[service].area):
            latest[slug, country] = max(day, latest.get((slug, country), date.min))
