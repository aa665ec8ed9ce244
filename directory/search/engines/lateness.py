"""Where the listings of later segments stand among those of the first one.

The first segment's numbers are its order; later ones have a place between two of these numbers.
It is found once for each segment, and kept with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from directory.search.engines.arrays import Array
from directory.search.engines.plane import Plane
from directory.search.engines.segment import Place, Segment
from directory.search.ranking import Standing, order_of
from directory.search.request import Sort

BEST = order_of(Sort.BEST, near=False)
NAME = order_of(Sort.NAME, near=False)


@dataclass(frozen=True)
class Late:
    """A listing of a later segment.

    after: how many of the first segment stand before it; named_after: how many by name;
    key, name: what tells late ones between the same two apart.
    """

    number: int
    after: int
    named_after: int
    key: tuple[object, ...]
    name: tuple[object, ...]


def late_ones(plane: Plane) -> list[Late]:
    """Those of all later segments, in their order."""
    found = [
        Late(number + at, *place)
        for segment, at in plane.placed()[1:]
        for number, place in enumerate(_places(plane.segments[0], segment))
    ]
    return sorted(found, key=lambda one: (one.after, one.key))


def names_ranked(plane: Plane, late: list[Late]) -> Array:
    """For each number its place by name."""
    base = plane.segments[0].arrays["name_rank"]
    ordered = sorted(late, key=lambda one: (one.named_after, one.name))
    before = np.array([one.named_after for one in ordered], np.int64)
    ranks = np.empty(plane.count, np.int64)
    ranks[: len(base)] = base + np.searchsorted(before, base, "right")
    ranks[[one.number for one in ordered]] = before + np.arange(len(ordered))
    return ranks


def _places(base: Segment, segment: Segment) -> list[Place]:
    kept = segment.places_in.get(base.name)
    if kept is None:
        kept = segment.places_in[base.name] = list(_found(base, segment))
    return kept


def _found(base: Segment, segment: Segment) -> Iterator[Place]:
    by_name = base.arrays["name_order"]
    for number in range(segment.count):
        key, name = _best(segment, number), _name(segment, number)
        after = bisect_left(range(base.count), key, key=lambda n: _best(base, n))
        named = bisect_left(range(base.count), name, key=lambda n: _name(base, by_name.item(n)))
        yield after, named, key, name


def _best(segment: Segment, number: int) -> tuple[object, ...]:
    standing = segment.standing(number)
    return tuple(step.place(standing) for step in BEST)


def _name(segment: Segment, number: int) -> tuple[object, ...]:
    standing = Standing(segment.arrays["id"].item(number), segment.names.shown[number])
    return tuple(step.place(standing) for step in NAME)
