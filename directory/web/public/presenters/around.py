"""Searches around a city: what lies within a radius of it, and where that shows more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from directory.geography import queries as geography
from directory.geography.queries import City
from directory.kernel.policy import POLICY
from directory.search import services as search
from directory.search.request import Near, SearchRequest
from directory.search.results import SearchPage
from directory.web.public.presenters.links import search_url

STEPS_KM = (25, 50, 100, 250)
FEW = 5


@dataclass(frozen=True)
class Circle:
    """A search within `radius` km of a city, and how many providers it finds."""

    city: str
    radius: int
    count: int
    url: str


def only_city(asked: SearchRequest) -> City | None:
    """The city that is the whole place of a search, without a radius."""
    if asked.near is not None or asked.country or asked.region or len(asked.city) != 1:
        return None
    return geography.city(int(asked.city[0]))


def wider(found: SearchPage, language: str, today: date) -> Circle | None:
    """The smallest circle that finds something, for a search in or near a city that does not."""
    circles = (_circle(one, found, language, today) for one in _requests(found.effective))
    return next((one for one in circles if one.count), None)


def more(found: SearchPage, language: str, today: date) -> Circle | None:
    """A circle of the usual radius, or the next wider one, for a search that finds only a few."""
    total = found.paging.total
    if not 0 < total < FEW:
        return None
    fitting = (one for one in _requests(found.effective) if one.radius >= POLICY.radius_default_km)
    request = next(fitting, None)
    circle = _circle(request, found, language, today) if request else None
    return circle if circle and circle.count > total else None


def _requests(asked: SearchRequest) -> Iterator[SearchRequest]:
    """The same search in wider and wider circles."""
    city = only_city(asked)
    near = near_of(city) if city else asked.near
    narrowest = asked.radius if asked.near else 0
    if near is not None:
        for km in STEPS_KM:
            if km > narrowest:
                yield replace(asked, city=() if city else asked.city, near=near, radius=km, page=1)


def _circle(request: SearchRequest, beside: SearchPage, language: str, today: date) -> Circle:
    asked = replace(request, explain=False)
    found = search.answer(asked, language=language, today=today, facets=(), hidden=beside.hidden)
    name = request.near.name(language) if request.near else ""
    return Circle(name, request.radius, found.paging.total, search_url(request))


def near_of(city: City) -> Near:
    """The city as the middle of a search."""
    return Near(str(city.id), city.en, city.de, city.lat, city.lon)
