"""The families of marks for sample logos, and which of them suits a name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from directory.samples import emblems, landscapes
from directory.samples.shapes import Shape, scaled

Mark = Callable[[Random, str], list[Shape]]

MARKS: dict[str, Mark] = {
    mark.__name__: mark
    for mark in (
        *(landscapes.arcs, landscapes.hills, landscapes.waves, landscapes.leaf),
        *(landscapes.bridge, landscapes.steps, landscapes.rays),
        *(emblems.tiles, emblems.circles, emblems.letter, emblems.initials, emblems.knot),
        *(emblems.quarters, emblems.cube, emblems.chevrons, emblems.target, emblems.dots),
        *(emblems.fold, emblems.hive),
    )
}

# Beginnings or endings of words in a name that speak of a thing; its mark shows it.
SPOKEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bridge", ("brück", "brücke", "bridge", "viadukt", "lánchíd", "ponte")),
    ("waves", ("ufer", "quay", "quai", "weser", "förde", "see", "wharf", "ría", "kanal")),
    ("hills", ("berg", "steig", "hang", "nordkette", "pilatusblick", "allgäu", "highveld")),
    ("leaf", ("linden", "kastanien", "lavanda", "wattle", "thistle", "banyan", "immergrün")),
    ("steps", ("terrassen", "stufen")),
    ("rays", ("morgenrot", "abendrot", "lichtental", "leuchtfeuer", "northlight", "amarelo")),
    ("knot", ("knoten", "integrations", "schnittstellen")),
    ("hive", ("bienen", "collective", "kollektiv", "genossenschaft", "cooperativa", "co-op")),
)
SHARE_SPOKEN = 0.7
SCALES = (0.92, 1.1)


def mark_for(name: str, chance: Random) -> list[Shape]:
    """The shapes of a mark for a name, a little larger or smaller by chance."""
    mark = MARKS[family_for(name, chance)]
    return scaled(mark(chance, name), chance.uniform(*SCALES))


def family_for(name: str, chance: Random) -> str:
    """A key of `MARKS`: often of the thing the name speaks of, else any."""
    words = name.casefold().split()
    fitting = [
        family
        for family, parts in SPOKEN
        if any(word.startswith(parts) or word.endswith(parts) for word in words)
    ]
    follows = bool(fitting) and chance.random() < SHARE_SPOKEN
    return fitting[0] if follows else chance.choice(sorted(MARKS))
