"""A small map of a provider's offices, where there is an outline of their country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.geography import queries as geography
from directory.geography.queries import City
from directory.geography.rules import short_forms
from directory.listings.models import Listing

# Where each country of `images/lands.svg` lies in its drawing: left, top, right, bottom.
LANDS = {"DE": (20, 8, 192, 238), "AT": (90, 176, 238, 262), "CH": (26, 212, 118, 280)}
# Share of the map's width.
TEXT_SIZE = 0.065
PIN_SIZE = 0.023
# Shares of a text's size: a letter's mean width, the way from a pin, from its middle to a baseline.
LETTER = 0.58
GAP = 0.6
BASELINE = 0.36

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """A name, where it begins or ends on its baseline, and the room that it takes."""

    text: str
    x: float
    y: float
    anchor: str
    box: Box


@dataclass(frozen=True)
class Pin:
    """An office; label: where its name stands, None if it would cover another one."""

    name: str
    x: float
    y: float
    head: bool
    label: Label | None


@dataclass(frozen=True)
class OfficeMap:
    """The map; box: the SVG's view box; text_size, pin_size in its units."""

    box: str
    codes: list[str]
    pins: list[Pin]
    text_size: float
    pin_size: float


def present(listing: Listing, language: str) -> OfficeMap | None:
    """The map of the offices in the countries that have an outline; None without any there."""
    known = (geography.city(office.city_id) for office in listing.offices if office.city_id)
    cities = list(dict.fromkeys(city for city in known if city and city.country in LANDS))
    if not cities:
        return None
    codes = sorted({city.country for city in cities})
    frame = _around(LANDS[code] for code in codes)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    head = listing.offices[0].city_id
    return OfficeMap(
        box=f"{frame[0]} {frame[1]} {width} {height}",
        codes=[code.lower() for code in codes],
        pins=_pins(cities, head, frame, language),
        text_size=round(width * TEXT_SIZE, 1),
        pin_size=round(width * PIN_SIZE, 1),
    )


def position(lat: float, lon: float) -> tuple[float, float]:
    """Where degrees lie in the drawing, to about a unit within its three countries.

    Fitted so that the cities of the gazetteer lie inside the outlines of their countries.
    """
    north, east = lat - 50, lon - 10.5
    x = 107.8 + 17.83 * east - 1.60 * north - 0.083 * east * north
    y = 154.7 - 27.99 * north + 0.03 * east - 0.046 * east * east
    return round(x, 1), round(y, 1)


def _around(boxes: Iterable[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _pins(cities: list[City], head: int | None, frame: Box, language: str) -> list[Pin]:
    """A pin for each city; those that come first get their names first."""
    size = (frame[2] - frame[0]) * TEXT_SIZE
    spots = {city: position(city.lat, city.lon) for city in cities}
    dots = {city: (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
            for city, (x, y) in spots.items()}  # fmt: skip
    labels: list[Label] = []
    pins = []
    for city, (x, y) in spots.items():
        others = [dot for one, dot in dots.items() if one is not city]
        others += [label.box for label in labels]
        name = city.name(language)
        forms = [form for text in (name, *short_forms(name)) for form in _labels(text, x, y, size)]
        label = next((one for one in forms if _fits(one.box, frame, others)), None)
        labels += [label] if label else []
        pins.append(Pin(name, x, y, city.id == head, label))
    return pins


def _labels(name: str, x: float, y: float, size: float) -> Iterator[Label]:
    """The places for a name beside its pin: right of it, then left."""
    length, top, bottom = len(name) * size * LETTER, y - size / 2, y + size / 2
    gap = size * GAP
    baseline = round(y + size * BASELINE, 1)
    yield Label(
        name, round(x + gap, 1), baseline, "start", (x + gap, top, x + gap + length, bottom)
    )
    yield Label(name, round(x - gap, 1), baseline, "end", (x - gap - length, top, x - gap, bottom))


def _fits(box: Box, frame: Box, others: Iterable[Box]) -> bool:
    """Whether a box lies in the frame and covers none of the others."""
    inside = frame[0] <= box[0] and box[2] <= frame[2]
    return inside and not any(
        box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3]
        for one in others
    )
