"""The page of one provider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from directory.accounts.rules import next_tier_check
from directory.certification.models import Certification
from directory.geography import queries as geography
from directory.kernel.policy import Package, Tier
from directory.listings.models import Listing, Office
from directory.search.request import SearchRequest
from directory.taxonomy import queries as taxonomy
from directory.web.public.presenters import (
    card,
    credentials,
    gallery,
    linked,
    office_map,
    similar,
    texts,
)
from directory.web.public.presenters.card import Picture
from directory.web.public.presenters.credentials import Credential, Term
from directory.web.public.presenters.entry import country_name, logo_url, office_name
from directory.web.public.presenters.gallery import PictureShown
from directory.web.public.presenters.links import Link, home_link, search_url
from directory.web.public.presenters.office_map import OfficeMap
from directory.web.public.presenters.similar import Similar
from directory.web.public.presenters.texts import Shown

SUMMARY_LENGTH = 155


@dataclass(frozen=True)
class AreaOffered:
    """The services that a provider offers in one area."""

    label: str
    services: list[Link]


@dataclass(frozen=True)
class OfficeShown:
    """An office; lines: its address as it is written, but for what the title says already."""

    title: str
    lines: list[str]
    head: bool


@dataclass(frozen=True)
class ListingPage:
    """All that the page shows. budget: whole EUR; claims: what the provider says of itself."""

    slug: str
    name: str
    summary: str
    logo: str | None
    logo_srcset: str
    crumbs: list[Link]
    tier: Tier | None
    tier_since: date | None
    tier_check: date | None
    package: Package | None
    package_since: date | None
    tagline: Shown | None
    description: Shown | None
    website: str | None
    term: Term | None
    certified: bool
    budget: int | None
    languages: list[str]
    team_size: int | None
    founded: int | None
    industries: list[Link]
    accepting: bool | None
    services: list[AreaOffered]
    offices: list[OfficeShown]
    map: OfficeMap | None
    serves: list[Link]
    credentials: list[Credential]
    claims: list[Link]
    pictures: list[PictureShown]
    similar: Similar | None
    linked: dict[str, Any]
    picture: Picture


def present(
    listing: Listing, held: Sequence[Certification], language: str, today: date
) -> ListingPage:
    """The page of a public listing with the certifications its members hold on `today`."""
    organisation = listing.organisation
    valid = credentials.in_force(held, today)
    proved = credentials.grouped(valid, language, today)
    term = credentials.gate_term(valid, today)
    summary, crumbs = _summary(listing, language), _crumbs(listing, language)
    return ListingPage(
        slug=listing.slug,
        name=listing.name,
        summary=summary,
        logo=logo_url(listing, large=True),
        logo_srcset=gallery.logo_srcset(listing.logo),
        crumbs=crumbs,
        tier=organisation.tier,
        tier_since=organisation.tier_since,
        tier_check=next_tier_check(today) if organisation.tier else None,
        package=organisation.package,
        package_since=organisation.package_since,
        tagline=texts.tagline(listing, language),
        description=_description(listing, language),
        website=listing.website,
        term=term,
        certified=bool(valid),
        budget=listing.budget_min,
        languages=listing.languages,
        team_size=listing.team_size,
        founded=listing.founded,
        industries=_industries(listing, language),
        accepting=listing.accepting,
        services=_services(listing, language),
        offices=[_office(office, language) for office in listing.offices],
        map=office_map.present(listing, language),
        serves=_served(listing, language),
        credentials=proved,
        claims=credentials.claimed(listing, valid, language),
        pictures=gallery.present(listing, language),
        similar=similar.present(listing, language, today),
        picture=card.picture_of(
            listing, card.of_listing(listing, term.expires if term else None, language)
        ),
        linked=linked.listing(listing, summary, proved, crumbs, language),
    )


def _summary(listing: Listing, language: str) -> str:
    """One line for search engines: the tagline, cut at a word."""
    shown = texts.tagline(listing, language) or texts.description(listing, language)
    text = " ".join((shown.text if shown else listing.name).split())
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + " …"


def _description(listing: Listing, language: str) -> Shown | None:
    """The description, unless it says no more than the tagline above it."""
    shown, tagline = texts.description(listing, language), texts.tagline(listing, language)
    same = shown and tagline and shown.text.split() == tagline.text.split()
    return None if same else shown


def _crumbs(listing: Listing, language: str) -> list[Link]:
    """The directory, the head office's region or country, the first service's area."""
    steps = [home_link()]
    if listing.offices:
        head = listing.offices[0]
        region = geography.region(head.region) if head.region else None
        if region is not None:
            request = SearchRequest(region=(region.code,))
            steps.append(Link(region.name(language), search_url(request)))
        else:
            request = SearchRequest(country=(head.country,))
            steps.append(Link(country_name(head.country, language), search_url(request)))
    first = taxonomy.services().get(next(iter(listing.services), ""))
    if first is not None:
        area = taxonomy.areas()[first.area]
        steps.append(Link(area.name(language), search_url(SearchRequest(service=(area.slug,)))))
    return steps


def _services(listing: Listing, language: str) -> list[AreaOffered]:
    """Services grouped by area, both in the provider's order."""
    grouped: defaultdict[str, list[Link]] = defaultdict(list)
    for slug in listing.services:
        term = taxonomy.services().get(slug)
        if term is not None:
            link = Link(term.name(language), search_url(SearchRequest(service=(slug,))))
            grouped[term.area].append(link)
    areas = taxonomy.areas()
    return [AreaOffered(areas[area].name(language), links) for area, links in grouped.items()]


def _office(office: Office, language: str) -> OfficeShown:
    name, country = office_name(office, language), country_name(office.country, language)
    town = " ".join(filter(None, (office.postal_code, name if name != country else "")))
    region = geography.region(office.region) if office.region else None
    around = region.name(language) if region and region.name(language) != name else ""
    lines = (office.street, town, "" if office.street else around, country)
    shown = [line for line in lines if line and line != name]
    return OfficeShown(name, shown, head=office.position == 0)


def _served(listing: Listing, language: str) -> list[Link]:
    places = (geography.place(code) for code in listing.serves)
    return [_place_link(place, language) for place in places if place is not None]


def _place_link(place: geography.Place, language: str) -> Link:
    facet = type(place).__name__.lower()
    request = SearchRequest().with_added(facet, geography.place_key(place))
    return Link(place.name(language), search_url(request))


def _industries(listing: Listing, language: str) -> list[Link]:
    terms = taxonomy.industries()
    return [
        Link(terms[slug].name(language), search_url(SearchRequest(industry=(slug,))))
        for slug in listing.industries
        if slug in terms
    ]
