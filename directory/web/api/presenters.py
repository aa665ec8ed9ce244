"""Listings and search pages as the interface's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for

from directory.certification.models import Certification
from directory.config import settings
from directory.geography import queries as geography
from directory.listings.cards import AnyListing, AnyOffice, Card
from directory.listings.models import Listing
from directory.search.results import Hit, SearchPage, Via

# Until there are reviews: under three of them neither figure is told.
NO_RATING = {"average": None, "lower": None, "count": 0}


def page(found: SearchPage, cards: Mapping[int, Card], language: str) -> dict[str, Any]:
    """A page of results with facets, as the contract has it."""
    return {
        "total": found.paging.total,
        "page": found.paging.page,
        "pages": found.paging.pages,
        "sentence": found.sentence,
        "understood": [
            {"facet": one.facet, "value": one.value, "label": one.label, "words": one.words}
            for one in found.understood
        ],
        "unmatched": list(found.unmatched),
        "cut": list(found.cut),
        "results": [
            _result(cards[hit.listing_id], hit, found, language)
            for hit in found.hits
            if hit.listing_id in cards
        ],
        "facets": {
            name: [
                {"value": one.value, "label": one.label, "count": one.count} for one in facet.values
            ]
            for name, facet in found.facets.items()
        },
    }


def whole(
    listing: Listing, held: Sequence[Certification], language: str, today: date
) -> dict[str, Any]:
    """One listing with all that its page shows; texts by language, certifications valid today."""
    organisation = listing.organisation
    return card(listing, language) | {
        "description": _text(listing, "description", language),
        "texts": {
            text.language: {"tagline": text.tagline, "description": text.description}
            for text in listing.texts
        },
        "website": listing.website,
        "founded": listing.founded,
        "team_size": listing.team_size,
        "accepting": listing.accepting,
        "credentials": listing.credentials,
        "logo": _address("files.send", name=listing.logo) if listing.logo else None,
        "pictures": [
            {
                "url": _address("files.send", name=one.file),
                "width": one.width,
                "height": one.height,
                "captions": one.captions,
            }
            for one in listing.pictures
        ],
        "tier_since": _day(organisation.tier_since if organisation.tier else None),
        "package_since": _day(organisation.package_since if organisation.package else None),
        "certifications": [
            {"kind": one.kind, "issued": _day(one.issued), "expires": _day(one.expires)}
            for one in held
            if today in one.period
        ],
        "offices": [
            _office(office, language)
            | {
                "postal_code": office.postal_code,
                "street": office.street,
                "head": office.position == 0,
            }
            for office in listing.offices
        ],
    }


def card(listing: AnyListing, language: str) -> dict[str, Any]:
    """What a listing says of itself in a result."""
    organisation = listing.organisation
    return {
        "slug": listing.slug,
        "external_id": organisation.key,
        "name": listing.name,
        "tagline": _text(listing, "tagline", language),
        "url": _address("public.listing", lang=language, slug=listing.slug),
        "tier": organisation.tier,
        "package": organisation.package,
        "rating": NO_RATING,
        "services": listing.services,
        "industries": listing.industries,
        "languages": listing.languages,
        "locations": [_office(office, language) for office in listing.offices]
        + [_served(code) for code in listing.serves],
        "budget_min": listing.budget_min,
    }


def _result(listing: Card, hit: Hit, found: SearchPage, language: str) -> dict[str, Any]:
    km = hit.distance_km
    result = card(listing, language) | {"distance_km": None if km is None else round(km, 1)}
    if found.request.explain:
        result["explain"] = [
            {"part": one.part, "value": one.value, "label": one.label} for one in hit.explain
        ]
    return result


def _office(office: AnyOffice, language: str) -> dict[str, Any]:
    city = geography.city(office.city_id) if office.city_id is not None else None
    return {
        "country": office.country,
        "region": office.region,
        "city": office.city_id,
        "city_name": city.name(language) if city else office.city_name,
        "lat": city.lat if city else None,
        "lon": city.lon if city else None,
        "via": Via.OFFICE,
    }


def _served(code: str) -> dict[str, Any]:
    region = geography.region(code)
    return {
        "country": region.country if region else code,
        "region": region.code if region else None,
        "city": None,
        "city_name": None,
        "lat": None,
        "lon": None,
        "via": Via.SERVES,
    }


def _text(listing: AnyListing, name: str, language: str) -> str:
    """Tagline or description in the language, else one not said, else English, else any."""
    written: dict[str, str] = {text.language: getattr(text, name) for text in listing.texts}
    order = [language, "", "en", "de", *written]
    return next((written[one] for one in order if written.get(one)), "")


def _address(endpoint: str, **values: Any) -> str:
    return settings().base_url + url_for(endpoint, **values)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
