"""What holds for places without any data: distances and the short forms of a name."""

from __future__ import annotations

import re
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
# "Frankfurt am Main", "Halle (Saale)", "Freiburg im Breisgau" are called by their first part.
ADDITION = re.compile(r"\s+(?:\(|(?:am|an|auf|bei|im|in|ob|unter|upon|vor)\s)")


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The distance in kilometres over the surface of a sphere of the Earth's mean radius.

    Coordinates are in degrees, north and east positive (DIR-4).
    """
    from_lat, to_lat = radians(lat1), radians(lat2)
    half_chord = (
        sin((to_lat - from_lat) / 2) ** 2
        + cos(from_lat) * cos(to_lat) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))


def short_forms(name: str) -> tuple[str, ...]:
    """What people leave of a long name: `Halle (Saale)` → `Halle`, `Biel/Bienne` → both halves.

    The name itself is never among them. A part with a number has no short form: `Zürich (Kreis 11)`
    is not called Zürich.
    """
    if any(char.isdigit() for char in name):
        return ()
    halves = [half.strip() for half in name.split("/")]
    heads = [ADDITION.split(half, maxsplit=1)[0] for half in halves]
    return tuple(dict.fromkeys(form for form in halves + heads if form and form != name))
