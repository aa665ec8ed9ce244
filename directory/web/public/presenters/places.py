"""The place in the form of filters: countries, their regions, their cities.

Values of a facet are alternatives, so ticking Bavaria beside a ticked Germany would change
nothing. What lies in a ticked place is therefore a link that narrows to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask_babel import gettext as _

from directory.geography import queries as geography
from directory.search.request import PLACE_FACETS, SearchRequest
from directory.search.results import SearchPage
from directory.web.public.presenters.links import search_url
from directory.web.public.presenters.values import Row, Section, cut, rows

# Three lists share the group, so each shows fewer at once.
SHOWN = 5


def sections(found: SearchPage, language: str) -> list[Section]:
    """Countries; regions there, or the most frequent; cities once a place is chosen.

    What is ticked comes first.
    Around a city only what is ticked is listed: more places would widen the search, not narrow it.
    """
    asked = found.effective
    listed = {name: _useful(rows(found, name, language)) for name in PLACE_FACETS}
    if asked.near is not None:
        listed = {name: [row for row in every if row.selected] for name, every in listed.items()}
    countries = cut("country", _("Countries"), listed["country"], SHOWN)
    inner = [cut("region", _("Regions"), _near_choice(listed["region"], "region", asked), SHOWN)]
    if asked.has_place:
        cities = _near_choice(listed["city"], "city", asked)
        inner.append(cut("city", _("Cities"), cities, SHOWN))
    made = [countries, *(_narrowing(section, asked) for section in inner)]
    shown = [section for section in made if section.size]
    return sorted(shown, key=lambda section: not any(row.selected for row in section.rows))


def _useful(listed: list[Row]) -> list[Row]:
    return [row for row in listed if row.count or row.selected]


def _near_choice(listed: list[Row], facet: str, asked: SearchRequest) -> list[Row]:
    """Only what lies in the countries of the chosen places; all of it when none is chosen."""
    homes = {*asked.country, *(_home("region", one) for one in asked.region)}
    homes |= {_home("city", one) for one in asked.city}
    return [row for row in listed if row.selected or not homes or _home(facet, row.value) in homes]


def _narrowing(section: Section, asked: SearchRequest) -> Section:
    """The section with rows inside a chosen place as links that put them in its place."""
    facet = section.facet
    seen = [_narrowed(row, facet, asked) for row in section.rows]
    return replace(section, rows=seen, more=[_narrowed(row, facet, asked) for row in section.more])


def _narrowed(row: Row, facet: str, asked: SearchRequest) -> Row:
    outer = [pair for pair in _around(facet, row.value) if pair[1] in getattr(asked, pair[0])]
    if not outer or row.selected:
        return row
    inner = asked.with_added(facet, row.value)
    for name, value in outer:
        inner = inner.without(name, value)
    return replace(row, url=search_url(inner))


def _around(facet: str, value: str) -> Iterator[tuple[str, str]]:
    """The regions and the country that the region or city lies in."""
    region = value if facet == "region" else _region_of(value)
    upward = geography.lineage(region) if region else ()
    yield from (("region", code) for code in upward if code != value)
    yield "country", _home(facet, value)


def _region_of(city_id: str) -> str | None:
    city = geography.city(int(city_id))
    return city.region if city else None


def _home(facet: str, value: str) -> str:
    """The country's code of a region or city."""
    place = geography.region(value) if facet == "region" else geography.city(int(value))
    return place.country if place else ""
