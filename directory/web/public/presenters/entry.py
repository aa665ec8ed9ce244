"""One result in the list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from directory.geography import queries as geography
from directory.geography.rules import distance_km
from directory.kernel.policy import Tier
from directory.listings.models import Listing, Office
from directory.search.request import Near, SearchRequest
from directory.search.results import Hit, Via
from directory.taxonomy import queries as taxonomy
from directory.web.public.presenters import texts
from directory.web.public.presenters.texts import Shown

SERVICES_SHOWN = 3


@dataclass(frozen=True)
class Service:
    """A service's name; `matched` when the search asked for it."""

    label: str
    matched: bool


@dataclass(frozen=True)
class Entry:
    """What a result shows.

    distance_share: per cent of the radius asked for; budget: whole EUR; words: folded, to be
    marked; why: sentences.
    """

    slug: str
    name: str
    logo: str | None
    tier: Tier | None
    tagline: Shown | None
    place: str
    place_note: str
    distance_km: float | None
    distance_share: float | None
    budget: int | None
    languages: list[str]
    services: list[Service]
    more_services: int
    words: Collection[str]
    why: list[str]


def present(
    hit: Hit, listing: Listing, asked: SearchRequest, words: Collection[str], language: str
) -> Entry:
    """The entry of a hit; `asked` is the search as it was understood."""
    services = _services(listing, asked, language)
    office = _office(hit, listing, asked.near)
    return Entry(
        slug=listing.slug,
        name=listing.name,
        logo=logo_url(listing, large=False),
        tier=listing.organisation.tier,
        tagline=texts.tagline(listing, language),
        place=_place(office, listing, language, with_country=not asked.has_place),
        place_note=_note(hit, listing),
        distance_km=hit.distance_km,
        distance_share=_share(hit, asked),
        budget=listing.budget_min,
        languages=listing.languages,
        services=services[:SERVICES_SHOWN],
        more_services=max(0, len(services) - SERVICES_SHOWN),
        words=words,
        why=[part.label for part in hit.explain],
    )


def logo_url(listing: Listing, *, large: bool) -> str | None:
    """The address of the listing's logo, 512 or 112 pixels wide at most."""
    return logo_address(listing.logo, large=large)


def logo_address(logo: str | None, *, large: bool) -> str | None:
    """The address of a stored logo, 512 or 112 pixels wide at most."""
    if logo is None:
        return None
    return url_for("files.send", name=logo if large else logo.replace(".webp", "-112.webp"))


def office_name(office: Office, language: str) -> str:
    """The city of an office, or the smallest known place around it."""
    city = geography.city(office.city_id) if office.city_id else None
    if city is not None:
        return city.name(language)
    if office.city_name:
        return office.city_name
    region = geography.region(office.region) if office.region else None
    return region.name(language) if region else country_name(office.country, language)


def office_place(office: Office, language: str) -> str:
    """The city of an office with its country."""
    name, country = office_name(office, language), country_name(office.country, language)
    return name if name == country else f"{name}, {country}"


def country_name(code: str, language: str) -> str:
    """The name of a country; its code if it is not known."""
    country = geography.country(code)
    return country.name(language) if country else code


def _office(hit: Hit, listing: Listing, near: Near | None) -> Office | None:
    """The office that the distance is measured from, else the one that matched or the first."""
    nearest = _nearest(listing, near) if near else None
    at = hit.office or 0
    return nearest or (listing.offices[at] if at < len(listing.offices) else None)


def _nearest(listing: Listing, near: Near) -> Office | None:
    """The office nearest to the place, of those whose city is known."""
    known = [
        (distance_km(near.lat, near.lon, city.lat, city.lon), office.position, office)
        for office in listing.offices
        if office.city_id and (city := geography.city(office.city_id))
    ]
    return min(known)[-1] if known else None


def _place(office: Office | None, listing: Listing, language: str, *, with_country: bool) -> str:
    if office is None:
        served = [geography.place(code) for code in listing.serves]
        return ", ".join(place.name(language) for place in served if place)
    return office_place(office, language) if with_country else office_name(office, language)


def _note(hit: Hit, listing: Listing) -> str:
    """Whether the place is only served from there (A14), else how many offices more there are."""
    if hit.via is Via.SERVES:
        return str(_("serves the place from here"))
    others = len(listing.offices) - 1
    if others < 1:
        return ""
    return str(
        ngettext("and %(count)s more place", "and %(count)s more places", others, count=others)
    )


def _share(hit: Hit, asked: SearchRequest) -> float | None:
    # Who only serves the place may be on another continent: no reading on a scale of the radius.
    if hit.distance_km is None or asked.near is None or hit.via is Via.SERVES:
        return None
    return min(100.0, round(100 * hit.distance_km / asked.radius, 1))


def _services(listing: Listing, asked: SearchRequest, language: str) -> list[Service]:
    """The listing's services, those asked for first; a whole area asked for marks none."""
    wanted = {service for slug in asked.service for service in taxonomy.services_of(slug)}
    known = [term for slug in listing.services if (term := taxonomy.services().get(slug))]
    known.sort(key=lambda term: term.slug not in wanted)
    return [Service(term.name(language), term.slug in asked.service) for term in known]
