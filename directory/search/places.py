"""How places lie in each other, for filters by place (DIR-4)."""

from __future__ import annotations

from directory.geography import queries as geography
from directory.geography.queries import City, Country

# Kilometres of one degree of latitude, rounded down: a box made with it is never too small.
KM_PER_DEGREE = 111.0


def upward(key: str) -> tuple[str, ...]:
    """A place's key, then those of the regions and the country it lies in."""
    place = geography.place(key)
    if place is None or isinstance(place, Country):
        return (key,)
    region = place.region if isinstance(place, City) else place.parent
    regions = geography.lineage(region) if region else ()
    return tuple(dict.fromkeys((key, *regions, place.country)))
