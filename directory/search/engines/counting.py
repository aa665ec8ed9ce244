"""Exact counts of facet values: few hits by their rows of values, many by what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from pyroaring import BitMap

from directory.search.engines.arrays import Array, rows
from directory.search.engines.compiling import OFFICES, PLAIN_FACETS, SERVED, WIDEST, kind
from directory.search.engines.plane import Plane
from directory.search.engines.postings import as_array
from directory.search.places import upward
from directory.search.request import PLACE_FACETS

TOTALS_KEPT = 4
# Hits from which on intersecting a facet's bitmaps takes less time than reading rows.
MANY = 3000
Counts = Mapping[str, int]


class Counter:
    """Counts in one plane."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.values = self._vocabulary()
        self.starts = plane.joined_starts("value_starts")
        self.facets = self._facets()
        self.outer = self._outer()
        self.totals = lru_cache(maxsize=TOTALS_KEPT)(self._totals)

    def _vocabulary(self) -> list[tuple[str, str]]:
        """All values by their index in `rows`, which become the plane's."""
        known: dict[tuple[str, str], int] = {}
        moved = []
        for segment in self.plane.segments:
            own = [known.setdefault(pair, len(known)) for pair in segment.values]
            moved.append(np.array(own, np.uint32)[segment.arrays["value_rows"]])
        self._learn_places(known)
        self.rows = np.concatenate(moved)
        return list(known)

    def _learn_places(self, known: dict[tuple[str, str], int]) -> None:
        """Places that no row has, being below a place served."""
        for group in (OFFICES, SERVED):
            for key in self.plane.bitmaps.get(group, ()):
                known.setdefault((kind(key), key), len(known))

    def _facets(self) -> dict[str, tuple[Array, Array]]:
        """By facet the indices of its values, and the values."""
        found: dict[str, list[int]] = {facet: [] for facet in (*PLAIN_FACETS, *PLACE_FACETS)}
        for at, (facet, _) in enumerate(self.values):
            found[facet].append(at)
        return {
            facet: (np.array(at, np.int64), np.array([self.values[one][1] for one in at], object))
            for facet, at in found.items()
        }

    def _outer(self) -> list[tuple[BitMap, Array]]:
        """For each widest place served who serves it, and the values of the places below it.

        Only of places that a listing that is alive is in, or serves.
        """
        widest = self.plane.bitmaps.get(WIDEST, {})
        below: dict[str, list[int]] = {key: [] for key in widest}
        if widest:
            for at, (facet, key) in enumerate(self.values):
                if facet in PLACE_FACETS and self._is_known(key):
                    for outer in upward(key)[1:]:
                        below.get(outer, []).append(at)
        return [(widest[key], np.array(at, np.int64)) for key, at in below.items() if at]

    def _is_known(self, key: str) -> bool:
        alive = self.plane.alive
        groups = (self.plane.of(OFFICES, key), self.plane.of(SERVED, key))
        return any(not one.isdisjoint(alive) for one in groups)

    def _totals(self, day: int) -> Array:
        """The counts of everything that may be seen on a day."""
        return self._by_rows(self.plane.valid_on(day))

    def vector(self, hits: BitMap, day: int) -> Array:
        """The counts of all values, by their index; the hits are valid on the day."""
        valid = self.plane.valid_on(day)
        if 2 * len(hits) <= len(valid):
            return self._by_rows(hits)
        rest = valid - hits
        return self.totals(day) - self._by_rows(rest) if rest else self.totals(day)

    def _by_rows(self, hits: BitMap) -> Array:
        at, _ = rows(self.starts, as_array(hits))
        counts = np.bincount(self.rows[at], minlength=len(self.values))
        for serving, places in self.outer:
            counts[places] += hits.intersection_cardinality(serving)
        return counts

    def of_facet(self, facet: str, hits: BitMap, day: int) -> Counts:
        """The values of one facet that hits have, counted."""
        if facet in PLACE_FACETS or len(hits) < MANY:
            return self.named(facet, self.vector(hits, day))
        values = self.plane.bitmaps.get(facet, {})
        found = {value: hits.intersection_cardinality(one) for value, one in values.items()}
        return {value: count for value, count in found.items() if count}

    def named(self, facet: str, vector: Array) -> Counts:
        """The values of one facet with their counts, those without any left out."""
        at, values = self.facets[facet]
        counts = vector[at]
        found = np.flatnonzero(counts)
        return dict(zip(values[found].tolist(), counts[found].tolist(), strict=True))

    def of_facets(self, facets: Iterable[str], hits: BitMap, day: int) -> dict[str, Counts]:
        """The values of several facets that hits have, counted."""
        vector = self.vector(hits, day)
        return {facet: self.named(facet, vector) for facet in facets}
