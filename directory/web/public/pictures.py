"""Draws the pictures that other sites show beside a link: 1200 × 630 pixels, PNG."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from directory.kernel.policy import Tier
from directory.web.public.lettering import cut, few, wrapped

WIDTH, HEIGHT = 1200, 630
# Part of a picture's name, so that another design is another picture.
DESIGN = 1
MARGIN = 72
LOGO = 184
GAP = 44
# Sizes of a name with the lines it may take, the first that fits is taken.
NAME_FITS = ((92, 1), (80, 1), (70, 1), (84, 2), (72, 2), (62, 2), (54, 3), (46, 3))
TOP, FOOT = 152, 430
FINER = 4
GROUND, SURFACE, TEXT, MUTED = "#fbfaf8", "#f3f1ec", "#1c1b19", "#5b574f"
INK, HAIR, EDGE, LINK, BAND = "#1c1b19", "#dcd8cf", "#827c70", "#0b5c74", "#9fbcc6"
# Ground, tiles and edge of each tier's mark.
TIERS = {
    Tier.GOLD: ("#f7e4ae", "#5a4100", "#8a6a00"),
    Tier.PLATINUM: ("#dce3eb", "#27384a", "#5b7186"),
    Tier.DIAMOND: ("#cbeaf6", "#0a4960", "#1e7f9f"),
    Tier.ELITE: ("#241a3d", "#f1e8ff", "#241a3d"),
}
# The tiles of the mark that each tier fills, by where they lie in the square of four.
TILES = {"bottom": (0, 1), "left": (-1, 0), "right": (1, 0), "top": (0, -1)}
FILLED = {
    Tier.GOLD: ("bottom",),
    Tier.PLATINUM: ("left", "right"),
    Tier.DIAMOND: ("left", "right", "bottom"),
    Tier.ELITE: ("left", "right", "bottom", "top"),
}
# Letters without a decomposition that the typeface lacks.
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "ŧ": "t", "ŋ": "n"})

Font = ImageFont.FreeTypeFont
Spot = tuple[float, float]


@dataclass(frozen=True)
class Card:
    """What a picture shows; `initials` stand in for a logo, `aside` stands opposite the site."""

    site: str
    name: str
    aside: str = ""
    initials: str = ""
    tier: Tier | None = None
    standing: str = ""
    place: str = ""
    services: str = ""


def draw(card: Card, logo: bytes | None, face: Path) -> bytes:
    """The picture as PNG; logo: a stored picture's bytes; face: the typeface's file."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = _Pen(picture, face)
    pen.head(card)
    left = MARGIN
    if logo or card.initials:
        pen.emblem(logo, card.initials)
        left += LOGO + GAP
    pen.title(card, left)
    pen.foot(card)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


class _Pen:
    """Draws the parts of one picture."""

    def __init__(self, picture: Image.Image, face: Path) -> None:
        self.picture = picture
        self.on = ImageDraw.Draw(picture)
        self.face = face

    def font(self, size: int, weight: int = 400) -> Font:
        return _font(self.face, size, weight)

    def words(self, at: Spot, text: str, font: Font, fill: str, anchor: str = "ls") -> None:
        self.on.text(at, text, font=font, fill=fill, anchor=anchor)

    def head(self, card: Card) -> None:
        """The site's mark and name, what stands opposite, and the line below."""
        self.rule_mark(MARGIN, 70)
        room = WIDTH - 2 * MARGIN - 96
        name = self.font(32, 600)
        aside = self.shown(card.aside)
        width = self.font(28).getlength(aside) + GAP if aside else 0
        site = cut(self.shown(card.site), name, room - width)
        self.words((MARGIN + 96, 81), site, name, TEXT)
        self.words((WIDTH - MARGIN, 81), aside, self.font(28), MUTED, "rs")
        self.on.rectangle((MARGIN, 110, WIDTH - MARGIN, 113), fill=INK)

    def rule_mark(self, left: int, middle: int) -> None:
        """The brand: a rule with a square on it."""
        right = left + 76
        self.on.line((left, middle, right, middle), fill=EDGE, width=3)
        for x, half in ((left, 11), (left + 19, 7), (left + 38, 7), (right, 11)):
            self.on.line((x, middle - half, x, middle + half), fill=EDGE, width=3)
        self.on.rectangle((left + 42, middle - 5, left + 70, middle + 5), fill=BAND)
        self.polygons([(_diamond((left + 56, middle), 15), LINK, None)])

    def emblem(self, logo: bytes | None, initials: str) -> None:
        """The logo in its box, or the initials in its place."""
        box = (MARGIN, TOP, MARGIN + LOGO, TOP + LOGO)
        self.on.rounded_rectangle(box, 12, fill="#ffffff" if logo else SURFACE, outline=HAIR)
        if logo:
            with Image.open(io.BytesIO(logo), formats=("WEBP",)) as file:
                shown = file.convert("RGBA")
            shown.thumbnail((LOGO - 16, LOGO - 16), Image.Resampling.LANCZOS)
            corner = (MARGIN + (LOGO - shown.width) // 2, TOP + (LOGO - shown.height) // 2)
            self.picture.paste(shown, corner, shown)
        else:
            middle = (MARGIN + LOGO / 2, TOP + LOGO / 2)
            self.words(middle, self.shown(initials), self.font(76, 600), MUTED, "mm")

    def title(self, card: Card, left: int) -> None:
        """The name as large as it fits, and the tier's mark with its word below it."""
        room = WIDTH - MARGIN - left
        font, lines = self.fitted(self.shown(card.name), room)
        size = int(font.size)
        base = TOP + size * 0.82
        for line in lines:
            self.words((left - size * 0.04, base), line, font, TEXT)
            base += size * 1.14
        if card.standing:
            self.standing(card, left, base - size * 1.14 + 58, room)

    def standing(self, card: Card, left: float, middle: float, room: float) -> None:
        if card.tier is not None:
            self.tier_mark(card.tier, (left + 30, middle))
            left, room = left + 78, room - 78
        font = self.font(34, 600)
        self.words((left, middle), cut(self.shown(card.standing), font, room), font, TEXT, "lm")

    def tier_mark(self, tier: Tier, middle: Spot) -> None:
        """The square of four on its corner: filled tiles count the tier."""
        ground, tiles, edge = TIERS[tier]
        x, y = middle
        self.on.rounded_rectangle((x - 30, y - 30, x + 30, y + 30), 8, fill=ground, outline=edge)
        shapes = []
        for name, (across, down) in TILES.items():
            full = name in FILLED[tier]
            corners = _diamond((x + across * 11, y + down * 11), 10 if full else 9)
            shapes.append((corners, tiles if full else None, None if full else edge))
        self.polygons(shapes)

    def foot(self, card: Card) -> None:
        """Where they are and what they do."""
        room = WIDTH - 2 * MARGIN
        self.on.line((MARGIN, FOOT, WIDTH - MARGIN, FOOT), fill=HAIR, width=2)
        place, services = self.font(36, 600), self.font(32)
        self.words((MARGIN, FOOT + 58), cut(self.shown(card.place), place, room), place, TEXT)
        lines = wrapped(self.shown(card.services), services, room)
        for at, line in enumerate(few(lines, 2, services, room)):
            self.words((MARGIN, FOOT + 108 + 42 * at), line, services, MUTED)

    def fitted(self, name: str, room: float) -> tuple[Font, list[str]]:
        """The largest face in which the name fits its lines, cut at the smallest one."""
        for size, most in NAME_FITS:
            font = self.font(size, 650)
            lines = wrapped(name, font, room)
            if len(lines) <= most and all(font.getlength(line) <= room for line in lines):
                break
        return font, few(lines, most, font, room)

    def polygons(self, shapes: list[tuple[list[Spot], str | None, str | None]]) -> None:
        """Shapes with smooth edges: drawn finer, then scaled down onto the picture."""
        xs, ys = zip(*(spot for corners, _, _ in shapes for spot in corners), strict=True)
        left, top = int(min(xs)) - 2, int(min(ys)) - 2
        size = (int(max(xs)) + 3 - left, int(max(ys)) + 3 - top)
        layer = Image.new("RGBA", (size[0] * FINER, size[1] * FINER))
        fine = ImageDraw.Draw(layer)
        for corners, fill, edge in shapes:
            moved = [((x - left) * FINER, (y - top) * FINER) for x, y in corners]
            fine.polygon(moved, fill=fill, outline=edge, width=FINER)
        small = layer.resize(size, Image.Resampling.LANCZOS)
        self.picture.paste(small, (left, top), small)

    def shown(self, text: str) -> str:
        """The text in letters that the typeface has; nothing if it lacks some all the same."""
        return _drawable(self.face, text)


@lru_cache(maxsize=64)
def _font(face: Path, size: int, weight: int) -> Font:
    font = ImageFont.truetype(face, size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=2048)
def _drawable(face: Path, text: str) -> str:
    font = _font(face, 20, 400)

    def has(char: str) -> bool:
        return char.isspace() or font.getmask(char).getbbox() is not None

    def plain(char: str) -> str:
        if has(char):
            return char
        return "".join(one for one in unicodedata.normalize("NFKD", char) if has(one))

    written = "".join(map(plain, text.translate(PLAIN)))
    lost = sum(char.isalnum() for char in text) - sum(char.isalnum() for char in written)
    return "" if lost > 0 else " ".join(written.split(" "))


def _diamond(middle: Spot, half: float) -> list[Spot]:
    return list(_corners(middle, half))


def _corners(middle: Spot, half: float) -> Iterator[Spot]:
    x, y = middle
    yield from ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
