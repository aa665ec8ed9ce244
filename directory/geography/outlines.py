"""The maps that there are: which areas each shows, and where in it (A25)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from directory.geography.projections import Drawing

WORLD = "world"
EUROPE = "europe"


@dataclass(frozen=True)
class Spot:
    """A point deep inside an area of a map, and how far it is from the nearest border."""

    x: float
    y: float
    room: float


@dataclass(frozen=True)
class Outline:
    """A map of countries (`world`, `europe`) or of a country's regions (`de`).

    Its areas are paths of `static/images/outlines/<name>.svg`, called as their codes in small
    letters, together `land`; spots: by the code of the country or region, in units of the drawing.
    """

    name: str
    drawing: Drawing
    spots: dict[str, Spot]


@cache
def outlines() -> dict[str, Outline]:
    """All maps by name; made by `outlining`."""
    text = (files(__package__) / "data" / "outlines.json").read_text(encoding="utf-8")
    return {name: _outline(name, facts) for name, facts in json.loads(text).items()}


def of_country(code: str) -> Outline | None:
    """The map of a country's regions."""
    return outlines().get(code.lower()) if len(code) == len("DE") else None


def _outline(name: str, facts: Any) -> Outline:
    spots = {code: Spot(*spot) for code, spot in facts["spots"].items()}
    return Outline(name, Drawing(*facts["frame"]), spots)
