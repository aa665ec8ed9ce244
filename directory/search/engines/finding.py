"""Answers a query from a plane: filters, counts, order, page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from directory.kernel.policy import POLICY
from directory.kernel.text import fold_name
from directory.search.analysis import wanted
from directory.search.engines import Found, FoundListing, Profile, Query
from directory.search.engines.arrays import Array
from directory.search.engines.compiling import OFFICES
from directory.search.engines.counting import Counted, Counter, Tally
from directory.search.engines.lexicon import Lexicon
from directory.search.engines.map import Map
from directory.search.engines.matching import Match, Matcher
from directory.search.engines.ordering import Order, Part
from directory.search.engines.page import Page
from directory.search.engines.plane import Plane
from directory.search.engines.postings import as_array
from directory.search.engines.profiling import profile_of
from directory.search.engines.receipts import Places, listings_of
from directory.search.request import PLACE_FACETS, SearchRequest, Sort

PLACE = "place"
PREFIXES_KEPT = 4096
# Bitmaps of at most a bit for each listing.
PLACES_KEPT, VALUES_KEPT = 64, 128
SEVERAL = ("service", "tier", "industry", "language", "credential", "package")
VALUED = (*SEVERAL, "accepting")


class Finder:
    """Finds in one generation."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.matcher = Matcher(Lexicon(plane))
        self.map = Map(plane)
        self.order = Order(plane)
        self.counter = Counter(plane)
        self.suggested = lru_cache(maxsize=PREFIXES_KEPT)(self._suggested)
        self.seen = lru_cache(maxsize=VALUES_KEPT)(self._seen)
        self.named = lru_cache(maxsize=PLACES_KEPT)(self._named)

    def find(self, query: Query) -> Found:
        """See `Engine.find`."""
        allowed = self.allowed(query)
        words = query.words
        match = self._match(query, allowed) if words else None
        texted = match.listings if match else allowed
        places = self._places(query.request)
        filters = self._filters(query, places)
        # What any value of a day's narrows to may be seen on it.
        is_seen = not (match or query.hidden or filters.keys().isdisjoint(VALUED))
        result = _every(*filters.values()) if is_seen else _every(texted, *filters.values())
        chosen = Chosen(query, match, places, result)
        numbers = self._page(chosen)
        ids = self.plane.columns["id"].item
        return Found(
            total=len(result),
            listings=Page([*map(ids, numbers)], lambda: self._receipts(numbers, chosen)),
            counts=self._counts(query, texted, filters, result),
            words=tuple(word.word for word in words),
        )

    def profile(self, query: Query) -> Profile:
        """See `Engine.profile`."""
        filters = self._filters(query, self._places(query.request))
        return profile_of(self.plane, _every(self.allowed(query), *filters.values()))

    def has_word(self, word: str, query: Query) -> bool:
        """See `Engine.has_word`."""
        return self.matcher.has(wanted(word), self.allowed(query))

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        """See `Engine.suggest`."""
        if query.hidden:
            return self._begun(prefix, self.allowed(query), limit)
        return list(self.suggested(prefix, query.day.toordinal(), limit))

    def _suggested(self, prefix: str, day: int, limit: int) -> list[int]:
        return self._begun(prefix, self.plane.valid_on(day), limit)

    def _begun(self, prefix: str, allowed: BitMap, limit: int) -> list[int]:
        numbers = self.order.first(self.plane.begins(fold_name(prefix)) & allowed, 0, limit)
        ids = self.plane.columns["id"]
        return [ids.item(number) for number in numbers]

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

    def _counts(
        self, query: Query, texted: BitMap, filters: Mapping[str, BitMap], result: BitMap
    ) -> Counted:
        """Exact counts by facet and value; a facet's own values are left out of its own counts."""
        day = query.day.toordinal()

        def without(left_out: str) -> BitMap:
            return _every(texted, *(one for name, one in filters.items() if name != left_out))

        whole = Tally(self.counter, day, lambda: result)
        others = {name: Tally(self.counter, day, partial(without, name)) for name in filters}
        return Counted(
            {
                facet: (others[_own(facet)], _asked(query.request, facet))
                if _own(facet) in filters
                else (whole, ())
                for facet in query.facets
            }
        )

    def _page(self, chosen: Chosen) -> list[int]:
        """The numbers of the page's listings."""
        query, result = chosen.query, chosen.result
        start, end = query.offset, query.offset + query.size
        if start >= len(result):
            return []
        request, first = query.request, self.order.first
        if request.sort is not Sort.BEST or chosen.match or request.near:
            return self.order.page(as_array(result), request.sort, self._parts(chosen), start, end)
        if not chosen.places:
            return first(result, start, end)
        if not chosen.places.served:
            return first(result, start, end)
        here = result & chosen.places.offices
        numbers = first(here, start, end)
        if len(numbers) < end - start:
            rest = (max(0, at - len(here)) for at in (start, end))
            numbers += first(result - here, *rest)
        return numbers

    def _receipts(self, numbers: list[int], chosen: Chosen) -> list[FoundListing]:
        query, match, places = chosen.query, chosen.match, chosen.places
        return listings_of(self.plane, self.map, numbers, query, match, places)

    def _parts(self, chosen: Chosen) -> dict[str, Part]:
        """What this query says of its hits, by the steps of the order that ask it."""
        near, match, places = chosen.query.request.near, chosen.match, chosen.places
        parts: dict[str, Part] = {}
        if match:
            parts["relevance"] = lambda hits: -match.relevance(hits)
        if match and match.is_stepped:
            parts["text"] = match.step
        if near:
            parts["km"] = lambda hits: self.map.nearest(near, hits)
            parts["distance"] = lambda hits: distance_bands(parts["km"](hits))
        if places:
            there = places.offices
            parts["via"] = lambda hits: ~np.isin(hits, as_array(there))
        return parts


class Chosen(NamedTuple):
    """A query with what it matched."""

    query: Query
    match: Match | None
    places: Places | None
    result: BitMap


def distance_bands(km: Array) -> Array:
    """The band of each distance; see `ranking.distance_band`."""
    return np.searchsorted(POLICY.distance_bands_km, km, "left")


def _own(facet: str) -> str:
    """The filter that a facet's values make."""
    return PLACE if facet in PLACE_FACETS else facet


def _asked(request: SearchRequest, facet: str) -> tuple[str, ...]:
    value = getattr(request, facet)
    return value if isinstance(value, tuple) else ("1",)


def _any(bitmaps: Sequence[BitMap]) -> BitMap:
    return bitmaps[0] if len(bitmaps) == 1 else BitMap().union(*bitmaps)


def _every(*bitmaps: BitMap) -> BitMap:
    """What all have; the least first, so that the others are only looked into."""
    if len(bitmaps) == 1:
        return bitmaps[0]
    first, second, *others = sorted(bitmaps, key=len)
    found = first & second
    for one in others:
        found &= one
    return found
