"""The samples' logos: always the same one, never the same as another's, visible on their ground."""

from __future__ import annotations

from collections import Counter
from datetime import date
from io import BytesIO
from random import Random

import pytest
from PIL import Image, ImageColor

from directory.samples.marks import MARKS, family_for, mark_for
from directory.samples.organisations import rows
from directory.samples.palettes import PALETTES, Palette
from directory.samples.pictures import SIZE, design, draw_logo
from directory.samples.shapes import Area, Letters

NAMES = ("Quellgrund Vertriebssysteme GmbH", "Łąkowa Strategia", "青石 Qingshi", "若草")
LEAST_CONTRAST = 3.0
DRAWN = rows(date(2026, 11, 23))[:12]


def luminance(colour: str) -> float:
    parts = [value / 255 for value in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_logo_is_a_square_png() -> None:
    with Image.open(BytesIO(draw_logo(DRAWN[0]))) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (SIZE, SIZE), "RGB")


def test_the_same_organisation_has_the_same_logo() -> None:
    for row in DRAWN:
        assert draw_logo(row) == draw_logo({"external_id": row["external_id"], "name": row["name"]})


def test_no_two_samples_have_the_same_logo() -> None:
    designs = {repr(design(row)) for row in rows(date(2026, 11, 23))}
    assert len(designs) == 300
    assert len({draw_logo(row) for row in DRAWN}) == len(DRAWN)


def test_every_family_of_marks_is_used_and_none_too_often() -> None:
    names = [row["name"] for row in rows(date(2026, 11, 23))]
    used = Counter(family_for(name, Random(name)) for name in names)
    assert len(MARKS) >= 8
    assert used.keys() == MARKS.keys()
    assert max(used.values()) <= 45


@pytest.mark.parametrize("family", sorted(MARKS))
@pytest.mark.parametrize("seed", range(8))
def test_a_mark_stays_on_its_ground(family: str, seed: int) -> None:
    for name in NAMES:
        shapes = MARKS[family](Random(seed), name)
        assert any(shape.ink for shape in shapes)
        for shape in shapes:
            points = shape.points if isinstance(shape, Area) else (shape.at,)
            assert shape.ink in range(4)
            if shape.ink:
                assert all(12 <= value <= 88 for point in points for value in point)


@pytest.mark.parametrize("name", NAMES)
def test_letters_are_ones_that_the_typeface_has(name: str) -> None:
    for seed in range(60):
        for shape in mark_for(name, Random(seed)):
            if isinstance(shape, Letters):
                assert shape.text.isascii()
                assert shape.text.isupper()


@pytest.mark.parametrize("palette", PALETTES)
def test_the_first_ink_stands_out_from_the_ground(palette: Palette) -> None:
    assert contrast(palette[0], palette[1]) >= LEAST_CONTRAST * 1.5


@pytest.mark.parametrize(
    ("name", "family"),
    [("Steinerne Brücke", "bridge"), ("Donauufer GmbH", "waves"), ("Wattle & Quoin", "leaf")],
)
def test_a_name_that_speaks_of_a_thing_mostly_gets_its_mark(name: str, family: str) -> None:
    chosen = [family_for(name, Random(seed)) for seed in range(60)]
    assert 30 <= chosen.count(family) < 60


def test_a_word_within_a_word_says_nothing() -> None:
    chosen = {family_for("Industriesoftware", Random(seed)) for seed in range(200)}
    assert chosen == MARKS.keys()
