"""Plane shapes on a square of 100 by 100, y downwards: what the marks of logos are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians, sin

Point = tuple[float, float]

CENTRE: Point = (50.0, 50.0)
STEP_DEGREES = 3


@dataclass(frozen=True)
class Area:
    """A filled polygon; ink: 0 the ground, 1 to 3 the inks of the palette."""

    points: tuple[Point, ...]
    ink: int


@dataclass(frozen=True)
class Letters:
    """Text set in the project's typeface, centred on `at`; size: height of a capital."""

    text: str
    at: Point
    size: float
    ink: int


Shape = Area | Letters


def box(x: float, y: float, width: float, height: float, ink: int) -> Area:
    """A rectangle by its upper left corner."""
    return Area(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), ink)


def disc(centre: Point, radius: float, ink: int) -> Area:
    """A full circle."""
    return Area(tuple(arc(centre, radius, 0, 360)), ink)


def ring(centre: Point, outer: float, inner: float, span: tuple[float, float], ink: int) -> Area:
    """A piece of a ring between two angles in degrees, clockwise from three o'clock."""
    rim = [*arc(centre, outer, *span), *reversed(arc(centre, inner, *span))]
    return Area(tuple(rim), ink)


def sector(centre: Point, radius: float, span: tuple[float, float], ink: int) -> Area:
    """A slice of a circle between two angles in degrees."""
    return Area((centre, *arc(centre, radius, *span)), ink)


def arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points along a circle, both ends included."""
    steps = max(2, round(abs(end - start) / STEP_DEGREES))
    return [on(centre, radius, start + (end - start) * i / steps) for i in range(steps + 1)]


def on(centre: Point, radius: float, degrees: float) -> Point:
    """The point at an angle and a distance from `centre`."""
    angle = radians(degrees)
    return centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)


def stroke(points: Iterable[Point], width: float, ink: int) -> list[Area]:
    """A line with round joints and ends."""
    path = list(points)
    pieces = [_limb(start, end, width / 2, ink) for start, end in pairwise(path)]
    return [*pieces, *(disc(point, width / 2, ink) for point in path)]


def petal(root: Point, tip: Point, belly: float, ink: int) -> Area:
    """A leaf between two points; belly: half its width as a share of its length."""
    dx, dy = tip[0] - root[0], tip[1] - root[1]
    rim = []
    for i in range(-16, 17):
        part, out = 1 - abs(i) / 16, belly * sin(radians(180 * (1 - abs(i) / 16)))
        side = out if i < 0 else -out
        rim.append((root[0] + dx * part - dy * side, root[1] + dy * part + dx * side))
    return Area(tuple(rim), ink)


def scaled(shapes: Iterable[Shape], factor: float) -> list[Shape]:
    """The shapes made larger or smaller about the centre."""
    return [
        Area(tuple(_nearer(point, factor) for point in shape.points), shape.ink)
        if isinstance(shape, Area)
        else Letters(shape.text, _nearer(shape.at, factor), shape.size * factor, shape.ink)
        for shape in shapes
    ]


def turned(shapes: Iterable[Shape], degrees: float) -> list[Shape]:
    """The areas turned about the centre; letters stay upright."""
    return [
        Area(tuple(_turn(point, degrees) for point in shape.points), shape.ink)
        if isinstance(shape, Area)
        else shape
        for shape in shapes
    ]


def _nearer(point: Point, factor: float) -> Point:
    (x, y), (middle, height) = point, CENTRE
    return middle + (x - middle) * factor, height + (y - height) * factor


def _turn(point: Point, degrees: float) -> Point:
    x, y = point[0] - CENTRE[0], point[1] - CENTRE[1]
    angle = radians(degrees)
    return (
        CENTRE[0] + x * cos(angle) - y * sin(angle),
        CENTRE[1] + x * sin(angle) + y * cos(angle),
    )


def _limb(start: Point, end: Point, half: float, ink: int) -> Area:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    dx, dy = (end[0] - start[0]) / length * half, (end[1] - start[1]) / length * half
    corners = (
        (start[0] - dy, start[1] + dx),
        (end[0] - dy, end[1] + dx),
        (end[0] + dy, end[1] - dx),
        (start[0] + dy, start[1] - dx),
    )
    return Area(corners, ink)
