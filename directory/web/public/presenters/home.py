"""The home page: what there is, by service and by place."""

from __future__ import annotations

from dataclasses import dataclass

from directory.geography import queries as geography
from directory.kernel.policy import POLICY
from directory.search.facets import VALUES_MOST
from directory.search.request import SearchRequest
from directory.search.results import FacetValue, SearchPage
from directory.taxonomy import queries as taxonomy
from directory.web.public.presenters.filters import RADII
from directory.web.public.presenters.landing_links import landing_link
from directory.web.public.presenters.links import Link, search_url
from directory.web.public.presenters.newcomers import Newcomer

# The facets that the page counts.
COUNTED = ("service", "country", "region", "city")
SERVICES_AN_AREA = 5
PLACES = 6
# Cities that a field knows without script.
CITIES = 60
EXAMPLES = 3
# Where the number stands on the outlines of `images/lands.svg`.
LANDS = {"DE": (110, 130), "AT": (180, 232), "CH": (70, 248)}


@dataclass(frozen=True)
class AreaIndex:
    """An area with its most frequent services."""

    label: str
    url: str
    count: int
    services: list[Link]


@dataclass(frozen=True)
class Land:
    """A country on the map; x, y: where its number stands; most: whether it has the most."""

    code: str
    label: str
    url: str
    count: int
    x: int
    y: int
    most: bool


@dataclass(frozen=True)
class HomePage:
    """All that the page shows; radii in kilometres.

    offered, known_places: names that the search's fields complete where there is no script (A27).
    """

    total: int
    country_count: int
    service_count: int
    examples: list[Link]
    areas: list[AreaIndex]
    regions: list[Link]
    countries: list[Link]
    lands: list[Land]
    newest: list[Newcomer]
    offered: list[str]
    known_places: list[str]
    radii: tuple[int, ...] = RADII
    radius: int = POLICY.radius_default_km


def present(found: SearchPage, newest: list[Newcomer], language: str) -> HomePage:
    """The page from a search for everything, and the listings that became public last."""
    countries, regions = _frequent(found, "country"), _frequent(found, "region", PLACES)
    services, cities = _frequent(found, "service"), _frequent(found, "city", CITIES)
    return HomePage(
        total=found.paging.total,
        country_count=len(countries),
        service_count=sum(one.value in taxonomy.services() for one in services),
        examples=_examples(services, countries, regions),
        areas=_areas(services, language),
        regions=[_link("region", value) for value in regions],
        countries=[_link("country", value) for value in countries[:PLACES]],
        lands=_lands(countries, language),
        newest=newest,
        offered=[one.label for one in services],
        known_places=_labels(*countries, *regions, *cities),
    )


def _labels(*values: FacetValue) -> list[str]:
    return list(dict.fromkeys(one.label for one in values))


def _frequent(found: SearchPage, facet: str, most: int = VALUES_MOST) -> list[FacetValue]:
    """The facet's values that have providers, the most frequent first."""
    return [one for one in found.facets.commonest(facet, most) if one.count]


def _link(facet: str, value: FacetValue) -> Link:
    if facet == "service":
        return Link(value.label, landing_link(value.value), value.count)
    request = SearchRequest().with_added(facet, value.value)
    return Link(value.label, search_url(request), value.count)


def _areas(services: list[FacetValue], language: str) -> list[AreaIndex]:
    """Areas with providers in the taxonomy's order, each with its most frequent services."""
    known = {one.value: one for one in services}
    inside = {slug: term.area for slug, term in taxonomy.services().items()}
    made = []
    for slug, term in taxonomy.areas().items():
        if slug in known:
            links = [_link("service", one) for one in services if inside.get(one.value) == slug]
            area = _link("service", known[slug])
            shown = links[:SERVICES_AN_AREA]
            made.append(AreaIndex(term.name(language), area.url, known[slug].count, shown))
    return made


def _examples(
    services: list[FacetValue], countries: list[FacetValue], regions: list[FacetValue]
) -> list[Link]:
    """Searches in words that are sure to be understood, since they name what there is."""
    named = [one for one in services if one.value in taxonomy.services()]
    places = [one for pair in zip(regions, countries, strict=False) for one in pair]
    words = [f"{a.label} {b.label}" for a, b in zip(named, places, strict=False)]
    return [Link(text, search_url(SearchRequest(q=text))) for text in words[:EXAMPLES]]


def _lands(countries: list[FacetValue], language: str) -> list[Land]:
    counts = {one.value: one.count for one in countries}
    most = max((counts.get(code, 0) for code in LANDS), default=0)
    if not most:
        return []
    made = []
    for code, (x, y) in LANDS.items():
        country = geography.country(code)
        if country is not None:
            url = search_url(SearchRequest(country=(code,)))
            count = counts.get(code, 0)
            name = country.name(language)
            made.append(Land(code.lower(), name, url, count, x, y, most=count == most))
    return made
