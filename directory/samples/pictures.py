"""Draws logos and work of the samples, always the same for the same organisation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from directory.samples.marks import mark_for
from directory.samples.palettes import PALETTES, Palette
from directory.samples.shapes import Area, Letters, Shape
from directory.samples.works import HEIGHT, WIDTH, drawing

SIZE = 512
OVERSAMPLING = 2
WORK_WIDTH = 960
FONT = Path("static", "fonts", "inter-latin.woff2")
BOLD = 650
CAPITAL = 0.727


def draw_logo(row: Mapping[str, Any]) -> bytes:
    """The logo of an organisation as a PNG, 512 by 512; it follows from its id and name alone."""
    palette, shapes = design(row)
    side = SIZE * OVERSAMPLING
    image = Image.new("RGB", (side, side), palette[0])
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        _put(pen, shape, palette, side / 100)
    return _png(image)


def draw_work(row: Mapping[str, Any], number: int) -> bytes:
    """A picture of its work as a PNG, 960 by 600; the first has the number 0."""
    inks, shapes = drawing(row, number)
    scale = WORK_WIDTH * OVERSAMPLING / WIDTH
    image = Image.new("RGB", (WORK_WIDTH * OVERSAMPLING, round(HEIGHT * scale)), inks[0])
    pen = ImageDraw.Draw(image)
    for shape in shapes:
        pen.polygon([(x * scale, y * scale) for x, y in shape.points], fill=inks[shape.ink])
    return _png(image)


def design(row: Mapping[str, Any]) -> tuple[Palette, list[Shape]]:
    """Colours and shapes of an organisation's logo, by its `external_id` and `name`."""
    chance = Random(f"{row['external_id']} {row['name']}")
    return chance.choice(PALETTES), mark_for(row["name"], chance)


def _put(pen: ImageDraw.ImageDraw, shape: Shape, palette: Palette, scale: float) -> None:
    if isinstance(shape, Area):
        pen.polygon([(x * scale, y * scale) for x, y in shape.points], fill=palette[shape.ink])
    else:
        _write(pen, shape, palette[shape.ink], scale)


def _write(pen: ImageDraw.ImageDraw, letters: Letters, colour: str, scale: float) -> None:
    """Set letters so that their ink, not their box, is centred."""
    font = _font(round(letters.size * scale / CAPITAL))
    left, top, right, bottom = font.getbbox(letters.text)
    x = letters.at[0] * scale - (left + right) / 2
    y = letters.at[1] * scale - (top + bottom) / 2
    pen.text((x, y), letters.text, font=font, fill=colour)


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    """The project's typeface: inside an installed package, else at the root of the checkout."""
    package = Path(__file__).parent.parent
    place = next(root for root in (package, package.parent) if (root / FONT).is_file())
    font = ImageFont.truetype(place / FONT, pixels)
    font.set_variation_by_axes([BOLD])
    return font


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    # Hardly compressed: whoever asks for it reads it at once and stores it in a format of its own.
    image.reduce(OVERSAMPLING).save(out, "PNG", compress_level=1)
    return out.getvalue()
