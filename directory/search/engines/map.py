"""The offices of a plane by their coordinates: who is around a place, and how far each one is."""

from __future__ import annotations

from functools import cached_property
from math import cos, radians

import numpy as np
from pyroaring import BitMap

from directory.geography.rules import EARTH_RADIUS_KM, distance_km
from directory.search.engines.arrays import Array, rows
from directory.search.engines.plane import Plane
from directory.search.places import KM_PER_DEGREE
from directory.search.request import Near

NEARLY_POLE = 89.0
# Distances of arrays differ from those of numbers by less, and are rounded to it (km): offices at
# one place are equally far.
ROUNDED = 6
DOUBTFUL = 1e-5


class Map:
    """Distances to the offices of a plane."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane

    @cached_property
    def _by_lat(self) -> tuple[Array, Array]:
        """The offices from south to north, and their degrees."""
        order = self.plane.lat.argsort()
        return order, self.plane.lat[order]

    def around(self, near: Near, radius: int) -> BitMap:
        """Listings with an office at most `radius` km away: first the box, then the distance."""
        reach = radius / KM_PER_DEGREE
        order, lat = self._by_lat
        offices = order[
            lat.searchsorted(near.lat - reach) : lat.searchsorted(near.lat + reach, "right")
        ]
        # Towards the poles degrees of longitude shrink; the highest latitude of the box counts.
        highest = abs(near.lat) + reach
        sideways = reach / cos(radians(highest)) if highest < NEARLY_POLE else 360.0
        apart = np.abs(self.plane.lon[offices] - near.lon)
        offices = offices[np.minimum(apart, 360 - apart) <= sideways]
        km = self.distances(near, offices)
        there = km <= radius
        for at in np.flatnonzero(np.abs(km - radius) < DOUBTFUL):
            there[at] = self.exactly(near, offices[at]) <= radius
        return BitMap(self.plane.office_owner[offices[there]].tolist())

    def exactly(self, near: Near, office: int) -> float:
        """Kilometres to one office; not a number where its coordinates are unknown."""
        return distance_km(
            near.lat, near.lon, float(self.plane.lat[office]), float(self.plane.lon[office])
        )

    def nearest(self, near: Near, hits: Array) -> Array:
        """For each listing the rounded kilometres to its nearest office, infinite if unknown."""
        offices, lengths = rows(self.plane.office_starts, hits)
        owner = np.arange(len(hits)).repeat(lengths)
        km = np.round(self.distances(near, offices), ROUNDED)
        found = np.full(len(hits), np.inf)
        np.fmin.at(found, owner, km)
        return found

    def distances(self, near: Near, offices: Array) -> Array:
        """Kilometres to each office; see `distance_km`."""
        lat, lon = np.radians(self.plane.lat[offices]), np.radians(self.plane.lon[offices])
        chord = np.sin((lat - radians(near.lat)) / 2) ** 2
        chord += cos(radians(near.lat)) * np.cos(lat) * np.sin((lon - radians(near.lon)) / 2) ** 2
        km: Array = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
        return km
