"""One result in the list."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from directory.geography import queries as geography
from directory.geography.rules import distance_km
from directory.kernel.policy import Tier
from directory.listings.cards import AnyListing, AnyOffice
from directory.search.labels import language_names
from directory.search.request import Near, SearchRequest
from directory.search.results import IN_DESCRIPTION, Hit, Via
from directory.taxonomy import queries as taxonomy
from directory.web.filters import breakable, marked
from directory.web.languages import gettext as _
from directory.web.languages import ngettext
from directory.web.public.addresses import file_path, listing_path
from directory.web.public.kept import with_kept
from directory.web.public.presenters import texts
from directory.web.public.presenters.matches import Matches, Snippet
from directory.web.public.presenters.texts import Shown
from directory.web.public.presenters.why import Why

SERVICES_SHOWN = 3


@dataclass(frozen=True)
class Entry:
    """What a result shows.

    distance_share: per cent of the radius asked for; budget: whole EUR; fits: whether it is within
    the budget asked for (A06); found_in: where the words of the search are.
    """

    slug: str
    name: str
    shown_name: Markup
    url: str
    logo: str | None
    tier: Tier | None
    tagline: Shown | None
    shown_tagline: Markup
    place: str
    place_note: str
    distance_km: float | None
    distance_share: float | None
    budget: int | None
    fits: bool
    languages: list[str]
    services: list[Markup]
    more_services: int
    found_in: str
    snippet: Snippet | None
    why: Why | None


def present(
    hit: Hit,
    card: AnyListing,
    asked: SearchRequest,
    matches: Matches,
    language: str,
    why: Why | None = None,
) -> Entry:
    """The entry of a hit; `asked` is the search as it was understood."""
    services = _services(card, asked, matches)
    office = _office(hit, card, asked.near)
    tagline = texts.tagline(card, language)
    return Entry(
        slug=card.slug,
        name=card.name,
        shown_name=matches.name(card),
        url=with_kept(listing_path(card.slug)),
        logo=logo_url(card, large=False),
        tier=card.organisation.tier,
        tagline=tagline,
        shown_tagline=_marked(tagline, matches, language),
        place=_place(office, card, language, with_country=not asked.has_place),
        place_note=_note(hit, card, asked),
        distance_km=hit.distance_km,
        distance_share=_share(hit, asked),
        budget=card.budget_min,
        fits=card.budget_min is not None and card.budget_min <= (asked.budget or -1),
        languages=[language_names(language).get(code, code) for code in card.languages],
        services=services[:SERVICES_SHOWN],
        more_services=max(0, len(services) - SERVICES_SHOWN),
        found_in=matches.found_in(card),
        snippet=matches.snippet(card) if (hit.text or 0) >= IN_DESCRIPTION else None,
        why=why,
    )


def _marked(tagline: Shown | None, matches: Matches, language: str) -> Markup:
    return matches.tagline(tagline.text, tagline.language or language) if tagline else Markup()


def logo_url(listing: AnyListing, *, large: bool) -> str | None:
    """The address of the listing's logo, 512 or 112 pixels wide at most."""
    return logo_address(listing.logo, large=large)


def logo_address(logo: str | None, *, large: bool) -> str | None:
    """The address of a stored logo, 512 or 112 pixels wide at most."""
    if logo is None:
        return None
    return file_path(logo if large else logo.replace(".webp", "-112.webp"))


def office_name(office: AnyOffice, language: str) -> str:
    """The city of an office, or the smallest known place around it."""
    city = geography.city(office.city_id) if office.city_id else None
    if city is not None:
        return city.name(language)
    if office.city_name:
        return office.city_name
    region = geography.region(office.region) if office.region else None
    return region.name(language) if region else country_name(office.country, language)


def office_place(office: AnyOffice, language: str) -> str:
    """The city of an office with its country."""
    name, country = office_name(office, language), country_name(office.country, language)
    return name if name == country else f"{name}, {country}"


def country_name(code: str, language: str) -> str:
    """The name of a country; its code if it is not known."""
    country = geography.country(code)
    return country.name(language) if country else code


def _office(hit: Hit, listing: AnyListing, near: Near | None) -> AnyOffice | None:
    """The office that the distance is measured from, else the one that matched or the first."""
    nearest = nearest_office(listing, near) if near else None
    at = hit.office or 0
    return (nearest and nearest[1]) or (listing.offices[at] if at < len(listing.offices) else None)


def nearest_office(listing: AnyListing, near: Near) -> tuple[float, AnyOffice] | None:
    """The office nearest to the place, of those whose city is known, and how many km away."""
    known = [
        (distance_km(near.lat, near.lon, city.lat, city.lon), office.position, office)
        for office in listing.offices
        if office.city_id and (city := geography.city(office.city_id))
    ]
    km, _position, office = min(known, default=(0.0, 0, None))
    return (km, office) if office else None


def _place(
    office: AnyOffice | None, listing: AnyListing, language: str, *, with_country: bool
) -> str:
    if office is None:
        served = [geography.place(code) for code in listing.serves]
        return ", ".join(place.name(language) for place in served if place)
    return office_place(office, language) if with_country else office_name(office, language)


def _note(hit: Hit, listing: AnyListing, asked: SearchRequest) -> str:
    """Whether an office is at the place or it is only served from there (A14), and other offices.

    Around a city the distance says it.
    """
    if hit.via is Via.SERVES:
        return str(_("serves the place from here"))
    here = str(_("office here")) if asked.has_place and not asked.near else ""
    others = len(listing.offices) - 1
    if others < 1:
        return here
    more = ngettext("and %(count)s more place", "and %(count)s more places", others, count=others)
    return f"{here} {more}".lstrip()


def _share(hit: Hit, asked: SearchRequest) -> float | None:
    # Who only serves the place may be on another continent: no reading on a scale of the radius.
    if hit.distance_km is None or asked.near is None or hit.via is Via.SERVES:
        return None
    return min(100.0, round(100 * hit.distance_km / asked.radius, 1))


def _services(card: AnyListing, asked: SearchRequest, matches: Matches) -> list[Markup]:
    """The listing's services, marked and first those that the search is about.

    A whole area asked for brings its services to the front and marks none.
    """
    wanted = {service for slug in asked.service for service in taxonomy.services_of(slug)}
    known = [term for slug in card.services if (term := taxonomy.services().get(slug))]
    meant = {term.slug for term in known if term.slug in asked.service or matches.has(term)}
    known.sort(key=lambda term: (term.slug not in meant, term.slug not in wanted))
    names = [(term.slug, term.name(matches.language)) for term in known]
    return [
        marked(name, [(0, len(name))]) if slug in meant else breakable(name) for slug, name in names
    ]
