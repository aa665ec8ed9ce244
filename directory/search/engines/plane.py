"""All segments of a generation as one: columns, bitmaps and orders over one row of numbers.

The first segment's listings keep their numbers, those of each further one follow. What a later
segment or a removal replaced keeps its number and is not alive.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np
from pyroaring import BitMap

from directory.kernel.text import fold_name
from directory.search.engines.arrays import Array
from directory.search.engines.compiling import EXACTLY, SERVED
from directory.search.engines.postings import bitmap
from directory.search.engines.segment import COLUMNS, Segment
from directory.search.places import upward
from directory.search.ranking import Standing

DAYS_KEPT = 4


@dataclass(frozen=True)
class Part:
    """A segment of a generation, and the ids of its listings that are no longer so."""

    segment: Segment
    removed: frozenset[int] = frozenset()


class Plane:
    """What filters, counts and orders need of all listings.

    count: of all numbers; whole: these; alive: the numbers that stand for a listing; columns: by
    name, an entry for each number; bitmaps: by group and value (see `compiling`).
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        self.segments = [part.segment for part in parts]
        self.offsets = [0, *accumulate(one.count for one in self.segments)]
        self.count = self.offsets[-1]
        self.columns = {name: self.joined(name) for name in COLUMNS}
        self.whole = BitMap(range(self.count))
        self.alive = self._alive(parts)
        self.bitmaps = self._bitmaps()
        self.office_starts = self.joined_starts("office_starts")
        self.lat, self.lon = self.joined("office_lat"), self.joined("office_lon")
        self.office_owner = np.repeat(
            np.arange(self.count, dtype=np.uint32), np.diff(self.office_starts)
        )
        self._periods = (
            np.concatenate([one.arrays["period_owner"] + at for one, at in self.placed()]),
            self.joined("period_first"),
            self.joined("period_last"),
        )
        self.valid_on = lru_cache(maxsize=DAYS_KEPT)(self._valid_on)

    def placed(self) -> list[tuple[Segment, int]]:
        """Each segment with its first number."""
        return list(zip(self.segments, self.offsets, strict=False))

    def joined(self, name: str) -> Array:
        """An array of all segments, one after the other."""
        arrays = [one.arrays[name] for one in self.segments]
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)

    def joined_starts(self, name: str) -> Array:
        """Row starts of all segments, for rows joined likewise."""
        arrays = [one.arrays[name] for one in self.segments]
        ends = [0, *accumulate(int(one[-1]) for one in arrays)]
        moved = [one[:-1] + np.uint32(at) for one, at in zip(arrays, ends, strict=False)]
        return np.concatenate([*moved, np.array(ends[-1:], np.uint32)])

    def place_of(self, number: int) -> tuple[Segment, int]:
        """The segment of a listing, and its number there."""
        at = 0
        while number >= self.offsets[at + 1]:
            at += 1
        return self.segments[at], number - self.offsets[at]

    def shifted(self, groups: Sequence[BitMap | None]) -> BitMap:
        """A bitmap of the plane's numbers from one of each segment's."""
        found = BitMap()
        for at, one in zip(self.offsets, groups, strict=False):
            if one:
                found |= one.shift(at) if at else one
        return found

    def standing(self, number: int) -> Standing:
        """What decides a listing's place without words and places."""
        segment, own = self.place_of(number)
        return segment.standing(own)

    def numbers_of(self, ids: Collection[int]) -> BitMap:
        """The numbers of those listings, of dead ones too."""
        return self.shifted([BitMap(one.numbers_of(ids)) for one in self.segments])

    def of(self, group: str, value: str) -> BitMap:
        """The listings of a value; nobody for an unknown one."""
        return self.bitmaps.get(group, {}).get(value) or BitMap()

    def serving(self, key: str) -> BitMap:
        """DIR-4: who serves a place, a part of it, or more than it."""
        found = self.of(SERVED, key)
        if EXACTLY in self.bitmaps:
            for outer in upward(key)[1:]:
                found = found | self.of(EXACTLY, outer)
        return found

    def within_budget(self, euros: int) -> BitMap:
        """Listings whose smallest budget is known and at most that."""
        budget = self.columns["budget"]
        return bitmap(np.flatnonzero((budget >= 0) & (budget <= euros)))

    def rated(self, at_least: float) -> BitMap:
        """Listings whose rating's lower bound is at least that (REV-6)."""
        return bitmap(np.flatnonzero(self.columns["bound"] >= round(at_least * 1000)))

    def begins(self, prefix: str) -> BitMap:
        """Listings in whose name folded words begin so; none for an empty prefix."""
        if not prefix:
            return BitMap()
        return self.shifted([bitmap(one.names.beginning(prefix)) for one in self.segments])

    def called(self, name: str) -> BitMap:
        """Listings whose whole name that is, however it is spelt."""
        folded = fold_name(name)
        return self.shifted([BitMap(one.names.called(folded)) for one in self.segments])

    def _valid_on(self, day: int) -> BitMap:
        """DIR-2: the listings whose gate is open on the day of that ordinal."""
        owner, first, last = self._periods
        valid = np.zeros(self.count, bool)
        valid[owner[(first <= day) & (day <= last)]] = True
        return bitmap(np.flatnonzero(valid)) & self.alive

    def _alive(self, parts: Sequence[Part]) -> BitMap:
        gone = [BitMap(part.segment.numbers_of(part.removed)) for part in parts]
        return self.whole - self.shifted(gone)

    def _bitmaps(self) -> Mapping[str, Mapping[str, BitMap]]:
        """All segments' bitmaps; the first one's are shared where no other has the value."""
        joined = {group: dict(values) for group, values in self.segments[0].bitmaps.items()}
        for segment, at in self.placed()[1:]:
            for group, values in segment.bitmaps.items():
                known = joined.setdefault(group, {})
                for value, numbers in values.items():
                    known[value] = known.get(value, BitMap()) | numbers.shift(at)
        return joined
