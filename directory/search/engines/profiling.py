"""What the listings of a result have in common: services, offices, smallest budgets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from pyroaring import BitMap

from directory.search.engines import Budgets, Profile
from directory.search.engines.compiling import OFFICES
from directory.search.engines.plane import Plane
from directory.search.engines.postings import as_array

QUARTERS = (0, 25, 50, 75, 100)


def profile_of(plane: Plane, hits: BitMap) -> Profile:
    """The profile of listings by their numbers."""
    return Profile(
        services=_counted(plane, "service", hits),
        offices=_counted(plane, OFFICES, hits),
        budgets=_budgets(plane, hits),
    )


def _counted(plane: Plane, group: str, hits: BitMap) -> Mapping[str, int]:
    values = plane.bitmaps.get(group, {})
    found = {value: hits.intersection_cardinality(one) for value, one in values.items()}
    return {value: count for value, count in found.items() if count}


def _budgets(plane: Plane, hits: BitMap) -> Budgets | None:
    budgets = plane.columns["budget"][as_array(hits)]
    known = budgets[budgets >= 0]
    if not len(known):
        return None
    parts = np.percentile(known, QUARTERS, method="lower").astype(int).tolist()
    return Budgets(len(known), *parts)
