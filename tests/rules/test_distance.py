"""Distances over the surface of the Earth, and the short forms of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.geography.rules import distance_km, short_forms

STUTTGART = (48.7823, 9.177)
MUNICH = (48.1374, 11.5755)
BERLIN = (52.5244, 13.4105)
HAMBURG = (53.5507, 9.993)
VIENNA = (48.2085, 16.3721)
ZURICH = (47.3667, 8.55)
NEW_YORK = (40.7143, -74.006)
LONDON = (51.5085, -0.1257)
SYDNEY = (-33.8678, 151.2073)
FIJI = (-18.1416, 178.4415)
SAMOA = (-13.8333, -171.7667)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.tuples(latitudes, longitudes)


@pytest.mark.rule("DIR-4")
@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        (STUTTGART, MUNICH, 190),
        (BERLIN, HAMBURG, 255),
        (VIENNA, ZURICH, 592),
        (LONDON, NEW_YORK, 5570),
        (BERLIN, SYDNEY, 16090),
        (FIJI, SAMOA, 1140),
    ],
)
def test_a_distance_is_that_of_the_atlas(
    one: tuple[float, float], other: tuple[float, float], kilometres: float
) -> None:
    assert distance_km(*one, *other) == pytest.approx(kilometres, rel=0.01)


def test_a_place_is_no_distance_from_itself() -> None:
    assert distance_km(*BERLIN, *BERLIN) == 0


def test_the_other_side_of_the_earth_is_half_its_circumference_away() -> None:
    assert distance_km(90, 0, -90, 0) == pytest.approx(20015.1, abs=0.1)
    assert distance_km(0, -90, 0, 90) == pytest.approx(20015.1, abs=0.1)


@given(points, points)
def test_there_and_back_are_equally_far(one: tuple[float, float], two: tuple[float, float]) -> None:
    there, back = distance_km(*one, *two), distance_km(*two, *one)
    assert there == pytest.approx(back)
    assert 0 <= there <= 20016


@given(points, points, points)
def test_no_way_round_is_shorter(
    one: tuple[float, float], two: tuple[float, float], three: tuple[float, float]
) -> None:
    direct = distance_km(*one, *three)
    # A metre for rounding: near the antipode the formula is that coarse.
    assert direct <= distance_km(*one, *two) + distance_km(*two, *three) + 0.001


@given(latitudes, longitudes)
def test_the_date_line_is_no_border(lat: float, lon: float) -> None:
    assert distance_km(lat, lon, lat, lon + 360) == pytest.approx(0, abs=0.001)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Frankfurt am Main", ("Frankfurt",)),
        ("Halle (Saale)", ("Halle",)),
        ("Freiburg im Breisgau", ("Freiburg",)),
        ("Biel/Bienne", ("Biel", "Bienne")),
        ("Newcastle upon Tyne", ("Newcastle",)),
        ("Neustadt an der Weinstraße", ("Neustadt",)),
        ("Berlin", ()),
        ("Amberg", ()),
        ("Zürich (Kreis 11)", ()),
    ],
)
def test_a_long_name_is_known_by_its_first_part(name: str, forms: tuple[str, ...]) -> None:
    assert short_forms(name) == forms
