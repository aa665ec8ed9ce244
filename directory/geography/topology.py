"""Outlines from TopoJSON: areas made of shared borders, so that neighbours stay neighbours."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = list[Point]


@dataclass(frozen=True)
class Unit:
    """An area of the source: its properties, and its rings as numbers of arcs.

    A negative number is the arc of its complement, backwards.
    """

    properties: dict[str, str]
    rings: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Topology:
    """Arcs in degrees (longitude, latitude) and the areas between them."""

    arcs: list[Line]
    units: list[Unit]

    @classmethod
    def read(cls, path: Path) -> Topology:
        """The first object of a quantised TopoJSON file."""
        data = json.loads(path.read_text(encoding="utf-8"))
        first = next(iter(data["objects"].values()))
        units = [Unit(one["properties"], tuple(_rings(one))) for one in first["geometries"]]
        return cls([list(_unpacked(arc, data["transform"])) for arc in data["arcs"]], units)

    def turned(self, change: Callable[[Line], Line]) -> Topology:
        """The same areas with every arc changed, ends that met before meeting still."""
        return Topology([change(arc) for arc in self.arcs], self.units)

    def outline(self, units: Iterable[Unit]) -> list[Line]:
        """The closed lines around some areas together, without the borders between them."""
        numbers = [number for unit in units for ring in unit.rings for number in ring]
        used = Counter(_plain(number) for number in numbers)
        left = [number for number in numbers if used[_plain(number)] == 1]
        return list(_stitched([self.arc(number) for number in left]))

    def arc(self, number: int) -> Line:
        """An arc in the direction in which a ring runs along it."""
        return self.arcs[number] if number >= 0 else self.arcs[~number][::-1]


def contains(rings: Iterable[Line], point: Point) -> bool:
    """Whether a point lies in an area given by its rings, holes included."""
    return bool(sum(_crossings(ring, point) for ring in rings) % 2)


def simplified(line: Line, tolerance: float) -> Line:
    """The line without the points that stray less than `tolerance` from it (Douglas-Peucker)."""
    if len(line) < 3:
        return line
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        ends = (line[first], line[last])
        strays = [(_to_segment(line[at], *ends), at) for at in range(first + 1, last)]
        furthest, at = max(strays, default=(0.0, first))
        if furthest > tolerance:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return [line[at] for at in sorted(kept)]


def spot_within(rings: Sequence[Line], steps: int = 40) -> tuple[float, float, float]:
    """A point deep inside an area, and how far it is from the nearest border."""
    xs, ys = zip(*max(rings, key=_extent), strict=True)
    wide, high = (max(xs) - min(xs)) / steps, (max(ys) - min(ys)) / steps
    best = (sum(xs) / len(xs), sum(ys) / len(ys), 0.0)
    edges = [pair for ring in rings for pair in pairwise(ring)]
    for across in range(1, steps):
        for down in range(1, steps):
            point = (min(xs) + across * wide, min(ys) + down * high)
            if contains(rings, point):
                depth = min(_to_segment(point, *edge) for edge in edges)
                best = max(best, (*point, depth), key=lambda one: one[2])
    return best


def _rings(geometry: dict[str, Any]) -> Iterator[tuple[int, ...]]:
    arcs = geometry.get("arcs", [])
    polygons = [arcs] if geometry["type"] == "Polygon" else arcs
    yield from (tuple(ring) for polygon in polygons for ring in polygon)


def _unpacked(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * width + left, y * height + bottom


def _plain(number: int) -> int:
    return number if number >= 0 else ~number


def _stitched(lines: list[Line]) -> Iterator[Line]:
    """Lines joined at their ends to closed ones."""
    waiting = {at: line for at, line in enumerate(lines) if len(line) > 1}
    while waiting:
        _, joined = waiting.popitem()
        while joined[0] != joined[-1]:
            at = next((at for at, line in waiting.items() if line[0] == joined[-1]), None)
            if at is None:
                break
            joined = joined + waiting.pop(at)[1:]
        yield joined


def _crossings(ring: Line, point: Point) -> int:
    x, y = point
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in pairwise(ring)
    )


def _extent(ring: Line) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (max(xs) - min(xs)) * (max(ys) - min(ys))


def _to_segment(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    wide, high = x2 - x1, y2 - y1
    length = wide * wide + high * high
    share = ((x - x1) * wide + (y - y1) * high) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return hypot(x - x1 - share * wide, y - y1 - share * high)
