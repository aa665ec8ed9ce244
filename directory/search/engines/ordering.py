"""The order of DIR-3 over arrays: made from the same table of steps that explains a place.

Each part becomes a whole number, the parts of a listing one number. A page is found by the parts
before the relevance; only listings that these don't tell apart at its edges are scored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby, islice

import numpy as np
from pyroaring import BitMap

from directory.search.engines.arrays import Array
from directory.search.engines.lateness import Late, late_ones, names_ranked
from directory.search.engines.plane import Plane
from directory.search.ranking import BAND, MIDDLE_FROM, RELEVANCE, order_of
from directory.search.request import Sort

Part = Callable[[Array], Array]


class Order:
    """Where each listing of a plane stands."""

    def __init__(self, plane: Plane) -> None:
        column = plane.columns
        self.late: list[Late] = late_ones(plane)
        self.base = plane.offsets[1]
        self.static = cache(self._static)
        self._fixed: dict[str, Callable[[], Array]] = {
            "rating": lambda: -((column["bound"] - MIDDLE_FROM) // BAND),
            "tier": lambda: -column["tier"],
            "bound": lambda: -column["bound"],
            "reviews": lambda: -column["reviews"],
            "newest": lambda: -column["first_public"],
            "name": lambda: names_ranked(plane, self.late),
        }

    def first(self, result: BitMap, start: int, end: int) -> list[int]:
        """From the `start`th to before the `end`th where neither words nor distance decide."""
        if not self.late or not result or result.max() < self.base:
            return _between(result, start, end)
        late = [one for one in self.late if one.number in result]
        old = result - BitMap(one.number for one in late)
        # How many stand before each late one: old ones with a smaller number, and late ones.
        at = [(old.rank(one.after - 1) if one.after else 0) + n for n, one in enumerate(late)]
        low, high = bisect_left(at, start), bisect_left(at, end)
        page = _between(old, start - low, end - high)
        for place, one in zip(at[low:high], late[low:high], strict=True):
            page.insert(place - start, one.number)
        return page

    def page(
        self, hits: Array, sort: Sort, parts: Mapping[str, Part], start: int, end: int
    ) -> list[int]:
        """A page of `hits`; parts: what this query says of hits, by the steps that ask it."""
        steps = order_of(sort, near="km" in parts)
        names = [one.part for one in steps if one.part in parts or one.part in self._fixed]
        cut = names.index(RELEVANCE) if RELEVANCE in names else len(names)
        end = min(end, len(hits))
        keys = self._packed(hits, names[:cut], parts)
        before, tied = 0, hits
        if end - start < len(hits):
            edges = np.partition(keys, (start, end - 1))
            low, high = edges[start], edges[end - 1]
            before = int(np.count_nonzero(keys < low))
            kept = np.flatnonzero((keys >= low) & (keys <= high))
            tied, keys = hits[kept], keys[kept]
        finer = [parts[n](tied) if n in parts else self.static(n)[0][tied] for n in names[cut:]]
        ordered = tied[np.lexsort((*reversed(finer), keys))]
        found: list[int] = ordered[start - before : end - before].tolist()
        return found

    def _packed(self, hits: Array, names: Sequence[str], parts: Mapping[str, Part]) -> Array:
        """The parts as one number for each hit."""
        packed: Array | None = None
        for asked, run in groupby(names, key=parts.__contains__):
            for rank, span in self._ranks(hits, tuple(run), parts if asked else {}):
                packed = rank if packed is None else packed * span + rank
        return np.zeros(len(hits), np.int64) if packed is None else packed

    def _ranks(
        self, hits: Array, run: tuple[str, ...], parts: Mapping[str, Part]
    ) -> list[tuple[Array, int]]:
        if parts:
            return [_from_zero(parts[name](hits)) for name in run]
        ranks, span = self.static(*run)
        return [(ranks[hits], span)]

    def _static(self, *names: str) -> tuple[Array, int]:
        """For each number its place by parts that no query changes, and how many there may be."""
        packed, size = _from_zero(self._fixed[names[0]]())
        for name in names[1:]:
            rank, span = _from_zero(self._fixed[name]())
            packed, size = packed * span + rank, size * span
        return packed, size


def _between(numbers: BitMap, start: int, end: int) -> list[int]:
    """From the `start`th to before the `end`th."""
    if start >= len(numbers):
        return []
    return list(islice(numbers.iter_equal_or_larger(numbers[start]), end - start))


def _from_zero(values: Array) -> tuple[Array, int]:
    """The values as whole numbers from 0 on, and how many these may be.

    Those with a fraction, kilometres, are counted through, so that they fit beside others.
    """
    if values.dtype.kind == "f":
        values = np.unique(values, return_inverse=True)[1]
    if not len(values):
        return values.astype(np.int64), 1
    low = values.min()
    return values.astype(np.int64) - int(low), int(values.max()) - int(low) + 1
