"""Marks made of plain geometry or letters."""

from __future__ import annotations

from math import acos, degrees
from random import Random

from directory.samples.shapes import (
    CENTRE,
    Area,
    Letters,
    Point,
    Shape,
    arc,
    box,
    disc,
    on,
    ring,
    sector,
    stroke,
    turned,
)


def tiles(chance: Random, _: str) -> list[Shape]:
    """Upright and lying tiles with an even joint."""
    joint, size = chance.choice((4.0, 6.0)), 56.0
    cut = chance.choice((0.38, 0.5, 0.62))
    low = chance.choice((0.38, 0.5, 0.62))
    first, rest = size * cut - joint / 2, size * (1 - cut) - joint / 2
    top, bottom = size * low - joint / 2, size * (1 - low) - joint / 2
    inks = chance.sample((1, 2, 3), 3) if chance.random() < 0.5 else [1, 2, 2]
    pieces: list[Shape] = [
        box(22, 22, first, size, inks[0]),
        box(22 + first + joint, 22, rest, top, inks[1]),
        box(22 + first + joint, 22 + top + joint, rest, bottom, inks[2]),
    ]
    return turned(pieces, chance.choice((0, 90, 180, 270)))


def circles(chance: Random, _: str) -> list[Shape]:
    """Two discs that cross, three in a triangle or a wreath of more."""
    kind = chance.choice(("pair", "triangle", "wreath"))
    if kind == "pair":
        reach = chance.choice((10.0, 13.0))
        inks = chance.choice(((1, 2), (2, 1), (1, 3)))
        discs = [disc((50 - reach, 50), 22, inks[0]), disc((50 + reach, 50), 22, inks[1])]
        return turned([*discs, _lens(reach, 22)], chance.choice((0, 45, 90, 135)))
    count = 3 if kind == "triangle" else chance.choice((5, 6, 7))
    radius = {3: chance.choice((12.0, 13.5)), 5: 9.0, 6: 8.0, 7: 7.0}[count]
    start = chance.choice((-90, 90, -60))
    accent = chance.randrange(count)
    reach = 17 if count == 3 else 21
    return [
        disc(on(CENTRE, reach, start + 360 * i / count), radius, _ink(i, accent))
        for i in range(count)
    ]


def letter(chance: Random, name: str) -> list[Shape]:
    """The first letter of the name, alone or in a frame."""
    initial = next((c for c in name if c.isascii() and c.isalpha()), "S").upper()
    frame = chance.choice(("none", "disc", "bar", "corner"))
    pieces: list[Shape] = []
    if frame == "disc":
        pieces.append(disc(CENTRE, 31, 1))
        return [*pieces, Letters(initial, CENTRE, 28, 0)]
    if frame == "bar":
        pieces.append(box(26, 74, 48, 5, chance.choice((2, 3))))
        return [*pieces, Letters(initial, (50, 46), 38, 1)]
    if frame == "corner":
        pieces += [box(20, 20, 24, 6, 3), box(20, 20, 6, 24, 3)]
        return [*pieces, Letters(initial, (54, 54), 36, 1)]
    return [Letters(initial, CENTRE, 44, 1), disc((76, 72), 4.5, 3)]


def knot(chance: Random, _: str) -> list[Shape]:
    """Two interlaced rings, one over and one under the other."""
    reach, outer, inner = chance.choice(((11.0, 22.0, 15.0), (13.0, 23.0, 17.0)))
    tilt = chance.choice((0, 45, 90, 135))
    inks = chance.choice(((1, 2), (1, 3), (2, 1)))
    left, right = (50 - reach, 50.0), (50 + reach, 50.0)
    pieces: list[Shape] = [
        ring(left, outer, inner, (0, 360), inks[0]),
        ring(right, outer + 2, inner - 2, (180, 300), 0),
        ring(right, outer, inner, (0, 360), inks[1]),
        ring(left, outer + 2, inner - 2, (20, 80), 0),
        ring(left, outer, inner, (10, 90), inks[0]),
    ]
    return turned(pieces, tilt)


def quarters(chance: Random, _: str) -> list[Shape]:
    """Four quarter circles, one in each field of a square, turned at will."""
    inks = [1, 2, 1, chance.choice((2, 3))]
    chance.shuffle(inks)
    pieces: list[Shape] = []
    for (x, y), ink in zip(((22, 22), (52, 22), (22, 52), (52, 52)), inks, strict=True):
        corner = chance.randrange(4)
        origin = (x + 26.0 * (corner in (1, 2)), y + 26.0 * (corner in (2, 3)))
        pieces.append(sector(origin, 26, (90.0 * corner, 90.0 * corner + 90), ink))
    return pieces


def cube(chance: Random, _: str) -> list[Shape]:
    """A cube seen from a corner, whole or with an open side."""
    radius = chance.choice((27.0, 30.0))
    rim = [on(CENTRE, radius, 30 + 60 * i) for i in range(6)]
    inks = chance.choice(((1, 2, 3), (2, 1, 3), (1, 2, 2), (3, 1, 2)))
    faces = ((5, 0, 1), (1, 2, 3), (3, 4, 5))
    pieces: list[Shape] = [
        Area((CENTRE, rim[a], rim[b], rim[c]), ink)
        for (a, b, c), ink in zip(faces, inks, strict=True)
    ]
    for corner in (rim[1], rim[3], rim[5]):
        pieces += stroke((CENTRE, corner), 2.5, 0)
    return turned(pieces, chance.choice((0, 60)))


def chevrons(chance: Random, _: str) -> list[Shape]:
    """Angles one behind the other, pointing on."""
    count = chance.choice((2, 3))
    pieces: list[Shape] = []
    for i in range(count):
        x = 50 + (i - (count - 1) / 2) * 16 - 6
        path = ((x - 6, 28.0), (x + 14, 50.0), (x - 6, 72.0))
        pieces += stroke(path, 6.5, 3 if i == count - 1 and count == 3 else (1, 2)[i % 2])
    return turned(pieces, chance.choice((0, 0, -90)))


def initials(chance: Random, name: str) -> list[Shape]:
    """Two letters side by side, underlined or beside a bar."""
    words = [word for word in name.split() if word[0].isascii() and word[0].isalpha()]
    pair = "".join(word[0].upper() for word in words[:2]) or "SD"
    if chance.random() < 0.5:
        rule = box(24, 70, 52, 4, chance.choice((2, 3)))
        return [Letters(pair, (50, 47), 26, 1), rule]
    return [box(17, 28, 5, 44, chance.choice((2, 3))), Letters(pair, (57, 50), 21, 1)]


def target(chance: Random, _: str) -> list[Shape]:
    """Rings round a disc, each open at another side."""
    opening = chance.choice((0.0, 60.0, 90.0))
    start = chance.choice((0, 45, 90, 180, 225, 270))
    accent = chance.choice((1, 3))
    pieces: list[Shape] = [disc(CENTRE, chance.choice((6.0, 8.0)), accent)]
    for level, (outer, inner) in enumerate(((19.0, 14.0), (30.0, 25.0))):
        turn = start + level * chance.choice((90, 180))
        span = (turn + opening / 2, turn + 360 - opening / 2)
        pieces.append(ring(CENTRE, outer, inner, span, (1, 2)[level]))
    return pieces


def dots(chance: Random, _: str) -> list[Shape]:
    """A field of dots that grow in one direction or round one corner."""
    count = chance.choice((3, 4))
    pitch = 56 / count
    focus = chance.choice(((0, 0), (count - 1, 0), (0, count - 1), (count - 1, count - 1)))
    accent = chance.random() < 0.5
    pieces: list[Shape] = []
    for row in range(count):
        for column in range(count):
            away = max(abs(column - focus[0]), abs(row - focus[1]))
            radius = pitch * (0.44 - 0.26 * away / (count - 1))
            at = (22 + pitch * (column + 0.5), 22 + pitch * (row + 0.5))
            pieces.append(disc(at, radius, 3 if accent and away == 0 else 1))
    return pieces


def fold(chance: Random, _: str) -> list[Shape]:
    """A strip folded once or twice."""
    wide, lean = chance.choice((14.0, 17.0)), chance.choice((16.0, 22.0))
    inks = chance.choice(((1, 2, 1), (1, 2, 3), (2, 1, 2)))
    panels = chance.choice((2, 3))
    left = 50 - panels * wide / 2
    pieces: list[Shape] = []
    for i in range(panels):
        x = left + i * wide
        rise, fall = (0.0, lean) if i % 2 == 0 else (lean, 0.0)
        corners = ((x, 24 + rise), (x + wide, 24 + fall))
        feet = ((x + wide, 60 + fall), (x, 60 + rise))
        pieces.append(Area((*corners, *feet), inks[i]))
    return turned(pieces, chance.choice((0, 0, 90)))


def hive(chance: Random, _: str) -> list[Shape]:
    """Hexagons round a middle one, one or two of them missing."""
    pitch, radius = 19.0, chance.choice((9.5, 10.3))
    gone = set(chance.sample(range(6), chance.choice((2, 3))))
    pieces: list[Shape] = [_hexagon(CENTRE, radius, 3 if chance.random() < 0.6 else 1)]
    kept = (i for i in range(6) if i not in gone)
    pieces += (_hexagon(on(CENTRE, pitch, 60 * i), radius, (1, 2)[i % 2]) for i in kept)
    return pieces


def _hexagon(centre: Point, radius: float, ink: int) -> Area:
    return Area(tuple(on(centre, radius, 30 + 60 * i) for i in range(6)), ink)


def _ink(index: int, accent: int) -> int:
    return 3 if index == accent else (1, 2)[index % 2]


def _lens(reach: float, radius: float) -> Area:
    """Where two circles cross that stand `reach` to the left and right of the centre."""
    half = degrees(acos(reach / radius))
    left = arc((50 - reach, 50), radius, -half, half)
    right = arc((50 + reach, 50), radius, 180 - half, 180 + half)
    return Area((*left, *right), 0)
