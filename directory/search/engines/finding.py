"""Answers a query from a plane: filters, counts, order, page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

import numpy as np
from pyroaring import BitMap

from directory.geography.rules import distance_km
from directory.search.documents import Spot
from directory.search.engines import Found, FoundListing, Query
from directory.search.engines.matching import Match, Matcher
from directory.search.engines.plane import Plane
from directory.search.places import KM_PER_DEGREE
from directory.search.ranking import Standing, in_order, order_of, relevance
from directory.search.request import PLACE_FACETS, Near, SearchRequest, Sort
from directory.search.results import Via

PLACE = "place"
SEVERAL = ("service", "tier", "industry", "language", "credential", "package")
NEARLY_POLE = 89.0
COUNTED = (*SEVERAL, *PLACE_FACETS, "accepting")


class Finder:
    """Finds in one generation."""

    def __init__(self, plane: Plane, matcher: Matcher) -> None:
        self.plane = plane
        self.matcher = matcher
        self.map = Map(plane)

    def find(self, query: Query) -> Found:
        """See `Engine.find`."""
        allowed = self.allowed(query)
        words = query.words
        match = self.matcher.match(words, allowed) if words else None
        texted = match.listings if match else allowed
        places = self._places(query.request)
        filters = self._filters(query.request, places)
        result = _every(texted, filters.values())
        chosen = _Chosen(query, match, places, result)
        return Found(
            total=len(result),
            listings=tuple(self._page(chosen)),
            counts=self._counts(query.request, texted, filters),
            words=tuple(word.word for word in words),
        )

    def allowed(self, query: Query) -> BitMap:
        """DIR-2: what the public may find on the query's day."""
        hidden = BitMap(self.plane.numbers[one] for one in query.hidden & self.plane.numbers.keys())
        valid: BitMap = self.plane.valid_on(query.day.toordinal())
        return valid - hidden

    def _filters(self, request: SearchRequest, places: Places | None) -> dict[str, BitMap]:
        """A bitmap for each facet that the request narrows."""
        plane, filters = self.plane, {}
        for facet in SEVERAL:
            values = getattr(request, facet)
            if values:
                filters[facet] = _any(plane.values[facet].get(value) for value in values)
        if places:
            filters[PLACE] = places.offices | places.served
        if request.accepting:
            filters["accepting"] = plane.values["accepting"].get("1", BitMap())
        if request.budget is not None:
            filters["budget"] = plane.within_budget(request.budget)
        if request.rating is not None:
            filters["rating"] = plane.rated(request.rating)
        return filters

    def _places(self, request: SearchRequest) -> Places | None:
        """DIR-4: who is in the places asked for, and who serves them."""
        if not request.has_place:
            return None
        keys = [key for facet in PLACE_FACETS for key in getattr(request, facet)]
        offices = _any(self.plane.offices.get(key) for key in keys)
        if request.near:
            offices |= self.map.around(request.near, request.radius)
            keys.append(request.near.key)
        served = _any(self.plane.serving.reaching(key) for key in keys)
        return Places(frozenset(keys), offices, served)

    def _counts(
        self, request: SearchRequest, texted: BitMap, filters: dict[str, BitMap]
    ) -> dict[str, dict[str, int]]:
        """Exact counts by facet and value; a facet's own values are left out of its own counts."""
        counts: dict[str, dict[str, int]] = {}
        for facet in COUNTED:
            own = PLACE if facet in PLACE_FACETS else facet
            base = _every(texted, (one for name, one in filters.items() if name != own))
            known = self.plane.values[facet]
            found = {value: base.intersection_cardinality(one) for value, one in known.items()}
            counts[facet] = dict.fromkeys(request.values(facet), 0)
            counts[facet] |= {value: count for value, count in found.items() if count}
        return counts

    def _page(self, chosen: _Chosen) -> list[FoundListing]:
        query = chosen.query
        end = query.offset + query.size
        if query.offset >= len(chosen.result):
            return []
        if query.request.sort is Sort.BEST and not chosen.match and not query.request.near:
            standings = self._by_rank(chosen, query.offset, end)
        else:
            steps = order_of(query.request.sort, near=query.request.near is not None)
            every = [self._standing(number, chosen) for number in chosen.result]
            standings = in_order(every, steps)[query.offset : end]
        return [self._found(standing, chosen) for standing in standings]

    def _by_rank(self, chosen: _Chosen, start: int, end: int) -> list[Standing]:
        """A page in the order of numbers, those with an office in the places first."""
        here = chosen.result & chosen.places.offices if chosen.places else chosen.result
        numbers = list(here[start:end])
        rest = chosen.result - here
        numbers += list(rest[max(0, start - len(here)) : max(0, end - len(here))])
        return [self._standing(number, chosen) for number in numbers]

    def _standing(self, number: int, chosen: _Chosen) -> Standing:
        """What decides the listing's place in this search."""
        near, match, places = chosen.query.request.near, chosen.match, chosen.places
        plain = self.plane.standings[number]
        if match is None and places is None:
            return plain
        offices = self.plane.listings[number].offices
        return Standing(
            id=plain.id,
            name=plain.name,
            text=match.step(number) if match else 0,
            km=_nearest(offices, near)[0] if near else None,
            serves=places is not None and number not in places.offices,
            bound=plain.bound,
            reviews=plain.reviews,
            tier=plain.tier,
            relevance=self._relevance(number, match) if match else 0,
            first_public=plain.first_public,
        )

    def _relevance(self, number: int, match: Match) -> int:
        length = self.plane.listings[number].length / (self.plane.mean_length or 1)
        return relevance(match.found(number), length=length, total=len(self.plane.listings))

    def _found(self, standing: Standing, chosen: _Chosen) -> FoundListing:
        if not chosen.places:
            return FoundListing(standing)
        if standing.serves:
            return FoundListing(standing, Via.SERVES)
        offices = self.plane.listings[self.plane.numbers[standing.id]].offices
        return FoundListing(standing, Via.OFFICE, _office(offices, chosen))


@dataclass(frozen=True)
class Places:
    """The places that a request names: keys of all, who has an office there, who serves one."""

    keys: frozenset[str]
    offices: BitMap
    served: BitMap


@dataclass(frozen=True)
class _Chosen:
    """A query with what it matched."""

    query: Query
    match: Match | None
    places: Places | None
    result: BitMap


class Map:
    """The offices of a plane by their coordinates."""

    def __init__(self, plane: Plane) -> None:
        spots = [
            (spot.lat, spot.lon, number)
            for number, one in enumerate(plane.listings)
            for spot in one.offices
            if spot.lat is not None
        ]
        self.lat = np.array([lat for lat, _, _ in spots], dtype=np.float64)
        self.lon = np.array([lon for _, lon, _ in spots], dtype=np.float64)
        self.numbers = [number for _, _, number in spots]

    def around(self, near: Near, radius: int) -> BitMap:
        """Listings with an office at most `radius` km away: first the box, then the distance."""
        reach = radius / KM_PER_DEGREE
        # Towards the poles degrees of longitude shrink; the highest latitude of the box counts.
        highest = abs(near.lat) + reach
        sideways = reach / cos(radians(highest)) if highest < NEARLY_POLE else 360.0
        apart = np.abs(self.lon - near.lon)
        box = np.abs(self.lat - near.lat) <= reach
        box &= np.minimum(apart, 360 - apart) <= sideways
        return BitMap(
            self.numbers[at]
            for at in np.flatnonzero(box)
            if distance_km(near.lat, near.lon, self.lat[at], self.lon[at]) <= radius
        )


def _nearest(offices: tuple[Spot, ...], near: Near) -> tuple[float | None, int | None]:
    """Kilometres to the nearest office, and its index; None where no coordinates are known."""
    known = [
        (distance_km(near.lat, near.lon, spot.lat, spot.lon), at)
        for at, spot in enumerate(offices)
        if spot.lat is not None and spot.lon is not None
    ]
    return min(known, default=(None, None))


def _office(offices: tuple[Spot, ...], chosen: _Chosen) -> int | None:
    """The index of the office that matched: the nearest one within the radius, or the first."""
    request = chosen.query.request
    if request.near:
        km, at = _nearest(offices, request.near)
        if km is not None and km <= request.radius:
            return at
    keys = chosen.places.keys if chosen.places else frozenset()
    for at, spot in enumerate(offices):
        if keys & {spot.country, *spot.regions, spot.city}:
            return at
    return None


def _any(bitmaps: Iterable[BitMap | None]) -> BitMap:
    found = BitMap()
    for one in bitmaps:
        found |= one or BitMap()
    return found


def _every(start: BitMap, bitmaps: Iterable[BitMap]) -> BitMap:
    found = start
    for one in bitmaps:
        found = found & one
    return found
