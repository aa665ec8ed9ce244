"""One immutable part of an index, opened: columns in memory, postings in their file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
from pyroaring import BitMap

from directory.search.engines.arrays import Array, Strings, unpack
from directory.search.engines.compiling import BETWEEN, POSTINGS_FILE
from directory.search.engines.naming import Names
from directory.search.engines.postings import TermFile
from directory.search.ranking import Standing

# How many stand before a listing, in the order of numbers and by name, and what both go by.
Place = tuple[int, int, tuple[object, ...], tuple[object, ...]]
COLUMNS = ("id", "bound", "reviews", "tier", "first_public", "budget")


class Segment:
    """Listings with numbers of their own from 0.

    columns: one entry a listing; values: facet and value by index; bitmaps: listings by group
    and value.
    """

    def __init__(self, name: str, columns: bytes, folder: Path) -> None:
        arrays = unpack(columns)
        self.name = name
        self.arrays: Mapping[str, Array] = arrays
        self.count = len(arrays["id"])
        self.names = Names(arrays)
        self.terms = TermFile(folder / POSTINGS_FILE, arrays)
        self.values = [_pair(one) for one in Strings.unpacked(arrays, "values").all()]
        self.office_places = Strings.unpacked(arrays, "office_places").all()
        self.bitmaps = _bitmaps(arrays)
        # Where its listings stand among those of another segment, by that one's name.
        self.places_in: dict[str, list[Place]] = {}

    @cached_property
    def _by_id(self) -> Array:
        return self.arrays["id"].argsort()

    def numbers_of(self, ids: Collection[int]) -> list[int]:
        """The numbers of those listings that are here."""
        if not self.count or not ids:
            return []
        wanted = np.fromiter(ids, np.int64, len(ids))
        held = self.arrays["id"]
        at = held.searchsorted(wanted, sorter=self._by_id)
        numbers = self._by_id[np.minimum(at, self.count - 1)]
        found: list[int] = numbers[held[numbers] == wanted].tolist()
        return found

    def office_keys(self, number: int) -> Iterator[set[str]]:
        """The keys of the places that each office of a listing lies in."""
        starts, keys = self.arrays["office_key_starts"], self.arrays["office_keys"]
        first, end = self.arrays["office_starts"][number : number + 2].tolist()
        for office in range(first, end):
            known = keys[starts[office] : starts[office + 1]].tolist()
            yield {self.office_places[one] for one in known}

    def standing(self, number: int) -> Standing:
        """What decides a listing's place without words and places."""
        arrays = self.arrays
        return Standing(
            id=arrays["id"].item(number),
            name=self.names.shown[number],
            bound=arrays["bound"].item(number),
            reviews=arrays["reviews"].item(number),
            tier=arrays["tier"].item(number),
            first_public=arrays["first_public"].item(number),
        )


def _bitmaps(arrays: dict[str, Array]) -> dict[str, dict[str, BitMap]]:
    groups = Strings.unpacked(arrays, "groups").all()
    contents = Strings.unpacked(arrays, "bitmaps")
    found: dict[str, dict[str, BitMap]] = {}
    for at, one in enumerate(groups):
        group, value = _pair(one)
        found.setdefault(group, {})[value] = BitMap.deserialize(contents.raw(at))
    return found


def _pair(text: str) -> tuple[str, str]:
    group, _, value = text.partition(BETWEEN)
    return group, value
