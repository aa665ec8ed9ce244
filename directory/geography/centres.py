"""Where the people of a country live on average, to tell which countries are near each other."""

from __future__ import annotations

from functools import cache

import numpy as np

from directory.geography import gazetteer
from directory.geography.rules import distance_km

FIELDS_AFTER_NAMES = 5


def nearest_first(codes: list[str], country: str) -> list[str]:
    """Countries by the distance of their people from those of `country`.

    Codes are ISO 3166-1 alpha-2; a country without a known city comes last.
    """
    known = _centres()
    here = known.get(country)
    if here is None:
        return codes
    far = float("inf")
    return sorted(
        codes, key=lambda code: distance_km(*here, *known[code]) if code in known else far
    )


@cache
def _centres() -> dict[str, tuple[float, float]]:
    """Latitude and longitude in degrees of the mean of a country's cities, by their population."""
    rows = gazetteer.cities().rows.text.splitlines()
    fields = [row.rsplit(b",", FIELDS_AFTER_NAMES)[1:] for row in rows]
    codes, owners = np.unique([one[0] for one in fields], return_inverse=True)
    lat, lon, people = np.array([one[2:] for one in fields]).astype(float).T
    lat, lon = np.radians(lat), np.radians(lon)
    axes = (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat))
    # A city whose population is not known counts as one person.
    x, y, z = (np.bincount(owners, axis * np.maximum(people, 1)) for axis in axes)
    north, east = np.degrees(np.arctan2(z, np.hypot(x, y))), np.degrees(np.arctan2(y, x))
    named = [code.decode() for code in codes]
    return dict(zip(named, zip(north.tolist(), east.tolist(), strict=True), strict=True))
