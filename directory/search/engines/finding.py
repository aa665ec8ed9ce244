"""Answers a query from a plane: filters, counts, order, page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from directory.kernel.policy import POLICY
from directory.kernel.text import fold_name
from directory.search.analysis import wanted
from directory.search.engines import Found, FoundListing, Profile, Query
from directory.search.engines.arrays import Array
from directory.search.engines.counting import Counted, Counter, Tally
from directory.search.engines.matching import Match
from directory.search.engines.narrowing import PLACE, Narrower, every
from directory.search.engines.ordering import Order, Part
from directory.search.engines.page import Page
from directory.search.engines.plane import Plane
from directory.search.engines.postings import as_array
from directory.search.engines.profiling import profile_of
from directory.search.engines.receipts import Places, listings_of
from directory.search.request import PLACE_FACETS, SearchRequest, Sort

PREFIXES_KEPT = 4096


class Finder:
    """Finds in one generation."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.narrower = Narrower(plane)
        self.matcher, self.map = self.narrower.matcher, self.narrower.map
        self.order = Order(plane)
        self.counter = Counter(plane)
        self.suggested = lru_cache(maxsize=PREFIXES_KEPT)(self._suggested)

    def find(self, query: Query) -> Found:
        """See `Engine.find`."""
        match, places, texted, filters, result = self.narrower.narrowed(query)
        chosen = Chosen(query, match, places, result)
        numbers = self._page(chosen)
        ids = self.plane.columns["id"].item
        return Found(
            total=len(result),
            listings=Page([*map(ids, numbers)], lambda: self._receipts(numbers, chosen)),
            counts=self._counts(query, texted, filters, result),
            words=tuple(word.word for word in query.words),
            offices=result.intersection_cardinality(places.offices) if places else None,
        )

    def profile(self, query: Query) -> Profile:
        """See `Engine.profile`."""
        return profile_of(self.plane, self.narrower.by_filters(query))

    def has_word(self, word: str, query: Query) -> bool:
        """See `Engine.has_word`."""
        return self.matcher.has(wanted(word), self.narrower.allowed(query))

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        """See `Engine.suggest`."""
        if query.hidden:
            return self._begun(prefix, self.narrower.allowed(query), limit)
        return list(self.suggested(prefix, query.day.toordinal(), limit))

    def _suggested(self, prefix: str, day: int, limit: int) -> list[int]:
        return self._begun(prefix, self.plane.valid_on(day), limit)

    def _begun(self, prefix: str, allowed: BitMap, limit: int) -> list[int]:
        numbers = self.order.first(self.plane.begins(fold_name(prefix)) & allowed, 0, limit)
        ids = self.plane.columns["id"]
        return [ids.item(number) for number in numbers]

    def _counts(
        self, query: Query, texted: BitMap, filters: Mapping[str, BitMap], result: BitMap
    ) -> Counted:
        """Exact counts by facet and value; a facet's own values are left out of its own counts."""
        day = query.day.toordinal()

        def without(left_out: str) -> BitMap:
            return every(texted, *(one for name, one in filters.items() if name != left_out))

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
