"""Exact counts of facet values: few hits by their rows of values, many by what they leave out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property, lru_cache

import numpy as np
from pyroaring import BitMap

from directory.search.engines.arrays import Array, rows
from directory.search.engines.compiling import (
    OFFICES,
    PLACED_ROWS,
    PLAIN_FACETS,
    PLAIN_ROWS,
    SERVED,
    WIDEST,
    kind,
)
from directory.search.engines.kept import Kept
from directory.search.engines.numbers import Numbers, Values
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

    def of(self, facet: str, asked: Collection[str]) -> Counts:
        """The counts of a facet's values, those without any left out unless they are asked for."""
        counter, rows_of = self.counter, PLACED_ROWS if facet in PLACE_FACETS else PLAIN_ROWS
        if len(self.hits) == len(counter.plane.valid_on(self.day)):
            return counter.named(facet, counter.totals(rows_of, self.day), asked)
        if len(self.hits) > MANY and rows_of == PLAIN_ROWS:
            return {**dict.fromkeys(asked, 0), **counter.by_bitmaps(facet, self.hits)}
        return counter.named(facet, counter.vector(rows_of, self.hits, self.day), asked)


class Counted(Mapping[str, Counts]):
    """Counts by facet, made when they are asked for, since a page shows but a part of them."""

    def __init__(self, tallies: Mapping[str, tuple[Tally, Collection[str]]]) -> None:
        """tallies: for each facet what counts it, and values that are there even without any."""
        self.tallies = tallies
        self._made: dict[str, Counts] = {}

    def __getitem__(self, facet: str) -> Counts:
        if facet not in self._made:
            tally, asked = self.tallies[facet]
            self._made[facet] = tally.of(facet, asked)
        return self._made[facet]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tallies)

    def __len__(self) -> int:
        return len(self.tallies)


class Counter:
    """Counts in one plane."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        known: dict[tuple[str, str], int] = {}
        self.rows = {name: self._rows(name, known) for name in (PLAIN_ROWS, PLACED_ROWS)}
        if WIDEST in plane.bitmaps:
            self._learn_places(known)
        self.values = list(known)
        self.facets = self._facets()
        self.outer = self._outer()
        # Who narrows a search step by step asks for the same hits again, beside the last filter.
        self._kept: Kept[tuple[str, bytes, int], Array] = Kept(NUMBERS_KEPT)
        self.totals = lru_cache(maxsize=TOTALS_KEPT)(self._totals)

    def _rows(self, name: str, known: dict[tuple[str, str], int]) -> tuple[Array, Array]:
        """Where each listing's row begins, and the rows as indices of `known`, which learns."""
        moved: list[Array] = []
        for segment in self.plane.segments:
            own = np.array([known.setdefault(one, len(known)) for one in segment.values], np.uint32)
            # The first segment's values keep their indices.
            row = segment.arrays[f"{name}_rows"]
            moved.append(own[row] if moved else row)
        joined = moved[0] if len(moved) == 1 else np.concatenate(moved)
        return self.plane.joined_starts(f"{name}_starts"), joined

    def _learn_places(self, known: dict[tuple[str, str], int]) -> None:
        """Places that no row has, being below a place served."""
        for group in (OFFICES, SERVED):
            for key in self.plane.bitmaps.get(group, ()):
                known.setdefault((kind(key), key), len(known))

    def _facets(self) -> dict[str, Values]:
        """By facet its values with their indices."""
        found: dict[str, dict[str, int]] = {one: {} for one in (*PLAIN_FACETS, *PLACE_FACETS)}
        for at, (facet, value) in enumerate(self.values):
            found[facet][value] = at
        return {facet: Values(values) for facet, values in found.items()}

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

    def _totals(self, name: str, day: int) -> Array:
        """The counts of everything that may be seen on a day."""
        valid = self.plane.valid_on(day)
        counts = np.bincount(self.rows[name][1], minlength=len(self.values))
        counts -= self._of_rows(name, self.plane.whole - valid)
        return self._outside(name, valid, counts)

    def vector(self, name: str, hits: BitMap, day: int) -> Array:
        """The counts of the values in rows of that name by index; hits are valid on the day."""
        key = name, hits.serialize(), day
        return self._kept.get(key, lambda: self._vector(name, hits, day))

    def _vector(self, name: str, hits: BitMap, day: int) -> Array:
        valid = self.plane.valid_on(day)
        if 2 * len(hits) <= len(valid):
            return self._by_rows(name, hits)
        return self.totals(name, day) - self._by_rows(name, valid - hits)

    def _by_rows(self, name: str, hits: BitMap) -> Array:
        return self._outside(name, hits, self._of_rows(name, hits))

    def _of_rows(self, name: str, hits: BitMap) -> Array:
        starts, values = self.rows[name]
        at, _ = rows(starts, as_array(hits))
        return np.bincount(values[at], minlength=len(self.values))

    def _outside(self, name: str, hits: BitMap, counts: Array) -> Array:
        """The counts, and those of places that no row has since all below one served count."""
        if name == PLACED_ROWS:
            for serving, places in self.outer:
                counts[places] += hits.intersection_cardinality(serving)
        return counts

    def by_bitmaps(self, facet: str, hits: BitMap) -> Counts:
        """The values of one facet with their counts, which for many hits is quicker."""
        values = self.plane.bitmaps.get(facet, {})
        found = {value: hits.intersection_cardinality(one) for value, one in values.items()}
        return {value: count for value, count in found.items() if count}

    def named(self, facet: str, vector: Array, asked: Collection[str]) -> Numbers:
        """The values of one facet with their counts."""
        values = self.facets[facet]
        return Numbers(values, vector[values.at], asked)
