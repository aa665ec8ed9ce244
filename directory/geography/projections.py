"""Where degrees lie in the drawings of maps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

Point = tuple[float, float]

WIDTH = 480.0
EDGE_STEPS = 20


@dataclass(frozen=True)
class Drawing:
    """A map `WIDTH` units wide of a frame in degrees.

    Around the middle of the frame by Lambert's equal-area projection; a frame of more than half
    the world by Equal Earth (Šavrič, Patterson, Jenny 2018).
    """

    west: float
    south: float
    east: float
    north: float

    @cached_property
    def height(self) -> float:
        return round((self._bounds[3] - self._bounds[1]) * self._scale, 1)

    def at(self, lat: float, lon: float) -> Point:
        """Where a place lies in units of the drawing, y downwards; it may lie outside of it."""
        x, y = self._projected(lat, lon)
        left, _, _, top = self._bounds
        return (x - left) * self._scale, (top - y) * self._scale

    def shows(self, point: Point) -> bool:
        """Whether a point lies in the drawing."""
        return 0 <= point[0] <= WIDTH and 0 <= point[1] <= self.height

    @cached_property
    def _bounds(self) -> tuple[float, float, float, float]:
        """The projected frame: left, bottom, right, top."""
        shares = [step / EDGE_STEPS for step in range(EDGE_STEPS + 1)]
        lons = [self.west + (self.east - self.west) * share for share in shares]
        lats = [self.south + (self.north - self.south) * share for share in shares]
        edges = [self._projected(lat, lon) for lon in lons for lat in (self.south, self.north)]
        edges += [self._projected(lat, lon) for lat in lats for lon in (self.west, self.east)]
        xs, ys = [x for x, _ in edges], [y for _, y in edges]
        return min(xs), min(ys), max(xs), max(ys)

    @cached_property
    def _scale(self) -> float:
        return WIDTH / (self._bounds[2] - self._bounds[0])

    def _projected(self, lat: float, lon: float) -> Point:
        if self.east - self.west > 180:
            return equal_earth(lat, lon)
        middle = ((self.south + self.north) / 2, (self.west + self.east) / 2)
        return equal_area(lat, lon, middle)


def equal_earth(lat: float, lon: float) -> Point:
    """Equal Earth, for the whole world; degrees in, radii of the earth out."""
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2 * t2 * t2
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(t) / (3 * slope)
    return x, t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)


def equal_area(lat: float, lon: float, middle: Point) -> Point:
    """Lambert's azimuthal equal-area projection around a middle (lat, lon)."""
    up, mid = math.radians(lat), math.radians(middle[0])
    across = math.radians(lon - middle[1])
    cosine = math.sin(mid) * math.sin(up) + math.cos(mid) * math.cos(up) * math.cos(across)
    # The antipode of the middle lies nowhere; what is near it lies far outside any frame.
    factor = math.sqrt(2 / max(1 + cosine, 1e-3))
    y = math.cos(mid) * math.sin(up) - math.sin(mid) * math.cos(up) * math.cos(across)
    return factor * math.cos(up) * math.sin(across), factor * y
