"""What decided the place of each listing of a page, and what it rests on: for `explain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from pyroaring import BitMap

from directory.search.engines import FoundListing, Query
from directory.search.engines.map import Map
from directory.search.engines.matching import Match
from directory.search.engines.plane import Plane
from directory.search.results import Via


@dataclass(frozen=True)
class Places:
    """The places that a request names: keys of all, who has an office there, serves one, either."""

    keys: frozenset[str]
    offices: BitMap
    served: BitMap
    either: BitMap


def listings_of(
    plane: Plane,
    where: Map,
    numbers: Sequence[int],
    query: Query,
    match: Match | None,
    places: Places | None,
) -> list[FoundListing]:
    """The listings of those numbers, in their order."""
    hits = np.array(numbers, np.uint32)
    ascending = np.sort(hits)
    place = np.searchsorted(ascending, hits).tolist()
    steps = match.step(ascending).tolist() if match else []
    scores = match.relevance(ascending).tolist() if match else []
    found = []
    for number, at in zip(numbers, place, strict=True):
        standing = plane.standing(number)
        if match:
            standing = standing._replace(text=steps[at], relevance=scores[at])
        if places is None:
            found.append(FoundListing(standing))
            continue
        km, office = _office(plane, where, number, query, places)
        serves = number not in places.offices
        standing = standing._replace(serves=serves, km=km)
        via = Via.SERVES if serves else Via.OFFICE
        found.append(FoundListing(standing, via, None if serves else office))
    return found


def _office(
    plane: Plane, where: Map, number: int, query: Query, places: Places
) -> tuple[float | None, int | None]:
    """Kilometres to the nearest office, and the index of the one that matched.

    That is the nearest one within the radius, or the first in a place asked for.
    """
    request = query.request
    km: float | None = None
    if request.near:
        start, end = (int(plane.office_starts[number + at]) for at in (0, 1))
        apart = [where.exactly(request.near, office) for office in range(start, end)]
        known = [(one, at) for at, one in enumerate(apart) if not isnan(one)]
        if known:
            km, nearest = min(known)
            if km <= request.radius:
                return km, nearest
    segment, own = plane.place_of(number)
    offices = segment.office_keys(own)
    return km, next((at for at, keys in enumerate(offices) if places.keys & keys), None)
