"""A small map of a provider's offices: their country, or as much of the world as they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from directory.geography import outlines
from directory.geography import queries as geography
from directory.geography.outlines import Outline
from directory.geography.projections import WIDTH, Drawing, Point
from directory.geography.queries import City
from directory.geography.rules import short_forms
from directory.listings.models import Listing

# Share of the map's width.
TEXT_SIZE = 0.065
PIN_SIZE = 0.023
# How much of Europe or the world is seen at least, and around the outermost office, in units.
SEEN_LEAST = 150.0
MARGIN = 70.0
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
    """The map; name: its drawing; box: the SVG's view box; text_size, pin_size in its units."""

    name: str
    box: str
    pins: list[Pin]
    text_size: float
    pin_size: float


def present(listing: Listing, language: str) -> OfficeMap | None:
    """The map of the offices whose city is known; None without any."""
    known = (geography.city(office.city_id) for office in listing.offices if office.city_id)
    cities = list(dict.fromkeys(city for city in known if city))
    if not cities:
        return None
    outline = _outline(cities)
    spots = {city: outline.drawing.at(city.lat, city.lon) for city in cities}
    whole = len(outline.name) == len("de")
    frame = _whole(outline.drawing) if whole else _cropped(outline.drawing, list(spots.values()))
    width = frame[2] - frame[0]
    return OfficeMap(
        name=outline.name,
        box=" ".join(f"{part:.1f}" for part in (*frame[:2], width, frame[3] - frame[1])),
        pins=_pins(spots, listing.offices[0].city_id, frame, language),
        text_size=round(width * TEXT_SIZE, 1),
        pin_size=round(width * PIN_SIZE, 1),
    )


def _outline(cities: list[City]) -> Outline:
    """The smallest map that shows all of them: their country's, Europe's, else the world's."""
    countries = {city.country for city in cities}
    made = outlines.outlines()
    tried = [outlines.of_country(*countries)] if len(countries) == 1 else []
    for outline in (*tried, made[outlines.EUROPE]):
        if outline and all(outline.drawing.shows(outline.drawing.at(one.lat, one.lon))
                           for one in cities):  # fmt: skip
            return outline
    return made[outlines.WORLD]


def _whole(drawing: Drawing) -> Box:
    return 0.0, 0.0, WIDTH, drawing.height


def _cropped(drawing: Drawing, spots: list[Point]) -> Box:
    """The part of a drawing around some points, within it and not too small."""
    left, right = _stretch([x for x, _ in spots], WIDTH)
    top, bottom = _stretch([y for _, y in spots], drawing.height)
    return left, top, right, bottom


def _stretch(values: list[float], most: float) -> tuple[float, float]:
    middle = (min(values) + max(values)) / 2
    length = min(most, max(SEEN_LEAST, max(values) - min(values) + 2 * MARGIN))
    start = min(max(0.0, middle - length / 2), most - length)
    return start, start + length


def _pins(cities: dict[City, Point], head: int | None, frame: Box, language: str) -> list[Pin]:
    """A pin for each city; those that come first get their names first."""
    size = (frame[2] - frame[0]) * TEXT_SIZE
    spots = {city: (round(x, 1), round(y, 1)) for city, (x, y) in cities.items()}
    dots = {city: (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
            for city, (x, y) in spots.items()}  # fmt: skip
    labels: list[Label] = []
    pins = []
    for city, (x, y) in spots.items():
        others = [dot for one, dot in dots.items() if one is not city]
        others += [label.box for label in labels]
        name = city.name(language)
        texts = (name, *short_forms(name))
        forms = chain.from_iterable(
            place(text, x, y, size) for place in (_beside, _over) for text in texts
        )
        label = next((one for one in forms if _fits(one.box, frame, others)), None)
        labels += [label] if label else []
        pins.append(Pin(name, x, y, city.id == head, label))
    return pins


def _beside(text: str, x: float, y: float, size: float) -> Iterator[Label]:
    """A name right of its pin, then left of it."""
    length, gap = len(text) * size * LETTER, size * GAP
    for anchor, at, left in (("start", x + gap, x + gap), ("end", x - gap, x - gap - length)):
        yield _label(text, at, anchor, _box(left, y, length, size))


def _over(text: str, x: float, y: float, size: float) -> Iterator[Label]:
    """A name above its pin, then below it."""
    length = len(text) * size * LETTER
    for middle in (y - 2 * size * GAP, y + 2 * size * GAP):
        yield _label(text, x, "middle", _box(x - length / 2, middle, length, size))


def _box(left: float, middle: float, length: float, size: float) -> Box:
    return left, middle - size / 2, left + length, middle + size / 2


def _label(text: str, at: float, anchor: str, box: Box) -> Label:
    size = box[3] - box[1]
    return Label(text, round(at, 1), round(box[1] + size * (0.5 + BASELINE), 1), anchor, box)


def _fits(box: Box, frame: Box, others: Iterable[Box]) -> bool:
    """Whether a box lies in the frame and covers none of the others."""
    inside = frame[0] <= box[0] and box[2] <= frame[2] and frame[1] <= box[1] and box[3] <= frame[3]
    return inside and not any(
        box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3]
        for one in others
    )
