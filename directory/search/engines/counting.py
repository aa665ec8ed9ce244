"""Exact counts of facet values: few hits by their rows of values, many by what they leave out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

import numpy as np
from pyroaring import BitMap

from directory.search.engines.arrays import Array, rows
from directory.search.engines.compiling import OFFICES, PLAIN_FACETS, SERVED, WIDEST, kind
from directory.search.engines.kept import Kept
from directory.search.engines.plane import Plane
from directory.search.engines.postings import as_array
from directory.search.places import upward
from directory.search.request import PLACE_FACETS

TOTALS_KEPT = 4
# Of kept counts together.
NUMBERS_KEPT = 1_000_000
# Hits from which on intersecting a facet's bitmaps takes less time than reading rows.
MANY = 1000
Counts = Mapping[str, int]


class Tally:
    """Counts of the values that one set of hits has, each facet when it is asked for."""

    def __init__(self, counter: Counter, day: int, hits: Callable[[], BitMap]) -> None:
        self.counter, self.day, self._hits = counter, day, hits

    @cached_property
    def hits(self) -> BitMap:
        """What is counted, all of it valid on the day."""
        return self._hits()

    @cached_property
    def vector(self) -> Array:
        """The counts of all values by their index, which come all at once."""
        return self.counter.vector(self.hits, self.day)

    def of(self, facet: str) -> Counts:
        """The counts of a facet's values, those without any left out."""
        if len(self.hits) == len(self.counter.plane.valid_on(self.day)):
            return self.counter.totals(self.day)[1][facet]
        if len(self.hits) > MANY and facet not in PLACE_FACETS:
            return self.counter.by_bitmaps(facet, self.hits)
        return self.counter.named(facet, self.vector)


class Counted(Mapping[str, Counts]):
    """Counts by facet, made when they are asked for, since a page shows but a part of them."""

    def __init__(self, tallies: Mapping[str, tuple[Tally, Iterable[str]]]) -> None:
        """tallies: for each facet what counts it, and values that are there even without any."""
        self.tallies = tallies
        self._made: dict[str, Counts] = {}

    def __getitem__(self, facet: str) -> Counts:
        if facet not in self._made:
            tally, asked = self.tallies[facet]
            found = tally.of(facet)
            self._made[facet] = {**dict.fromkeys(asked, 0), **found} if asked else found
        return self._made[facet]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tallies)

    def __len__(self) -> int:
        return len(self.tallies)


class Counter:
    """Counts in one plane."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.values, self.everywhere = self._vocabulary()
        self.starts = plane.joined_starts("value_starts")
        self.facets = self._facets()
        self.outer = self._outer()
        # Who narrows a search step by step asks for the same hits again, beside the last filter.
        self._kept: Kept[tuple[bytes, int], Array] = Kept(NUMBERS_KEPT)
        self.totals = lru_cache(maxsize=TOTALS_KEPT)(self._totals)

    def _vocabulary(self) -> tuple[list[tuple[str, str]], Array]:
        """All values by their index in `rows`, which become the plane's, and their number there."""
        known: dict[tuple[str, str], int] = {}
        moved: list[Array] = []
        owned: list[Array] = []
        for segment in self.plane.segments:
            own = np.array([known.setdefault(one, len(known)) for one in segment.values], np.uint32)
            row = segment.arrays["value_rows"]
            # The first segment's values keep their indices.
            moved.append(own[row] if moved else row)
            owned.append(own)
        if WIDEST in self.plane.bitmaps:
            self._learn_places(known)
        self.rows = moved[0] if len(moved) == 1 else np.concatenate(moved)
        everywhere = np.zeros(len(known), np.int64)
        for own, segment in zip(owned, self.plane.segments, strict=True):
            everywhere[own] += segment.value_counts
        return list(known), everywhere

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

    def _totals(self, day: int) -> tuple[Array, dict[str, Counts]]:
        """The counts of everything that may be seen on a day, by index and by facet."""
        valid = self.plane.valid_on(day)
        vector = self._outside(valid, self.everywhere - self._of_rows(self.plane.whole - valid))
        return vector, {facet: self.named(facet, vector) for facet in self.facets}

    def vector(self, hits: BitMap, day: int) -> Array:
        """The counts of all values, by their index; the hits are valid on the day."""
        return self._kept.get((hits.serialize(), day), lambda: self._vector(hits, day))

    def _vector(self, hits: BitMap, day: int) -> Array:
        valid = self.plane.valid_on(day)
        if 2 * len(hits) <= len(valid):
            return self._by_rows(hits)
        return self.totals(day)[0] - self._by_rows(valid - hits)

    def _by_rows(self, hits: BitMap) -> Array:
        return self._outside(hits, self._of_rows(hits))

    def _of_rows(self, hits: BitMap) -> Array:
        at, _ = rows(self.starts, as_array(hits))
        return np.bincount(self.rows[at], minlength=len(self.values))

    def _outside(self, hits: BitMap, counts: Array) -> Array:
        """The counts, and those of places that no row has since all below one served count."""
        for serving, places in self.outer:
            counts[places] += hits.intersection_cardinality(serving)
        return counts

    def by_bitmaps(self, facet: str, hits: BitMap) -> Counts:
        """The values of one facet with their counts, which for many hits is quicker."""
        values = self.plane.bitmaps.get(facet, {})
        found = {value: hits.intersection_cardinality(one) for value, one in values.items()}
        return {value: count for value, count in found.items() if count}

    def named(self, facet: str, vector: Array) -> Counts:
        """The values of one facet with their counts, those without any left out."""
        at, values = self.facets[facet]
        counts = vector[at]
        found = np.flatnonzero(counts)
        return dict(zip(values[found].tolist(), counts[found].tolist(), strict=True))
