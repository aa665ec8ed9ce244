"""The place in the form of filters: countries, their regions, their cities.

Values of a facet are alternatives, so ticking Bavaria beside a ticked Germany would change
nothing. What lies in a ticked place is therefore a link that narrows to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, lru_cache

from directory.geography import queries as geography
from directory.search.facets import VALUES_MOST
from directory.search.request import PLACE_FACETS, SearchRequest
from directory.search.results import SearchPage
from directory.web.languages import gettext as _
from directory.web.public.presenters.links import Pattern
from directory.web.public.presenters.values import SHOWN_AT_ALL, Row, Section, cut, linked, rows

# Three lists share the group, so each shows fewer at once.
SHOWN = 5
HOMES_KEPT = 32_768


def sections(found: SearchPage, language: str, whole: str = "") -> list[Section]:
    """Countries; regions there, or the most frequent; cities once a place is chosen.

    What is ticked comes first. Around a city only what is ticked is listed: more places would
    widen the search, not narrow it. whole: the facet of which all values are to be seen.
    """
    asked = found.effective
    facets: tuple[str, ...] = PLACE_FACETS if asked.has_place else PLACE_FACETS[:2]
    if asked.near is not None:
        facets = tuple(facet for facet in facets if getattr(asked, facet))
    made = [_section(found, facet, language, whole) for facet in facets]
    shown = [section for section in made if section.size]
    return sorted(shown, key=lambda section: not any(row.selected for row in section.rows))


def _section(found: SearchPage, facet: str, language: str, whole: str) -> Section:
    """The values of one facet that lie in the countries of the chosen places, if there are any."""
    asked = found.effective
    most = VALUES_MOST if whole == facet else SHOWN_AT_ALL
    every = rows(found, facet, language, most, _eligible(facet, asked))
    listed = [row for row in every if row.count or row.selected]
    # Of hundreds of places those that are asked for are what is looked for.
    listed.sort(key=lambda row: not row.selected)
    titles = {"country": _("Countries"), "region": _("Regions"), "city": _("Cities")}
    section = linked(cut(facet, titles[facet], listed, SHOWN, most), found, whole)
    return section if facet == "country" else _narrowing(section, asked)


def _eligible(facet: str, asked: SearchRequest) -> frozenset[str] | None:
    """Which values may be listed beside the chosen ones; None: any."""
    if asked.near is not None:
        return frozenset()
    homes = _homes(asked) if facet != "country" else set()
    within = [_inside(facet).get(one, frozenset()) for one in homes]
    # Of one country the very same set each time, of which the engine knows where its values are.
    return within[0] if len(within) == 1 else frozenset().union(*within) if within else None


@cache
def _inside(facet: str) -> dict[str, frozenset[str]]:
    """The regions or cities of each country; of the data, which stays while the program runs."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    places = geography.regions().values() if facet == "region" else geography.cities()
    for place in places:
        found[place.country].add(geography.place_key(place))
    return {country: frozenset(keys) for country, keys in found.items()}


def _homes(asked: SearchRequest) -> set[str]:
    """The countries of the chosen places."""
    homes = {*asked.country, *(_home("region", one) for one in asked.region)}
    return homes | {_home("city", one) for one in asked.city}


def _narrowing(section: Section, asked: SearchRequest) -> Section:
    """The section with rows inside a chosen place as links that put them in its place."""
    patterns: dict[tuple[tuple[str, str], ...], Pattern] = {}

    def narrowed(row: Row) -> Row:
        around = _around(section.facet, row.value)
        outer = tuple(one for one in around if one[1] in getattr(asked, one[0]))
        if not outer or row.selected:
            return row
        if outer not in patterns:
            patterns[outer] = _instead_of(outer, section.facet, asked)
        return Row(row.value, row.label, row.count, url=patterns[outer].url(row.value))

    seen = [narrowed(row) for row in section.rows]
    return replace(section, rows=seen, more=[narrowed(row) for row in section.more])


def _instead_of(outer: Iterable[tuple[str, str]], facet: str, asked: SearchRequest) -> Pattern:
    """Searches with a value of the facet in place of those that it lies in."""
    for name, value in outer:
        asked = asked.without(name, value)
    return Pattern(asked, facet)


def _around(facet: str, value: str) -> Iterator[tuple[str, str]]:
    """The regions and the country that the region or city lies in."""
    region = value if facet == "region" else _region_of(value)
    upward = geography.lineage(region) if region else ()
    yield from (("region", code) for code in upward if code != value)
    yield "country", _home(facet, value)


def _region_of(city_id: str) -> str | None:
    city = geography.city(int(city_id))
    return city.region if city else None


@lru_cache(maxsize=HOMES_KEPT)
def _home(facet: str, value: str) -> str:
    """The country's code of a region or city."""
    place = geography.region(value) if facet == "region" else geography.city(int(value))
    return place.country if place else ""
