"""Maps of where providers are, each with its table (A25)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from flask import url_for

from directory.geography import outlines
from directory.geography import queries as geography
from directory.geography.outlines import Outline, Spot
from directory.geography.projections import WIDTH
from directory.geography.queries import Country, Region
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.web.languages import gettext as _
from directory.web.public.kept import with_kept
from directory.web.public.presenters.links import Link, home_link, search_url

LEVELS = 4
# From how much room on, in units of a drawing, a number or a name's dot stands in an area.
ROOM_FOR_NUMBER = 10.0
ROOM_ON_PHONES = 21.0
ROOM_TO_POINT_AT = 3.5


@dataclass(frozen=True)
class Area:
    """An area with providers; level: 1 to 4, the more the fuller; dot: too small to point at."""

    symbol: str
    label: str
    url: str
    count: int
    level: int
    spot: Spot
    numbered: bool
    roomy: bool
    dot: bool


@dataclass(frozen=True)
class Level:
    """The numbers of providers that one shade means."""

    level: int
    least: int
    most: int


@dataclass(frozen=True)
class RegionMap:
    """A drawing: the land, and over it as links the areas with providers."""

    name: str
    label: str
    width: float
    height: float
    areas: list[Area]
    levels: list[Level]


@dataclass(frozen=True)
class Row:
    """A line of the table; inner: where the map of its regions is, if there is one."""

    label: str
    url: str
    count: int
    inner: str | None


@dataclass(frozen=True)
class RegionsPage:
    """All that a page of maps shows; undrawn: what the table has and no map shows."""

    maps: list[RegionMap]
    rows: list[Row]
    undrawn: list[str]
    crumbs: list[Link]
    total: int


def of_world(language: str, today: date) -> RegionsPage:
    """Europe and the world with their countries."""
    total, counts = _counted("country", language, today)
    made = outlines.outlines()
    maps = [
        _map(made[outlines.EUROPE], _("Map of Europe"), "country", counts, language),
        _without_dots(
            _map(made[outlines.WORLD], _("Map of the world"), "country", counts, language),
            {code.lower() for code in made[outlines.EUROPE].spots},
        ),
    ]
    places = [place for code in counts if (place := geography.country(code))]
    crumbs = [home_link()]
    return RegionsPage(maps, _rows(places, counts, language), _undrawn(places, maps, language),
                       crumbs, total)  # fmt: skip


def of_country(country: Country, outline: Outline, language: str, today: date) -> RegionsPage:
    """The regions of a country that has a map."""
    total, counts = _counted("region", language, today)
    name = country.name(language)
    label = _("Map of the regions: %(country)s", country=name)
    maps = [_map(outline, label, "region", counts, language)]
    inside = (geography.region(code) for code in counts)
    places = [one for one in inside if one and one.country == country.code and _is_outer(one)]
    crumbs = [
        home_link(),
        Link(_("Regions"), with_kept(url_for("public.regions"))),
    ]
    return RegionsPage(maps, _rows(places, counts, language), _undrawn(places, maps, language),
                       crumbs, total)  # fmt: skip


def _is_outer(region: Region) -> bool:
    """Whether no other region lies around it."""
    return region.parent is None or geography.region(region.parent) is None


def _counted(facet: str, language: str, today: date) -> tuple[int, dict[str, int]]:
    """How many providers there are, and by place those with an office there or that serve it."""
    found = search.answer(SearchRequest(), language=language, today=today)
    values = found.facets[facet].values if facet in found.facets else ()
    return found.paging.total, {one.value: one.count for one in values if one.count}


def _map(
    outline: Outline, label: str, facet: str, counts: dict[str, int], language: str
) -> RegionMap:
    shown = {code: counts[code] for code in outline.spots if code in counts}
    bounds = _bounds(list(shown.values()))
    areas = [_area(code, count, outline.spots[code], facet, bounds, language)
             for code, count in shown.items()]  # fmt: skip
    return RegionMap(
        name=outline.name,
        label=label,
        width=WIDTH,
        height=outline.drawing.height,
        areas=areas,
        levels=[Level(at, least, most) for at, (least, most) in enumerate(pairwise(bounds), 1)],
    )


def _without_dots(drawing: RegionMap, symbols: set[str]) -> RegionMap:
    """The map without dots on areas that another map shows larger."""
    areas = [replace(one, dot=one.dot and one.symbol not in symbols) for one in drawing.areas]
    return replace(drawing, areas=areas)


def _bounds(counts: list[int]) -> list[int]:
    """Where the shades begin, in equal steps of the logarithm; the last one is where they end."""
    if not counts:
        return []
    least, end = min(counts), max(counts) + 1
    steps = {round(least * (end / least) ** (at / LEVELS)) for at in range(1, LEVELS)}
    return sorted({least, end, *steps})


def _area(code: str, count: int, spot: Spot, facet: str, bounds: list[int], language: str) -> Area:
    place = geography.place(code)
    return Area(
        symbol=code.lower(),
        label=place.name(language) if place else code,
        url=search_url(SearchRequest().with_added(facet, code)),
        count=count,
        level=sum(bound <= count for bound in bounds),
        spot=spot,
        numbered=spot.room >= ROOM_FOR_NUMBER,
        roomy=spot.room >= ROOM_ON_PHONES,
        dot=spot.room < ROOM_TO_POINT_AT,
    )


def _rows(places: list[Country] | list[Region], counts: dict[str, int], language: str) -> list[Row]:
    rows = [_row(place, counts[place.code], language) for place in places]
    return sorted(rows, key=lambda row: (-row.count, row.label))


def _row(place: Country | Region, count: int, language: str) -> Row:
    facet = "country" if isinstance(place, Country) else "region"
    has_map = facet == "country" and outlines.of_country(place.code) is not None
    inner = with_kept(url_for("public.country_regions", code=place.code)) if has_map else None
    return Row(place.name(language), search_url(SearchRequest().with_added(facet, place.code)),
               count, inner)  # fmt: skip


def _undrawn(
    places: list[Country] | list[Region], maps: list[RegionMap], language: str
) -> list[str]:
    drawn = {area.symbol for each in maps for area in each.areas}
    return [place.name(language) for place in places if place.code.lower() not in drawn]
