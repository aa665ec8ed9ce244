"""What a query is narrowed to: by words, in places, by facets; kept while it is asked for."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from pyroaring import BitMap

from directory.search.engines import Query
from directory.search.engines.compiling import OFFICES
from directory.search.engines.kept import Kept
from directory.search.engines.lexicon import Lexicon
from directory.search.engines.map import Map
from directory.search.engines.matching import Match, Matcher
from directory.search.engines.plane import Plane
from directory.search.engines.receipts import Places
from directory.search.request import PLACE_FACETS, SearchRequest

PLACE = "place"
# Bitmaps of at most a bit for each listing.
PLACES_KEPT, VALUES_KEPT = 64, 128
# Bytes that what queries were narrowed to may take, and what one takes beside its listings.
KEPT_MOST, BYTES_KEPT = 4_000_000, 1_000
SEVERAL = ("service", "tier", "industry", "language", "credential", "package")
VALUED = (*SEVERAL, "accepting")
NARROWING = attrgetter(*VALUED, *PLACE_FACETS, "budget", "rating")


class Narrowed(NamedTuple):
    """What a query is narrowed to: by words, in places, by facets, by all; kept for its next pages.

    texted: by words alone, all that may be seen without any.
    """

    match: Match | None
    places: Places | None
    texted: BitMap
    filters: Mapping[str, BitMap]
    result: BitMap

    @property
    def size(self) -> int:
        """Bytes of the result at most; what it was made of is shared."""
        return BYTES_KEPT + 2 * len(self.result)


class Narrower:
    """Narrows queries in one generation."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.matcher = Matcher(Lexicon(plane))
        self.map = Map(plane)
        self.kept: Kept[Hashable, Narrowed] = Kept(KEPT_MOST)
        self.seen = lru_cache(maxsize=VALUES_KEPT)(self._seen)
        self.named = lru_cache(maxsize=PLACES_KEPT)(self._named)

    def narrowed(self, query: Query) -> Narrowed:
        """What a query narrows everything to."""
        if query.request.q or query.hidden or query.request.near:
            return self._narrowed(query)
        asked = NARROWING(query.request), query.day.toordinal()
        return self.kept.get(asked, lambda: self._narrowed(query))

    def by_filters(self, query: Query) -> BitMap:
        """The listings that a query's filters leave, whatever its words."""
        filters = self._filters(query, self._places(query.request))
        return every(self.allowed(query), *filters.values())

    def _narrowed(self, query: Query) -> Narrowed:
        allowed = self.allowed(query)
        match = self._match(query, allowed) if query.words else None
        texted = match.listings if match else allowed
        places = self._places(query.request)
        filters = self._filters(query, places)
        # What any value of a day's narrows to may be seen on it.
        is_seen = not (match or query.hidden or filters.keys().isdisjoint(VALUED))
        result = every(*filters.values()) if is_seen else every(texted, *filters.values())
        return Narrowed(match, places, texted, filters, result)

    def allowed(self, query: Query) -> BitMap:
        """DIR-2: what the public may find on the query's day."""
        valid: BitMap = self.plane.valid_on(query.day.toordinal())
        return valid - self.plane.numbers_of(query.hidden) if query.hidden else valid

    def _match(self, query: Query, allowed: BitMap) -> Match:
        if query.hidden:
            return self.matcher.match(query.words, allowed)
        return self.matcher.known(query.words, query.day.toordinal())

    def _filters(self, query: Query, places: Places | None) -> dict[str, BitMap]:
        """A bitmap for each facet that the request narrows."""
        plane, request, filters = self.plane, query.request, {}
        for facet in SEVERAL:
            values = getattr(request, facet)
            if values:
                day = query.day.toordinal()
                filters[facet] = _any([self.seen(facet, value, day) for value in values])
        if places:
            filters[PLACE] = places.either
        if request.accepting:
            filters["accepting"] = self.seen("accepting", "1", query.day.toordinal())
        if request.budget is not None:
            filters["budget"] = plane.within_budget(request.budget)
        if request.rating is not None:
            filters["rating"] = plane.rated(request.rating)
        return filters

    def _places(self, request: SearchRequest) -> Places | None:
        """DIR-4: who is in the places asked for, and who serves them."""
        if not request.has_place:
            return None
        keys = (*request.country, *request.region, *request.city)
        if not request.near:
            return self.named(keys)
        named, near = self.named(keys), request.near
        offices = named.offices | self.map.around(near, request.radius)
        served = named.served | self.plane.serving(near.key)
        return Places(named.keys | {near.key}, offices, served, offices | served)

    def _named(self, keys: tuple[str, ...]) -> Places:
        """Places by their keys."""
        offices = _any([self.plane.of(OFFICES, key) for key in keys])
        served = _any([self.plane.serving(key) for key in keys])
        return Places(frozenset(keys), offices, served, offices | served)

    def _seen(self, group: str, value: str, day: int) -> BitMap:
        """Who of a value may be seen on a day."""
        return self.plane.of(group, value) & self.plane.valid_on(day)


def every(*bitmaps: BitMap) -> BitMap:
    """What all have; the least first, so that the others are only looked into."""
    if len(bitmaps) == 1:
        return bitmaps[0]
    first, second, *others = sorted(bitmaps, key=len)
    found = first & second
    for one in others:
        found &= one
    return found


def _any(bitmaps: Sequence[BitMap]) -> BitMap:
    return bitmaps[0] if len(bitmaps) == 1 else BitMap().union(*bitmaps)
