"""Outlines made of shared borders."""

from __future__ import annotations

from directory.geography.topology import Topology, Unit, contains, simplified, spot_within

# Two squares side by side that share the border from (1, 0) to (1, 1).
SHARED = [(1.0, 0.0), (1.0, 1.0)]
WEST = [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 0.0)]
EAST = [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)]
BOTH = Topology([SHARED, WEST, EAST], [Unit({}, ((0, 1),)), Unit({}, ((~0, 2),))])


def test_areas_together_lose_the_border_between_them() -> None:
    (ring,) = BOTH.outline(BOTH.units)
    assert (1.0, 0.5) not in ring
    assert contains([ring], (0.5, 0.5))
    assert contains([ring], (1.5, 0.5))
    assert not contains([ring], (2.5, 0.5))


def test_one_area_alone_is_closed() -> None:
    (ring,) = BOTH.outline(BOTH.units[:1])
    assert ring[0] == ring[-1]
    assert not contains([ring], (1.5, 0.5))


def test_a_hole_is_no_part_of_an_area() -> None:
    outer = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    hole = [(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)]
    assert not contains([outer, hole], (2.0, 2.0))
    assert contains([outer, hole], (0.5, 0.5))


def test_a_line_loses_what_does_not_stray_and_keeps_its_ends() -> None:
    line = [(0.0, 0.0), (1.0, 0.05), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]
    assert simplified(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)]


def test_a_spot_lies_deep_inside() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
    x, y, room = spot_within([square])
    assert (x, y, room) == (2.0, 2.0, 2.0)
