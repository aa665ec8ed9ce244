"""Marks taken from things one sees outdoors: hills, water, leaves, bridges, stairs, suns."""

from __future__ import annotations

from math import pi, sin
from random import Random

from directory.samples.shapes import (
    CENTRE,
    Area,
    Point,
    Shape,
    arc,
    box,
    disc,
    on,
    petal,
    sector,
    stroke,
    turned,
)

UPPER_HALF = (180.0, 360.0)


def arcs(chance: Random, _: str) -> list[Shape]:
    """Two to four arches above one another, like a spring or a contour."""
    count, thick = chance.choice((2, 3, 4)), chance.choice((4.0, 5.0, 6.0))
    gap = chance.choice((12.0, 14.0)) if count < 4 else 11.0
    height = chance.choice((14.0, 18.0))
    last = count - 1 if chance.random() < 0.4 else -1
    pieces: list[Shape] = []
    for level in range(count):
        y = 50 + (level - (count - 1) / 2) * gap + height / 2
        path = [(24 + 52 * i / 20, y - height * sin(pi * i / 20)) for i in range(21)]
        pieces += stroke(path, thick, 3 if level == last else 1)
    return turned(pieces, chance.choice((0, 0, 0, 180)))


def hills(chance: Random, _: str) -> list[Shape]:
    """Ridges one before the other, now and then with a sun."""
    base = 74.0
    peaks = chance.sample((26, 34, 43, 52, 61, 70), 3)
    tall = sorted((chance.uniform(20, 34) for _ in range(3)), reverse=True)
    pieces: list[Shape] = []
    if chance.random() < 0.6:
        pieces.append(disc((chance.choice((32, 50, 68)), 30), 8, 3))
    for peak, height, ink in zip(peaks, tall, (2, 1, 2), strict=True):
        left, right = max(18, peak - height), min(82, peak + height)
        pieces.append(Area(((left, base), (peak, base - height * 1.2), (right, base)), ink))
    return [*pieces, box(18, base, 64, chance.choice((3.0, 4.5)), 1)]


def waves(chance: Random, _: str) -> list[Shape]:
    """Lines of water, in step or gaining strength."""
    count, swing = chance.choice((2, 3, 3)), chance.choice((4.0, 5.5))
    turns = chance.choice((1.0, 1.5, 2.0))
    accent = chance.randrange(count)
    pieces: list[Shape] = []
    for line in range(count):
        y = 50 + (line - (count - 1) / 2) * 15
        path = [(21 + 58 * i / 48, y + swing * sin(2 * pi * turns * i / 48)) for i in range(49)]
        pieces += stroke(path, 5.5, 2 if line == accent else 1)
    return pieces


def leaf(chance: Random, _: str) -> list[Shape]:
    """One leaf with a vein, or a sprout of two."""
    if chance.random() < 0.5:
        lean = chance.choice((-45, 45))
        blade = petal((50, 82), (50, 18), chance.choice((0.27, 0.33)), chance.choice((1, 2)))
        vein = stroke(((50, 92), (50, chance.choice((40, 50)))), 3.5, 0)
        return turned([blade, *vein], lean)
    inks = chance.choice(((1, 2), (2, 1), (1, 3)))
    reach = chance.choice((24.0, 28.0))
    stem = stroke(((50, 80), (50, 46)), 4.5, 1)
    left = petal((50, 58), (50 - reach, 58 - reach), 0.32, inks[0])
    right = petal((50, 48), (50 + reach, 48 - reach), 0.32, inks[1])
    return [*stem, left, right]


def bridge(chance: Random, _: str) -> list[Shape]:
    """A deck on one to three arches."""
    count = chance.choice((1, 2, 3))
    width = 60 / count
    deck = chance.choice((38.0, 42.0))
    pieces: list[Shape] = [box(20, deck, 60, 30, 1)]
    for span in range(count):
        middle, radius = 20 + width * (span + 0.5), width / 2 - 4 / count
        flat = min(22.0, radius) / radius
        arch = arc((middle, 0), radius, *UPPER_HALF)
        pieces.append(Area(tuple((x, deck + 30 + y * flat) for x, y in arch), 0))
    return [*pieces, box(16, deck - 8, 68, 4, chance.choice((2, 3)))]


def steps(chance: Random, _: str) -> list[Shape]:
    """Stairs, as a line or as rising bars."""
    count = chance.choice((3, 4, 5))
    size = 56 / count
    accent = chance.choice((count - 1, -1))
    if chance.random() < 0.5:
        return [
            box(
                22 + i * size,
                76 - size * (i + 1),
                size - 4,
                size * (i + 1),
                3 if i == accent else 1,
            )
            for i in range(count)
        ]
    rise = 50 / count
    path: list[Point] = [(22, 75)]
    for i in range(count):
        path += [(22 + i * size, 75 - rise * (i + 1)), (22 + (i + 1) * size, 75 - rise * (i + 1))]
    return [*stroke(path, chance.choice((5.0, 7.0)), chance.choice((1, 2)))]


def rays(chance: Random, _: str) -> list[Shape]:
    """A low sun or a full star of even rays."""
    if chance.random() < 0.5:
        half: list[Shape] = [sector((50, 64), 15, UPPER_HALF, 3), box(20, 68, 60, 5, 1)]
        for angle in range(195, 350, 30):
            half += stroke((on((50, 64), 21, angle), on((50, 64), 32, angle)), 4.5, 1)
        return half
    count = chance.choice((6, 8, 10, 12))
    inner = chance.choice((9.0, 13.0))
    star: list[Shape] = []
    for i in range(count):
        turn = 360 * i / count - 90
        ink = 2 if count % 4 == 0 and i % 2 else 1
        star += stroke((on(CENTRE, inner, turn), on(CENTRE, 30, turn)), 4.5, ink)
    return star
