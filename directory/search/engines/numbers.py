"""How many listings have each value of a facet, as a list of numbers beside the facet's values.

A facet of places has thousands of values and a page shows a few, so that names and numbers are put
together only for those.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache

import numpy as np

from directory.search.engines.arrays import Array

# Sets of values among which the commonest were asked for: the places of each country.
SETS_KEPT = 32


class Values:
    """The values of one facet in a generation; at: their indices among the values of all facets."""

    def __init__(self, indices: dict[str, int]) -> None:
        """indices: by value its index."""
        self.names = np.array([*indices], object)
        self.at = np.array([*indices.values()], np.int64)
        self.places = {name: place for place, name in enumerate(indices)}
        self.inside = lru_cache(maxsize=SETS_KEPT)(self._inside)

    def _inside(self, among: frozenset[str]) -> Array:
        """The places of those of them that are in a set, in their order."""
        return np.array(sorted(self.places[one] for one in among & self.places.keys()), np.int64)


class Numbers(Mapping[str, int]):
    """The values that a listing has, or that were asked for, with how many listings have them."""

    def __init__(self, values: Values, counts: Array, asked: Collection[str] = ()) -> None:
        """counts: one for each value."""
        self.of, self.counts, self.asked = values, counts, asked

    def __getitem__(self, value: str) -> int:
        place = self.of.places.get(value)
        count = 0 if place is None else self.counts.item(place)
        if not count and value not in self.asked:
            raise KeyError(value)
        return count

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> dict[str, int]:
        return {**dict.fromkeys(self.asked, 0), **self._named(np.flatnonzero(self.counts))}

    def commonest(self, most: int, among: frozenset[str] | None = None) -> dict[str, int]:
        """The values that most listings have, so many and those as common as the last of them.

        among: which values count at all.
        """
        within = None if among is None else self.of.inside(among)
        counts = self.counts if within is None else self.counts[within]
        least = 1
        if len(counts) > most > 0:
            least = max(1, int(np.partition(counts, -most)[-most]))
        found = np.flatnonzero(counts >= least)
        return self._named(found if within is None else within[found])

    def _named(self, places: Array) -> dict[str, int]:
        names, counts = self.of.names[places], self.counts[places]
        return dict(zip(names.tolist(), counts.tolist(), strict=True))
